package io.quoin.signer.terms;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Writes 32-byte words as the Solidity ABI and EIP-712's {@code encodeData} both have them. Not thread-safe.
 */
final class AbiWords {
    static final int WORD = 32;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    AbiWords word(Bytes32 value) {
        out.writeBytes(value.bytes());
        return this;
    }

    AbiWords address(EvmAddress value) {
        byte[] digits = HexFormat.of().parseHex(value.hex(), 2, value.hex().length());
        out.writeBytes(new byte[WORD - digits.length]);
        out.writeBytes(digits);
        return this;
    }

    AbiWords number(BigInteger value) {
        UintRange.check("word", value, 256);
        byte[] digits = value.toByteArray();
        int from = digits.length > WORD ? digits.length - WORD : 0;
        out.writeBytes(new byte[WORD - (digits.length - from)]);
        out.write(digits, from, digits.length - from);
        return this;
    }

    AbiWords number(long value) {
        return number(BigInteger.valueOf(value));
    }

    AbiWords bool(boolean value) {
        return number(value ? 1 : 0);
    }

    /** Bytes as they are; their number must be a multiple of 32. */
    AbiWords whole(byte[] words) {
        if (words.length % WORD != 0) {
            throw new IllegalArgumentException("not whole words: " + words.length + " bytes");
        }
        out.writeBytes(words);
        return this;
    }

    /** The tail of a dynamic {@code bytes}: its length, then the bytes padded to whole words. */
    AbiWords dynamic(byte[] bytes) {
        number(bytes.length);
        return whole(Arrays.copyOf(bytes, (bytes.length + WORD - 1) / WORD * WORD));
    }

    int size() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
