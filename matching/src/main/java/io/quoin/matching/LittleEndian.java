package io.quoin.matching;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in a byte array as SBE has them. The generated flyweights do the same through Agrona's buffers, after each of
 * whose writes the compiler must read everything again that it knew; where most time would go into that, the engine
 * writes at the flyweights' offsets with these. Throws {@link IndexOutOfBoundsException} beyond the array.
 */
final class LittleEndian {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    /** Returns two numbers as one that has the first of them in front. */
    static long pair(int first, int second) {
        return (first & 0xFFFF_FFFFL) | ((long) second << Integer.SIZE);
    }
}
