package io.quoin.node.demo;

import io.quoin.node.demo.trader.LedgerView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * One trader's account of one token: three independent sources that must agree. Amounts in whole tokens.
 *
 * @param trader whose
 * @param token of what
 * @param before on chain, before the first order
 * @param after on chain, at the end
 * @param fromFills what the fills say must have come, or gone if negative
 * @param withdrawn what was taken from the vault into the wallet meanwhile
 * @param ledger what the node's ledger says at the end
 */
record BalanceRow(
        String trader,
        String token,
        Holding before,
        Holding after,
        BigDecimal fromFills,
        BigDecimal withdrawn,
        LedgerView ledger) {
    /** A column of the table that can disagree. */
    enum Column {
        WALLET_AFTER,
        VAULT_AFTER,
        CHANGE,
        LEDGER
    }

    /**
     * Something that does not agree.
     *
     * @param column where it shows
     * @param text whose, what it is, and what it should be
     */
    record Disagreement(Column column, String text) {}

    /** Returns what changed on chain, wallet and vault together. */
    BigDecimal change() {
        return after.total().subtract(before.total());
    }

    /** Returns every disagreement; empty if chain, fills and ledger tell the same. */
    List<Disagreement> disagreements() {
        List<Disagreement> found = new ArrayList<>();
        compare(
                found,
                Column.WALLET_AFTER,
                "wallet",
                after.wallet(),
                before.wallet().add(withdrawn));
        compare(
                found,
                Column.VAULT_AFTER,
                "vault",
                after.vault(),
                before.vault().add(fromFills).subtract(withdrawn));
        compare(found, Column.CHANGE, "change on chain", change(), fromFills);
        compare(found, Column.LEDGER, "ledger", ledger.vaultAvailable(), after.vault());
        compare(found, Column.LEDGER, "ledger's free balance", ledger.available(), after.vault());
        if (!ledger.isQuiet()) {
            found.add(new Disagreement(
                    Column.LEDGER,
                    whose() + ": the ledger still has " + ledger.reserved().toPlainString() + " reserved, "
                            + ledger.settling().toPlainString() + " settling and "
                            + ledger.vaultLocked().toPlainString() + " locked, and all should be 0"));
        }
        return List.copyOf(found);
    }

    private void compare(List<Disagreement> found, Column column, String name, BigDecimal is, BigDecimal must) {
        if (is.compareTo(must) != 0) {
            found.add(new Disagreement(
                    column,
                    whose() + ": " + name + " is " + Amounts.text(is) + " and should be " + Amounts.text(must)));
        }
    }

    private String whose() {
        return trader + " " + token;
    }
}
