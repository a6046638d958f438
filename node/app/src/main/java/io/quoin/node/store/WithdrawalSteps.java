package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.WITHDRAWAL;

import io.quoin.matching.AccountId;
import io.quoin.matching.AssetId;
import io.quoin.matching.Command;
import io.quoin.matching.WithdrawalId;
import io.quoin.node.store.generated.tables.records.WithdrawalRecord;
import io.quoin.node.withdrawal.WithdrawalState;
import io.quoin.signer.evm.Bytes32;
import java.math.BigInteger;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends withdrawals as final blocks say (R8), and tells the engine. Runs inside the caller's transaction. */
final class WithdrawalSteps {
    private static final Logger LOG = LoggerFactory.getLogger(WithdrawalSteps.class);
    private static final Condition OPEN =
            WITHDRAWAL.STATE.in(WithdrawalState.REQUESTED.name(), WithdrawalState.COSIGNED.name());

    private WithdrawalSteps() {}

    /**
     * Ends the withdrawal that a payment of the vault is: an open one of that account, asset and amount. The event does
     * not say which of several alike; it is taken for the one with the earliest deadline, so that what stays set aside
     * stays so at least as long as the vault may still pay it.
     *
     * @return false if there is none: the account was paid without the node
     */
    static boolean paid(DSLContext tx, AccountId account, AssetId asset, BigInteger amount, Bytes32 txHash) {
        WithdrawalRecord row = tx.selectFrom(WITHDRAWAL)
                .where(OPEN)
                .and(WITHDRAWAL.ACCOUNT_ID.eq(account.value()))
                .and(WITHDRAWAL.ASSET_ID.eq(asset.value()))
                .and(WITHDRAWAL.AMOUNT.eq(amount))
                .orderBy(WITHDRAWAL.DEADLINE_SECONDS, WITHDRAWAL.POSITION)
                .limit(1)
                .forUpdate()
                .fetchOne();
        if (row == null) {
            return false;
        }
        row.setTxHash(txHash.hex());
        end(tx, row, WithdrawalState.FINAL, new Command.FinaliseWithdrawal(number(row)));
        return true;
    }

    /**
     * Ends every withdrawal whose deadline a final block has passed, and which no final block paid.
     *
     * @param finalBlockSeconds the time of the newest final block, all of whose events were taken
     */
    static void expire(DSLContext tx, long finalBlockSeconds) {
        tx.selectFrom(WITHDRAWAL)
                .where(OPEN)
                .and(WITHDRAWAL.DEADLINE_SECONDS.lt(finalBlockSeconds))
                .orderBy(WITHDRAWAL.POSITION)
                .forUpdate()
                .fetch()
                .forEach(row -> end(
                        tx,
                        row,
                        WithdrawalState.EXPIRED,
                        new Command.ExpireWithdrawal(number(row), finalBlockSeconds)));
    }

    private static void end(DSLContext tx, WithdrawalRecord row, WithdrawalState state, Command command) {
        row.setState(state.name());
        row.store();
        Inbox.put(tx, "withdrawal/" + row.getId(), command);
        LOG.info("withdrawal={} to={} tx={}", row.getId(), state, row.getTxHash());
    }

    private static WithdrawalId number(WithdrawalRecord row) {
        return new WithdrawalId(row.getPosition());
    }
}
