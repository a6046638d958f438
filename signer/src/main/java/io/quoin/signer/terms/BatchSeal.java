package io.quoin.signer.terms;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import java.math.BigInteger;
import java.util.Objects;

/**
 * What the vault must be told of a locked batch to end it (Solidity struct {@code Seal}); its {@code Locked} event
 * gives it.
 *
 * @param marketId the market, see {@link MarketLots#id}
 * @param detail keccak256 of the batch's lots, terms and root
 * @param numbers from the lowest bit: number of the batch 32, deadline 40, fills 16, operator's fees 56, referrer's
 *     fees 56; uint256
 * @param referrer whose the referrer's fees are
 * @param operator who locked the batch
 */
public record BatchSeal(
        Bytes32 marketId, Bytes32 detail, BigInteger numbers, EvmAddress referrer, EvmAddress operator) {
    private static final int DEADLINE = 32;
    private static final int COUNT = 72;
    private static final int OPERATOR_FEE = 88;
    private static final int REFERRER_FEE = 144;

    /** Refuses numbers that do not fit uint256, with {@link IllegalArgumentException}. */
    public BatchSeal {
        Objects.requireNonNull(marketId, "marketId");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(referrer, "referrer");
        Objects.requireNonNull(operator, "operator");
        UintRange.check("numbers", numbers, 256);
    }

    /** The number of the batch in its market, from 64. */
    public long seq() {
        return field(0, 32);
    }

    /** The first Unix second in which the batch is refunded and no longer released. */
    public long deadlineSeconds() {
        return field(DEADLINE, 40);
    }

    /** How many fills the batch has, the skipped ones included. */
    public int fills() {
        return (int) field(COUNT, 16);
    }

    /** The operator's fees of all fills, quote lots. */
    public long operatorFeeLots() {
        return field(OPERATOR_FEE, 56);
    }

    /** The referrer's fees of all fills, quote lots. */
    public long referrerFeeLots() {
        return field(REFERRER_FEE, 56);
    }

    private long field(int from, int bits) {
        return numbers.shiftRight(from).longValue() & ((1L << bits) - 1);
    }
}
