package io.quoin.signer.terms;

import io.quoin.signer.evm.EvmAddress;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/** Reads what {@link PackedBytes} writes; data that end too early are an {@link IllegalArgumentException}. */
final class PackedReader {
    private final byte[] data;
    private int place;

    PackedReader(byte[] data) {
        this.data = data.clone();
    }

    byte[] bytes(int count) {
        if (count > data.length - place) {
            throw new IllegalArgumentException("batch data end at byte " + data.length);
        }
        place += count;
        return Arrays.copyOfRange(data, place - count, place);
    }

    BigInteger number(int bytes) {
        return new BigInteger(1, bytes(bytes));
    }

    /** A number of up to seven bytes. */
    long small(int bytes) {
        return number(bytes).longValueExact();
    }

    int count(int bytes) {
        return number(bytes).intValueExact();
    }

    EvmAddress address() {
        return new EvmAddress("0x" + HexFormat.of().formatHex(bytes(20)));
    }

    int left() {
        return data.length - place;
    }
}
