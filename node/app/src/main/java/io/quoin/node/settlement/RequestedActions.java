package io.quoin.node.settlement;

import io.quoin.signer.caip.ChainId;
import java.util.List;

/** Where actions wait that no chain's adapter has accepted yet (a port). */
public interface RequestedActions {
    /** Returns the oldest of a chain, at most {@code limit}. */
    List<RequestedAction> oldest(ChainId chain, int limit);
}
