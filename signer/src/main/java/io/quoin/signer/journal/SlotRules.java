package io.quoin.signer.journal;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.journal.Held.Mark;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What may follow what in one slot: rule R9 of docs/protocol.md, in one place, without I/O. Stateless.
 *
 * <p>A nonce or an output holds one intent. Another payload for it needs the same intent and a higher fee; of an escrow's
 * output it needs the same payees instead. A leg has one outcome, whatever the bytes. A numbered message has one payload. A
 * cancel may follow any intent at a higher fee, and nothing but a cancel may follow a cancel. An action stands at one
 * nonce, until a cancel of that nonce is final.
 */
final class SlotRules {
    private SlotRules() {}

    /** Whether a slot may go to a want. */
    sealed interface Ruling {
        /** The slot was free. */
        record Take(Held row) implements Ruling {}

        /** It holds just that. */
        record Same(Held row) implements Ruling {}

        /** Another payload may follow. */
        record Replace(Held before, Held row) implements Ruling {}

        /** It may not. */
        record Refuse(Slot slot, String explanation) implements Ruling {}
    }

    /** Decides for that want of that claim, over what its slot holds. */
    static Ruling decide(Optional<Held> held, Want want, Claim claim) {
        return switch (want) {
            case Want.EvmSend send ->
                held.map(row -> send(row, send, claim))
                        .orElseGet(() -> take(want, claim, send.intent(), Mark.PLAIN, Optional.of(send.action())));
            case Want.EvmNonceCancel cancel ->
                held.map(row -> cancel(row, claim))
                        .orElseGet(
                                () -> take(cancel, claim, Want.EvmNonceCancel.INTENT, Mark.CANCEL, Optional.empty()));
            case Want.EvmPlace place ->
                held.map(row -> place(row, place, claim))
                        .orElseGet(() -> take(want, claim, word(place), Mark.PLAIN, Optional.empty()));
            case Want.Spend spend ->
                held.map(row -> spend(row, spend, claim))
                        .orElseGet(() -> take(want, claim, spend.intent(), Mark.PLAIN, spend.payees()));
            case Want.End end ->
                held.map(row -> end(row, end))
                        .orElseGet(() -> take(want, claim, end.outcome().hash(), Mark.PLAIN, Optional.empty()));
            case Want.Attest attest ->
                held.map(row -> attest(row, attest, claim))
                        .orElseGet(() -> take(want, claim, attest.intent(), Mark.PLAIN, Optional.empty()));
        };
    }

    /** The row of a nonce whose cancel is final; {@link IllegalArgumentException} if no cancel has it. */
    static Held cancelFinal(Held turn) {
        return switch (turn.mark()) {
            case CANCEL, CANCEL_FINAL -> turn.withMark(Mark.CANCEL_FINAL);
            case PLAIN, OPEN ->
                throw new IllegalArgumentException(
                        "journal: " + turn.slot().text() + " was never cancelled, so no cancel of it can be final");
        };
    }

    /** The row of an action that a final cancel of that nonce displaced; the same row if it stands elsewhere by now. */
    static Held reopened(Held action, Slot.EvmTurn cancelled) {
        return action.what().equals(word(cancelled)) ? action.withMark(Mark.OPEN) : action;
    }

    private static Ruling send(Held row, Want.EvmSend send, Claim claim) {
        if (row.mark() != Mark.PLAIN) {
            return refuse(row, "a cancel was signed for it, and nothing else may follow that");
        }
        if (!row.what().equals(send.intent()) || !row.bound().equals(Optional.of(send.action()))) {
            return refuse(row, "it holds another intent, payload " + row.payload());
        }
        return sameOrHigher(row, claim, send.intent(), Mark.PLAIN);
    }

    private static Ruling cancel(Held row, Claim claim) {
        if (row.mark() == Mark.CANCEL_FINAL && !row.payload().equals(claim.payload())) {
            return refuse(row, "its cancel is final, so there is nothing left to cancel");
        }
        return sameOrHigher(row, claim, Want.EvmNonceCancel.INTENT, Mark.CANCEL);
    }

    private static Ruling place(Held row, Want.EvmPlace place, Claim claim) {
        if (row.what().equals(word(place))) {
            return new Ruling.Same(row);
        }
        if (row.mark() == Mark.OPEN) {
            return new Ruling.Replace(row, next(row, claim, word(place), Mark.PLAIN));
        }
        return refuse(
                row,
                "it stands at nonce " + new BigInteger(1, row.what().bytes())
                        + "; only when a cancel of that nonce is final may it stand at " + place.nonce());
    }

    private static Ruling spend(Held row, Want.Spend spend, Claim claim) {
        if (row.payload().equals(claim.payload())) {
            return new Ruling.Same(row);
        }
        if (!row.bound().equals(spend.payees())) {
            return refuse(row, "it was signed to pay its escrow's payees otherwise, payload " + row.payload());
        }
        if (row.bound().isPresent()) {
            return new Ruling.Replace(row, next(row, claim, spend.intent(), Mark.PLAIN));
        }
        if (!row.what().equals(spend.intent())) {
            return refuse(row, "it holds another intent, payload " + row.payload());
        }
        return sameOrHigher(row, claim, spend.intent(), Mark.PLAIN);
    }

    private static Ruling end(Held row, Want.End end) {
        return row.what().equals(end.outcome().hash())
                ? new Ruling.Same(row)
                : refuse(
                        row,
                        "another outcome than " + end.outcome().ending()
                                + " of these amounts was signed for it, payload " + row.payload());
    }

    private static Ruling attest(Held row, Want.Attest attest, Claim claim) {
        return row.what().equals(attest.intent()) && row.payload().equals(claim.payload())
                ? new Ruling.Same(row)
                : refuse(row, "another message of that number was signed, payload " + row.payload());
    }

    private static Ruling sameOrHigher(Held row, Claim claim, Bytes32 what, Mark mark) {
        if (row.payload().equals(claim.payload())) {
            return new Ruling.Same(row);
        }
        if (claim.fee().compareTo(row.fee()) > 0) {
            return new Ruling.Replace(row, next(row, claim, what, mark));
        }
        return refuse(
                row,
                "another payload was signed for it at fee " + row.fee() + ", and one at fee " + claim.fee()
                        + " cannot replace it: a replacement pays more");
    }

    private static Ruling take(Want want, Claim claim, Bytes32 what, Mark mark, Optional<Bytes32> bound) {
        return new Ruling.Take(new Held(
                want.slot(), claim.key(), what, mark, bound, claim.payload(), claim.fee(), 1, Optional.empty()));
    }

    private static Held next(Held row, Claim claim, Bytes32 what, Mark mark) {
        return row.next(claim.key(), what, mark, claim.payload(), claim.fee());
    }

    private static Ruling.Refuse refuse(Held row, String why) {
        return new Ruling.Refuse(row.slot(), row.slot().text() + ": " + why);
    }

    private static Bytes32 word(Want.EvmPlace place) {
        return word(place.nonce().value());
    }

    private static Bytes32 word(Slot.EvmTurn turn) {
        return word(turn.nonce().value());
    }

    private static Bytes32 word(long nonce) {
        return new Bytes32("0x" + "0".repeat(48) + java.util.HexFormat.of().toHexDigits(nonce));
    }
}
