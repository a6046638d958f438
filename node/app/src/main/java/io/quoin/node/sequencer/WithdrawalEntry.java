package io.quoin.node.sequencer;

import io.quoin.matching.AccountId;
import io.quoin.matching.Command;
import io.quoin.matching.Event;
import io.quoin.matching.RefusalReason;
import io.quoin.matching.WithdrawalId;
import io.quoin.node.market.Asset;
import io.quoin.node.refusal.Refusal;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.withdrawal.SubmittedWithdrawal;
import io.quoin.signer.evm.Bytes32;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Enters a withdrawal into the log: first the engine sets the amount aside, then it is told of the co-signature and its
 * deadline (R8). Both stand in the log before the operator signs, so that what may be signed is always set aside.
 */
final class WithdrawalEntry {
    private final LogState state;
    private final SequencerStore.Writer writer;
    private final BiFunction<Command, Optional<SubmittedWithdrawal>, List<Event>> log;

    WithdrawalEntry(
            LogState state,
            SequencerStore.Writer writer,
            BiFunction<Command, Optional<SubmittedWithdrawal>, List<Event>> log) {
        this.state = state;
        this.writer = writer;
        this.log = log;
    }

    WithdrawOutcome enter(SubmittedWithdrawal withdrawal) {
        if (state.withdrawals().has(withdrawal.id())) {
            return new WithdrawOutcome.AlreadyAccepted(withdrawal.id());
        }
        Optional<AccountId> known = writer.account(withdrawal.account());
        if (known.isEmpty()) {
            return lacking(withdrawal, 0); // never deposited, so nothing is free
        }
        AccountId account = known.get();
        BigInteger nonce = withdrawal.terms().nonce();
        Optional<Bytes32> other = state.withdrawals().underNonce(account, nonce);
        if (other.isPresent()) {
            return refused(
                    RefusalCode.NONCE_REUSED,
                    "nonce " + nonce + " belongs to your withdrawal " + other.get()
                            + "; sign this one with a nonce that you have not used");
        }
        long free = state.engine().balance(account, withdrawal.asset().id()).available();
        return free < withdrawal.units() ? lacking(withdrawal, free) : setAside(account, withdrawal);
    }

    /** Its number is its position, so no two withdrawals of a log share one. */
    private WithdrawOutcome setAside(AccountId account, SubmittedWithdrawal withdrawal) {
        WithdrawalId id = new WithdrawalId(state.position() + 1);
        Command request =
                new Command.RequestWithdrawal(id, account, withdrawal.asset().id(), withdrawal.units());
        for (Event event : log.apply(request, Optional.of(withdrawal))) {
            if (event instanceof Event.CommandRefused refused) {
                return new WithdrawOutcome.Refused(refusal(refused.reason()));
            }
        }
        Command coSign = new Command.CoSignWithdrawal(id, withdrawal.terms().deadlineSeconds());
        for (Event event : log.apply(coSign, Optional.empty())) {
            if (event instanceof Event.CommandRefused refused) {
                throw new IllegalStateException("the engine set " + id + " aside and then refused: " + refused);
            }
        }
        return new WithdrawOutcome.Accepted(withdrawal.id());
    }

    private static Refusal refusal(RefusalReason reason) {
        return reason == RefusalReason.ENGINE_FULL
                ? new Refusal(
                        RefusalCode.ENGINE_FULL,
                        "the engine holds as many open withdrawals as it may; send it again in a while")
                : new Refusal(RefusalCode.INTERNAL, "the engine refused the withdrawal: " + reason);
    }

    private static WithdrawOutcome lacking(SubmittedWithdrawal withdrawal, long free) {
        Asset asset = withdrawal.asset();
        return refused(
                RefusalCode.INSUFFICIENT_BALANCE,
                "the withdrawal needs " + asset.format(withdrawal.terms().amount()) + " " + asset.symbol() + ", "
                        + asset.format(asset.baseUnits(free)) + " " + asset.symbol()
                        + " is free; cancel orders that reserve it, or wait until what trades brought is final");
    }

    private static WithdrawOutcome refused(RefusalCode code, String message) {
        return new WithdrawOutcome.Refused(new Refusal(code, message));
    }
}
