package io.quoin.signer.explain;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.BatchSeal;
import io.quoin.signer.terms.VaultCall;
import io.quoin.signer.terms.VaultCalldata;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A call that ends a batch, read back from its calldata: it counts only if writing it again gives the same bytes.
 *
 * @param kind which way the batch ends
 * @param seal which batch
 */
record SealCall(Kind kind, BatchSeal seal) {
    private static final int SELECTOR = 4;
    private static final int WORD = 32;
    private static final int ADDRESS = 20;
    private static final int LENGTH = SELECTOR + 5 * WORD;

    enum Kind {
        RELEASE,
        REFUND
    }

    /** Reads it; empty for any other calldata. */
    static Optional<SealCall> read(byte[] calldata) {
        if (calldata.length != LENGTH) {
            return Optional.empty();
        }
        BatchSeal seal = new BatchSeal(
                Bytes32.of(word(calldata, 0)),
                Bytes32.of(word(calldata, 1)),
                new BigInteger(1, word(calldata, 2)),
                address(calldata, 3),
                address(calldata, 4));
        if (Arrays.equals(calldata, VaultCalldata.encode(new VaultCall.Release(seal)))) {
            return Optional.of(new SealCall(Kind.RELEASE, seal));
        }
        return Arrays.equals(calldata, VaultCalldata.encode(new VaultCall.Refund(seal)))
                ? Optional.of(new SealCall(Kind.REFUND, seal))
                : Optional.empty();
    }

    private static byte[] word(byte[] calldata, int index) {
        int start = SELECTOR + index * WORD;
        return Arrays.copyOfRange(calldata, start, start + WORD);
    }

    private static EvmAddress address(byte[] calldata, int index) {
        byte[] word = word(calldata, index);
        return new EvmAddress("0x" + HexFormat.of().formatHex(word, WORD - ADDRESS, WORD));
    }
}
