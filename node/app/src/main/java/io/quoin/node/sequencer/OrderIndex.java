package io.quoin.node.sequencer;

import io.quoin.matching.AccountId;
import io.quoin.matching.MarketId;
import io.quoin.matching.OrderId;
import io.quoin.matching.Side;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.terms.OrderNonce;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which orders were ever accepted, and under which nonce. Follows from the log; used by the sequencer's thread only. */
final class OrderIndex {
    /** The vault counts nonces by account, market and side. */
    private record NonceKey(AccountId account, MarketId market, Side side, BigInteger nonce) {}

    private record CellKey(AccountId account, MarketId market, Side side, int cell) {}

    /**
     * The order that holds a cell of the vault's ring: the one with the highest nonce.
     *
     * @param id the engine's name for it
     * @param order its digest
     * @param nonce its nonce
     */
    record Holder(OrderId id, Bytes32 order, BigInteger nonce) {}

    private final Map<Bytes32, OrderId> accepted = new HashMap<>();
    private final Map<NonceKey, Bytes32> nonces = new HashMap<>();
    private final Map<CellKey, Holder> cells = new HashMap<>();

    Optional<OrderId> find(Bytes32 order) {
        return Optional.ofNullable(accepted.get(order));
    }

    /** Returns the order that was accepted under the nonce of this one. */
    Optional<Bytes32> underNonce(AccountId account, SubmittedOrder order) {
        return Optional.ofNullable(nonces.get(nonceKey(account, order)));
    }

    /** Returns the order that holds the cell which this one would take. */
    Optional<Holder> holder(AccountId account, SubmittedOrder order) {
        return Optional.ofNullable(cells.get(cellKey(account, order)));
    }

    void accepted(OrderId id, AccountId account, SubmittedOrder order) {
        accepted.put(order.id(), id);
        nonces.put(nonceKey(account, order), order.id());
        cells.put(
                cellKey(account, order),
                new Holder(id, order.id(), order.terms().nonce()));
    }

    private static NonceKey nonceKey(AccountId account, SubmittedOrder order) {
        return new NonceKey(
                account, order.market().id(), order.side(), order.terms().nonce());
    }

    private static CellKey cellKey(AccountId account, SubmittedOrder order) {
        return new CellKey(
                account,
                order.market().id(),
                order.side(),
                OrderNonce.cell(order.terms().nonce()));
    }
}
