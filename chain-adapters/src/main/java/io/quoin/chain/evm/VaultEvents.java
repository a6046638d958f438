package io.quoin.chain.evm;

import io.quoin.chain.ChainEvent;
import io.quoin.contracts.IEscrowVault;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.BatchSeal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;

/** Decodes the vault's logs by the bindings that the build makes from its source. */
final class VaultEvents {
    /** What a log says. */
    sealed interface Decoded {
        /** All there is to know. */
        record Whole(ChainEvent event) implements Decoded {}

        /** A batch was locked; its fills are in the transaction's input. */
        record BatchLocked(BatchSeal seal, Bytes32 root) implements Decoded {}

        /** A fill of the transaction's batch was left out. */
        record Skipped(int index, int reason) implements Decoded {}

        /** A batch was settled at once; this node never does that. */
        record BatchSettled() implements Decoded {}
    }

    private static final Map<Bytes32, Function<VaultLog, Decoded>> DECODERS = Map.of(
            topic(IEscrowVault.DEPOSITED_EVENT), VaultEvents::deposited,
            topic(IEscrowVault.WITHDRAWN_EVENT), VaultEvents::withdrawn,
            topic(IEscrowVault.LOCKED_EVENT), VaultEvents::locked,
            topic(IEscrowVault.FILLSKIPPED_EVENT), VaultEvents::skipped,
            topic(IEscrowVault.SETTLED_EVENT), log -> new Decoded.BatchSettled(),
            topic(IEscrowVault.RELEASED_EVENT), VaultEvents::released,
            topic(IEscrowVault.REFUNDED_EVENT), VaultEvents::refunded,
            topic(IEscrowVault.FILLCLOSED_EVENT), VaultEvents::closed);

    private VaultEvents() {}

    /**
     * What the log says, or empty for one that means nothing to Quoin. Throws {@link IllegalArgumentException} for a
     * log that has a known topic and another form.
     */
    static Optional<Decoded> decode(VaultLog log) {
        if (log.topics().isEmpty() || !DECODERS.containsKey(log.topics().getFirst())) {
            return Optional.empty();
        }
        try {
            return Optional.of(DECODERS.get(log.topics().getFirst()).apply(log));
        } catch (RuntimeException malformed) {
            throw new IllegalArgumentException(
                    "log " + log.logIndex() + " of block " + log.height() + " is not of its event's form", malformed);
        }
    }

    private static Decoded deposited(VaultLog log) {
        IEscrowVault.DepositedEventResponse event = IEscrowVault.getDepositedEventFromLog(raw(log));
        return new Decoded.Whole(
                new ChainEvent.Deposited(log.position(), address(event.account), address(event.token), event.amount));
    }

    private static Decoded withdrawn(VaultLog log) {
        IEscrowVault.WithdrawnEventResponse event = IEscrowVault.getWithdrawnEventFromLog(raw(log));
        return new Decoded.Whole(
                new ChainEvent.Withdrawn(log.position(), address(event.account), address(event.token), event.amount));
    }

    private static Decoded locked(VaultLog log) {
        IEscrowVault.LockedEventResponse event = IEscrowVault.getLockedEventFromLog(raw(log));
        return new Decoded.BatchLocked(
                new BatchSeal(
                        Bytes32.of(event.seal.marketId),
                        Bytes32.of(event.seal.detail),
                        event.seal.numbers,
                        address(event.seal.referrer),
                        address(event.seal.operator)),
                Bytes32.of(event.root));
    }

    private static Decoded skipped(VaultLog log) {
        IEscrowVault.FillSkippedEventResponse event = IEscrowVault.getFillSkippedEventFromLog(raw(log));
        return new Decoded.Skipped(event.index.intValueExact(), event.reason.intValueExact());
    }

    private static Decoded released(VaultLog log) {
        IEscrowVault.ReleasedEventResponse event = IEscrowVault.getReleasedEventFromLog(raw(log));
        return new Decoded.Whole(new ChainEvent.Released(log.position(), Bytes32.of(event.marketId), seq(event.seq)));
    }

    private static Decoded refunded(VaultLog log) {
        IEscrowVault.RefundedEventResponse event = IEscrowVault.getRefundedEventFromLog(raw(log));
        return new Decoded.Whole(new ChainEvent.Refunded(log.position(), Bytes32.of(event.marketId), seq(event.seq)));
    }

    private static Decoded closed(VaultLog log) {
        IEscrowVault.FillClosedEventResponse event = IEscrowVault.getFillClosedEventFromLog(raw(log));
        return new Decoded.Whole(new ChainEvent.FillClosed(
                log.position(),
                Bytes32.of(event.marketId),
                seq(event.seq),
                event.index.intValueExact(),
                event.outcome.intValueExact()));
    }

    private static long seq(BigInteger seq) {
        return seq.longValueExact();
    }

    private static EvmAddress address(String text) {
        return EvmAddress.of(text);
    }

    private static Log raw(VaultLog log) {
        Log raw = new Log();
        raw.setAddress(log.address().hex());
        raw.setTopics(log.topics().stream().map(Bytes32::hex).toList());
        raw.setData(log.data().text());
        return raw;
    }

    private static Bytes32 topic(Event event) {
        return new Bytes32(EventEncoder.encode(event));
    }
}
