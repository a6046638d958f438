package io.quoin.node.api;

import io.quoin.node.query.Queries;
import io.quoin.node.query.Views.WithdrawalView;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import io.quoin.node.sequencer.Sequencer;
import io.quoin.node.sequencer.WithdrawOutcome;
import io.quoin.node.store.DatabaseAwayException;
import io.quoin.node.withdrawal.CoSigning;
import io.quoin.node.withdrawal.SubmittedWithdrawal;
import io.quoin.node.withdrawal.WithdrawalDoor;
import io.quoin.node.withdrawal.WithdrawalRequest;
import io.quoin.signer.evm.Bytes32;

/**
 * What the API does about withdrawals. Every method waits, so call it from a virtual thread; a refusal comes as
 * {@link RefusedException} and has changed nothing.
 */
final class WithdrawalApi {
    private final WithdrawalDoor door;
    private final Sequencer sequencer;
    private final CoSigning coSigning;
    private final Queries queries;

    WithdrawalApi(ApiParts parts) {
        this.door = new WithdrawalDoor(parts.markets(), parts.vault(), parts.clock());
        this.sequencer = parts.sequencer();
        this.coSigning = parts.coSigning();
        this.queries = parts.queries();
    }

    Reply request(WithdrawalRequest request) {
        SubmittedWithdrawal withdrawal = door.admit(request);
        return switch (Answers.await(sequencer.withdraw(withdrawal))) {
            case WithdrawOutcome.Accepted accepted -> new Reply(201, signed(accepted.withdrawal()));
            case WithdrawOutcome.AlreadyAccepted accepted -> Reply.ok(signed(accepted.withdrawal()));
            case WithdrawOutcome.Refused refused -> throw new RefusedException(refused.refusal());
        };
    }

    /** Signs too where an earlier request could not: its process ended, or the database was away. */
    Reply read(Bytes32 withdrawal) {
        coSigning.sign(withdrawal);
        return Reply.ok(require(withdrawal));
    }

    /** From here on the amount is set aside: a database that is away now must not be answered as "not done". */
    private WithdrawalView signed(Bytes32 withdrawal) {
        try {
            coSigning.sign(withdrawal);
            return require(withdrawal);
        } catch (DatabaseAwayException e) {
            throw new RefusedException(
                    RefusalCode.OUTCOME_UNKNOWN,
                    "withdrawal " + withdrawal + " was taken, but the database does not answer; GET it to see it");
        }
    }

    private WithdrawalView require(Bytes32 withdrawal) {
        return queries.withdrawal(withdrawal)
                .orElseThrow(() ->
                        new RefusedException(RefusalCode.UNKNOWN_WITHDRAWAL, "there is no withdrawal " + withdrawal));
    }
}
