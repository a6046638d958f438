package io.quoin.signer.terms;

import java.util.Objects;

/** A call of the escrow vault that the operator may send; {@link VaultCalldata} gives its only bytes. */
public sealed interface VaultCall {
    /**
     * Locks both legs of each fill.
     *
     * @param batch fills of {@link SettlementMode#ESCROW} orders
     */
    record Lock(LockBatch batch) implements VaultCall {
        /** Refuses an order of another mode with {@link IllegalArgumentException}. */
        public Lock {
            checkMode(batch, SettlementMode.ESCROW);
        }
    }

    /**
     * Locks and releases each fill at once.
     *
     * @param batch fills of {@link SettlementMode#ATOMIC} orders
     */
    record Settle(LockBatch batch) implements VaultCall {
        /** Refuses an order of another mode with {@link IllegalArgumentException}. */
        public Settle {
            checkMode(batch, SettlementMode.ATOMIC);
        }
    }

    /**
     * Gives each leg of a batch to the other side, before its deadline.
     *
     * @param seal the batch
     */
    record Release(BatchSeal seal) implements VaultCall {
        /** Takes any seal; the vault knows its batches. */
        public Release {
            Objects.requireNonNull(seal, "seal");
        }
    }

    /**
     * Gives each leg of a batch back to who locked it, from its deadline on.
     *
     * @param seal the batch
     */
    record Refund(BatchSeal seal) implements VaultCall {
        /** Takes any seal; the vault knows its batches. */
        public Refund {
            Objects.requireNonNull(seal, "seal");
        }
    }

    private static void checkMode(LockBatch batch, SettlementMode mode) {
        for (SignedOrder order : batch.orders()) {
            if (order.terms().mode() != mode) {
                throw new IllegalArgumentException(
                        "batch: an order signed " + order.terms().mode() + ", not " + mode);
            }
        }
    }
}
