package io.quoin.node.store.signing;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.fingerprint.Fingerprint;
import io.quoin.signer.journal.Claim;
import io.quoin.signer.journal.KeyName;
import io.quoin.signer.journal.Outcome;
import io.quoin.signer.journal.Payout;
import io.quoin.signer.journal.Slot;
import io.quoin.signer.journal.Spending;
import io.quoin.signer.journal.Want;
import java.math.BigInteger;
import java.util.List;

/** Claims for tests. Stateless. */
final class JournalClaims {
    static final ChainId CHAIN = ChainId.eip155(31337);
    static final EvmAddress SENDER = new EvmAddress("0x" + "11".repeat(20));
    static final String COIN = "eip155:31337/slip44:60";
    static final KeyName KEY = new KeyName("operator");

    private JournalClaims() {}

    static Bytes32 word(String text) {
        return Fingerprint.of(text).sha256();
    }

    static Slot.EvmTurn turn(long nonce) {
        return new Slot.EvmTurn(CHAIN, SENDER, new EvmNonce(nonce));
    }

    /** A transaction at that nonce which releases an escrow of its own. */
    static Claim send(long nonce, String action, long fee) {
        Outcome outcome = new Outcome(Outcome.Ending.RELEASE, List.of(new Payout(SENDER.hex(), COIN, BigInteger.TEN)));
        return Claim.evm(
                KEY,
                word(nonce + action + fee),
                BigInteger.valueOf(fee),
                new Want.EvmSend(turn(nonce), word("intent of " + action), word("action " + action)),
                List.of(new Want.End(new Slot.EscrowLeg(CHAIN, word("escrow of " + action), 0), outcome)),
                List.of(new Spending(COIN, BigInteger.TEN)));
    }

    /** As {@link #send}, of an action that no other nonce has. */
    static Claim own(long nonce, String action, long fee) {
        return send(nonce, action + nonce, fee);
    }

    static Claim cancel(long nonce, long fee) {
        return new Claim(
                KEY,
                word("cancel " + nonce + fee),
                BigInteger.valueOf(fee),
                List.of(new Want.EvmNonceCancel(turn(nonce))),
                List.of());
    }

    /** A leg of an escrow that ends one way or another. */
    static Claim end(int escrow, Outcome.Ending ending, String payload) {
        Outcome outcome = new Outcome(ending, List.of(new Payout(SENDER.hex(), COIN, BigInteger.TEN)));
        return new Claim(
                KEY,
                word(payload),
                BigInteger.ONE,
                List.of(new Want.End(new Slot.EscrowLeg(CHAIN, word("escrow " + escrow), 0), outcome)),
                List.of());
    }
}
