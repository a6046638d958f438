package io.quoin.chain.evm;

import io.quoin.chain.ChainEvent;
import io.quoin.contracts.EscrowVault;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;

/** Decodes the vault's logs by the bindings that the build makes from its source. */
final class VaultEvents {
    private static final Map<Bytes32, Function<VaultLog, ChainEvent>> DECODERS = Map.of(
            topic(EscrowVault.DEPOSITED_EVENT), VaultEvents::deposited,
            topic(EscrowVault.WITHDRAWN_EVENT), VaultEvents::withdrawn,
            topic(EscrowVault.LOCKED_EVENT), VaultEvents::locked,
            topic(EscrowVault.RELEASED_EVENT), VaultEvents::released,
            topic(EscrowVault.REFUNDED_EVENT), VaultEvents::refunded);

    private VaultEvents() {}

    /**
     * The event, or empty for one that means nothing to Quoin. Throws {@link IllegalArgumentException} for a log that
     * has a known topic and another form.
     */
    static Optional<ChainEvent> decode(VaultLog log) {
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

    private static ChainEvent deposited(VaultLog log) {
        EscrowVault.DepositedEventResponse event = EscrowVault.getDepositedEventFromLog(raw(log));
        return new ChainEvent.Deposited(log.position(), address(event.account), address(event.token), event.amount);
    }

    private static ChainEvent withdrawn(VaultLog log) {
        EscrowVault.WithdrawnEventResponse event = EscrowVault.getWithdrawnEventFromLog(raw(log));
        return new ChainEvent.Withdrawn(log.position(), address(event.account), address(event.token), event.amount);
    }

    private static ChainEvent locked(VaultLog log) {
        EscrowVault.LockedEventResponse event = EscrowVault.getLockedEventFromLog(raw(log));
        return new ChainEvent.Locked(
                log.position(),
                Bytes32.of(event.escrowId),
                address(event.buyer),
                address(event.seller),
                Bytes32.of(event.buyOrder),
                Bytes32.of(event.sellOrder),
                address(event.base),
                address(event.quote),
                event.baseAmount,
                event.quoteAmount,
                event.deadline.longValueExact());
    }

    private static ChainEvent released(VaultLog log) {
        return new ChainEvent.Released(
                log.position(), Bytes32.of(EscrowVault.getReleasedEventFromLog(raw(log)).escrowId));
    }

    private static ChainEvent refunded(VaultLog log) {
        return new ChainEvent.Refunded(
                log.position(), Bytes32.of(EscrowVault.getRefundedEventFromLog(raw(log)).escrowId));
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
