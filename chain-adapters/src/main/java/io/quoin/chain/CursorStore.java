package io.quoin.chain;

import io.quoin.signer.caip.ChainId;
import java.util.Optional;

/**
 * Where events go and the cursor is kept, in one database (a port, R14). The adapter calls {@link #commit} from one
 * thread at a time for each chain.
 */
public interface CursorStore {
    /** The chain's cursor as last committed, or empty before the first commit. */
    Optional<ChainCursor> load(ChainId chain);

    /**
     * In one database transaction: applies every event in order, marks the action of each {@link
     * ChainEvent.ActionMined} and {@link ChainEvent.ActionFailed} finished in the {@link NonceStore}, and moves the
     * cursor to {@code batch.to()}; all or nothing. The cursor never goes back; it stays where it is when the batch only
     * ends actions that were never sent.
     *
     * <p>When this throws, the adapter brings the same batch again later, and no other before. Since the database may
     * have committed although it threw, the same batch may come twice: an event whose position is at or before the
     * stored cursor, and an end of an action that is finished already, must then be ignored. (An action's end may be
     * new although its block is at or before the cursor: a node may give a receipt late.)
     */
    void commit(ChainBatch batch);
}
