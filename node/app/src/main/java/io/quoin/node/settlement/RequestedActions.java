package io.quoin.node.settlement;

import io.quoin.signer.caip.ChainId;
import java.util.List;
import java.util.Set;

/** Where actions wait that no chain's adapter has accepted yet (a port). */
public interface RequestedActions {
    /**
     * Returns the oldest of a chain that may go now: releases and refunds before locks, and no lock of a market that
     * is stopped, so that what is stopped never stands in the way of what is not.
     *
     * @param stopped the symbols of the markets that lock nothing now
     * @param limit how many at the most
     */
    List<RequestedAction> oldest(ChainId chain, Set<String> stopped, int limit);
}
