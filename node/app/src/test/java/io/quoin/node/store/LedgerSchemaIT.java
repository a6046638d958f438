package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.LEDGER_ENTRY;
import static io.quoin.node.store.generated.Tables.LEDGER_POSTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.matching.AccountId;
import io.quoin.matching.AssetId;
import io.quoin.node.SampleDeployment;
import io.quoin.node.ledger.LedgerBook;
import io.quoin.node.ledger.LedgerEntry;
import io.quoin.node.market.Markets;
import io.quoin.signer.caip.ChainAccount;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class LedgerSchemaIT {
    private Database database;
    private AccountId account;
    private AssetId asset;

    @BeforeEach
    void open(Database database) {
        this.database = database;
        Markets markets = MarketStore.register(database, SampleDeployment.FILE);
        asset = markets.assets().getFirst().id();
        account = database.in(
                tx -> Accounts.number(tx, new ChainAccount(SampleDeployment.CHAIN, SampleDeployment.ALICE)));
    }

    @Test
    void post_whenItBalances_movesTheBalance() {
        post(LedgerEntry.deposit("1", Instant.EPOCH, account, asset, BigInteger.TEN));

        assertThat(balance()).isEqualTo(BigInteger.TEN);
    }

    @Test
    void post_whenItWouldGoNegative_isRefusedBySchema_andChangesNothing() {
        post(LedgerEntry.deposit("1", Instant.EPOCH, account, asset, BigInteger.TEN));

        assertThatThrownBy(() -> post(LedgerEntry.withdrawal(
                        "2", Instant.EPOCH, account, asset, BigInteger.valueOf(11), BigInteger.valueOf(11))))
                .hasMessageContaining("ledger_balance");
        assertThat(balance()).isEqualTo(BigInteger.TEN);
    }

    @Test
    void post_whenTheReferenceWasBookedBefore_isRefusedBySchema() {
        post(LedgerEntry.deposit("1", Instant.EPOCH, account, asset, BigInteger.TEN));

        assertThatThrownBy(() -> post(LedgerEntry.deposit("1", Instant.EPOCH, account, asset, BigInteger.TEN)))
                .hasMessageContaining("ledger_entry_reference_key");
        assertThat(balance()).isEqualTo(BigInteger.TEN);
    }

    @Test
    void anEntryThatDoesNotBalance_isRefusedBySchema() {
        assertThatThrownBy(() -> database.run(tx -> {
                    long id = tx.insertInto(LEDGER_ENTRY, LEDGER_ENTRY.KIND, LEDGER_ENTRY.REFERENCE, LEDGER_ENTRY.AT)
                            .values("DEPOSIT", "x", java.time.OffsetDateTime.now(java.time.ZoneOffset.UTC))
                            .returning(LEDGER_ENTRY.ID)
                            .fetchSingle()
                            .getId();
                    tx.insertInto(LEDGER_POSTING)
                            .set(LEDGER_POSTING.ENTRY_ID, id)
                            .set(LEDGER_POSTING.LINE, 0)
                            .set(LEDGER_POSTING.BOOK, "AVAILABLE")
                            .set(LEDGER_POSTING.ACCOUNT_ID, account.value())
                            .set(LEDGER_POSTING.ASSET_ID, asset.value())
                            .set(LEDGER_POSTING.AMOUNT, BigInteger.ONE)
                            .execute();
                }))
                .hasStackTraceContaining("does not balance");
        assertThat(balance()).isZero();
    }

    @Test
    void history_cannotBeChangedOrDeleted() {
        post(LedgerEntry.deposit("1", Instant.EPOCH, account, asset, BigInteger.TEN));

        assertThatThrownBy(() -> database.run(tx ->
                        tx.update(LEDGER_POSTING).set(LEDGER_POSTING.LINE, 7).execute()))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> database.run(tx -> tx.deleteFrom(LEDGER_ENTRY).execute()))
                .hasMessageContaining("append-only");
    }

    private void post(LedgerEntry entry) {
        database.run(tx -> LedgerStore.post(tx, entry));
    }

    private BigInteger balance() {
        return database.in(tx -> LedgerStore.balance(tx, LedgerBook.AVAILABLE, account, asset));
    }
}
