package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.LEDGER_BALANCE;
import static io.quoin.node.store.generated.Tables.LEDGER_ENTRY;
import static io.quoin.node.store.generated.Tables.LEDGER_POSTING;

import io.quoin.matching.AccountId;
import io.quoin.matching.AssetId;
import io.quoin.node.ledger.LedgerBook;
import io.quoin.node.ledger.LedgerEntry;
import io.quoin.node.ledger.LedgerPosting;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jooq.DSLContext;

/** Writes and sums the ledger, inside the caller's transaction. The schema refuses what does not balance. */
final class LedgerStore {
    private LedgerStore() {}

    /** Writes an entry; an entry of a reference that is there already is a fault and fails the transaction. */
    static void post(DSLContext tx, LedgerEntry entry) {
        long id = Objects.requireNonNull(
                        tx.insertInto(LEDGER_ENTRY, LEDGER_ENTRY.KIND, LEDGER_ENTRY.REFERENCE, LEDGER_ENTRY.AT)
                                .values(
                                        entry.kind().name(),
                                        entry.reference(),
                                        entry.at().atOffset(ZoneOffset.UTC))
                                .returning(LEDGER_ENTRY.ID)
                                .fetchOne())
                .getId();
        int line = 0;
        for (LedgerPosting posting : entry.postings()) {
            tx.insertInto(LEDGER_POSTING)
                    .set(LEDGER_POSTING.ENTRY_ID, id)
                    .set(LEDGER_POSTING.LINE, line++)
                    .set(LEDGER_POSTING.BOOK, posting.book().name())
                    .set(
                            LEDGER_POSTING.ACCOUNT_ID,
                            posting.owner().map(AccountId::value).orElse(null))
                    .set(LEDGER_POSTING.ASSET_ID, posting.asset().value())
                    .set(LEDGER_POSTING.AMOUNT, posting.amount())
                    .execute();
        }
    }

    /** Returns what an account has of an asset in a book, in base units. */
    static BigInteger balance(DSLContext tx, LedgerBook book, AccountId account, AssetId asset) {
        return tx.select(LEDGER_BALANCE.AMOUNT)
                .from(LEDGER_BALANCE)
                .where(LEDGER_BALANCE.BOOK.eq(book.name()))
                .and(LEDGER_BALANCE.ACCOUNT_ID.eq(account.value()))
                .and(LEDGER_BALANCE.ASSET_ID.eq(asset.value()))
                .fetchOptional(LEDGER_BALANCE.AMOUNT)
                .orElse(BigInteger.ZERO);
    }
}
