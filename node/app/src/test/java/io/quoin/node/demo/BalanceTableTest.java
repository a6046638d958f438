package io.quoin.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.node.demo.BalanceRow.Column;
import io.quoin.node.demo.BalanceRow.Disagreement;
import io.quoin.node.demo.trader.LedgerView;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalanceTableTest {
    private static final BigDecimal NONE = BigDecimal.ZERO;

    @Test
    void row_whenChainFillsAndLedgerTellTheSame_agrees() {
        BalanceRow row = row(holding("4", "6"), holding("4", "2.5"), "-3.5", "0", ledger("2.5"));

        assertThat(row.disagreements()).isEmpty();
        assertThat(BalanceTable.lines(List.of(row)).getLast()).endsWith("yes").doesNotContain("!");
    }

    @Test
    void row_whenAmountsDifferInScaleOnly_agrees() {
        BalanceRow row = row(holding("4.0", "6"), holding("4.00", "2.50"), "-3.500", "0", ledger("2.5000"));

        assertThat(row.disagreements()).isEmpty();
    }

    @Test
    void row_whenProceedsWereWithdrawn_expectsThemInTheWallet() {
        BalanceRow row = row(holding("0", "0"), holding("8757.5", "0"), "8757.5", "8757.5", ledger("0"));

        assertThat(row.disagreements()).isEmpty();
    }

    @Test
    void row_whenTheLedgerHasAnotherAmount_marksTheLedger() {
        BalanceRow row = row(holding("4", "6"), holding("4", "2.5"), "-3.5", "0", ledger("2.4999"));

        assertThat(row.disagreements()).extracting(Disagreement::column).containsOnly(Column.LEDGER);
        assertThat(row.disagreements().getFirst().text()).isEqualTo("Alice QBASE: ledger is 2.4999 and should be 2.5");
        assertThat(BalanceTable.lines(List.of(row)).getLast())
                .contains("!2.4999!")
                .endsWith("NO");
    }

    @Test
    void row_whenTheChainMovedMoreThanTheFills_marksVaultAndChange() {
        BalanceRow row = row(holding("4", "6"), holding("4", "2"), "-3.5", "0", ledger("2"));

        assertThat(row.disagreements())
                .extracting(Disagreement::column)
                .containsExactly(Column.VAULT_AFTER, Column.CHANGE);
        assertThat(BalanceTable.lines(List.of(row)).getLast())
                .contains("!2!", "!-4!")
                .endsWith("NO");
    }

    @Test
    void row_whenTheWithdrawalDidNotArrive_marksTheWallet() {
        BalanceRow row = row(holding("0", "0"), holding("0", "0"), "3.5", "3.5", ledger("0"));

        assertThat(row.disagreements())
                .extracting(Disagreement::column)
                .containsExactly(Column.WALLET_AFTER, Column.CHANGE);
    }

    @Test
    void row_whenSomethingIsStillReserved_marksTheLedger() {
        var busy = new LedgerView(new BigDecimal("2.5"), BigDecimal.ONE, NONE, new BigDecimal("2.5"), NONE);
        BalanceRow row = row(holding("4", "6"), holding("4", "2.5"), "-3.5", "0", busy);

        assertThat(row.disagreements()).singleElement().satisfies(found -> {
            assertThat(found.column()).isEqualTo(Column.LEDGER);
            assertThat(found.text()).contains("1 reserved");
        });
    }

    private static BalanceRow row(
            Holding before, Holding after, String fromFills, String withdrawn, LedgerView ledger) {
        return new BalanceRow(
                "Alice", "QBASE", before, after, new BigDecimal(fromFills), new BigDecimal(withdrawn), ledger);
    }

    private static Holding holding(String wallet, String vault) {
        return new Holding(new BigDecimal(wallet), new BigDecimal(vault));
    }

    private static LedgerView ledger(String amount) {
        return new LedgerView(new BigDecimal(amount), NONE, NONE, new BigDecimal(amount), NONE);
    }
}
