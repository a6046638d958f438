package io.quoin.node.sequencer;

import io.quoin.matching.AccountId;
import io.quoin.matching.OrderId;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.signer.evm.Bytes32;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which orders were ever accepted, and under which nonce. Follows from the log; used by the sequencer's thread only. */
final class OrderIndex {
    private record NonceKey(AccountId account, BigInteger nonce) {}

    private final Map<Bytes32, OrderId> accepted = new HashMap<>();
    private final Map<NonceKey, Bytes32> nonces = new HashMap<>();

    Optional<OrderId> find(Bytes32 order) {
        return Optional.ofNullable(accepted.get(order));
    }

    /** Returns the order that was accepted under this account's nonce. */
    Optional<Bytes32> underNonce(AccountId account, BigInteger nonce) {
        return Optional.ofNullable(nonces.get(new NonceKey(account, nonce)));
    }

    void accepted(OrderId id, AccountId account, SubmittedOrder order) {
        accepted.put(order.id(), id);
        nonces.put(new NonceKey(account, order.terms().nonce()), order.id());
    }
}
