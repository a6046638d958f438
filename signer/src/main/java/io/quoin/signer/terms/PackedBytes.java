package io.quoin.signer.terms;

import io.quoin.signer.evm.EvmAddress;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.HexFormat;

/** Writes big-endian fields without padding, as the vault's batch data and leaves have them. Not thread-safe. */
final class PackedBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The lowest {@code bytes} bytes of that number, which must fit. */
    PackedBytes number(BigInteger value, int bytes) {
        UintRange.check("packed field", value, 8 * bytes);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write(value.shiftRight(shift).intValue());
        }
        return this;
    }

    PackedBytes number(long value, int bytes) {
        return number(BigInteger.valueOf(value), bytes);
    }

    PackedBytes address(EvmAddress value) {
        return bytes(HexFormat.of().parseHex(value.hex(), 2, value.hex().length()));
    }

    PackedBytes bytes(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
