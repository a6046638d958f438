package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.ACCOUNT;

import io.quoin.matching.AccountId;
import io.quoin.signer.caip.ChainAccount;
import java.util.Optional;
import org.jooq.DSLContext;

/** The numbers that stand for accounts inside the node. Runs inside the caller's transaction. */
final class Accounts {
    private Accounts() {}

    /** Returns the number of an account, giving it one if it has none. */
    static AccountId number(DSLContext tx, ChainAccount account) {
        return find(tx, account).orElseGet(() -> {
            tx.insertInto(ACCOUNT, ACCOUNT.CHAIN_ACCOUNT)
                    .values(account.toString())
                    .onConflictDoNothing()
                    .execute();
            return find(tx, account).orElseThrow();
        });
    }

    static Optional<AccountId> find(DSLContext tx, ChainAccount account) {
        return tx.select(ACCOUNT.ID)
                .from(ACCOUNT)
                .where(ACCOUNT.CHAIN_ACCOUNT.eq(account.toString()))
                .fetchOptional(ACCOUNT.ID)
                .map(AccountId::new);
    }
}
