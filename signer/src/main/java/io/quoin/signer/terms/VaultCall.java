package io.quoin.signer.terms;

import io.quoin.signer.evm.Bytes32;
import java.util.List;

/** A call of the escrow vault that the operator may send; {@link VaultCalldata} gives its only bytes. */
public sealed interface VaultCall {
    /** The most fills or escrows in one call; the gas limit usually ends a batch earlier. */
    int BATCH_SIZE_MAX = 256;

    /**
     * Locks both legs of each fill.
     *
     * @param fills 1 to {@value VaultCall#BATCH_SIZE_MAX}
     */
    record Lock(List<EscrowFill> fills) implements VaultCall {
        /** Refuses an empty or too long batch with {@link IllegalArgumentException}. */
        public Lock {
            fills = bounded(fills);
        }
    }

    /**
     * Gives each leg to the other side.
     *
     * @param escrowIds 1 to {@value VaultCall#BATCH_SIZE_MAX}
     */
    record Release(List<Bytes32> escrowIds) implements VaultCall {
        /** Refuses an empty or too long batch with {@link IllegalArgumentException}. */
        public Release {
            escrowIds = bounded(escrowIds);
        }
    }

    /**
     * Gives each leg back to who locked it, from the escrow's deadline on.
     *
     * @param escrowIds 1 to {@value VaultCall#BATCH_SIZE_MAX}
     */
    record Refund(List<Bytes32> escrowIds) implements VaultCall {
        /** Refuses an empty or too long batch with {@link IllegalArgumentException}. */
        public Refund {
            escrowIds = bounded(escrowIds);
        }
    }

    private static <T> List<T> bounded(List<T> batch) {
        if (batch.isEmpty() || batch.size() > BATCH_SIZE_MAX) {
            throw new IllegalArgumentException("a batch has 1 to " + BATCH_SIZE_MAX + " entries, not " + batch.size());
        }
        return List.copyOf(batch);
    }
}
