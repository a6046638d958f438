package io.quoin.matching.bench;

import java.util.Arrays;

/** Commands in the making: arrays that grow. */
final class CommandBuffer {
    private static final int CAPACITY = 1 << 16;

    private int size;
    private byte[] kinds = new byte[CAPACITY];
    private long[] ids = new long[CAPACITY];
    private int[] owners = new int[CAPACITY];
    private int[] prices = new int[CAPACITY];
    private int[] quantities = new int[CAPACITY];

    /** Adds a command; a reduction has its difference for a price. */
    void add(byte kind, long id, int owner, long price, long quantity) {
        if (size == kinds.length) {
            grow(size + (size >> 1));
        }
        kinds[size] = kind;
        ids[size] = id;
        owners[size] = owner;
        prices[size] = Math.toIntExact(price);
        quantities[size] = Math.toIntExact(quantity);
        size++;
    }

    int size() {
        return size;
    }

    byte[] kinds() {
        return Arrays.copyOf(kinds, size);
    }

    long[] ids() {
        return Arrays.copyOf(ids, size);
    }

    int[] owners() {
        return Arrays.copyOf(owners, size);
    }

    int[] prices() {
        return Arrays.copyOf(prices, size);
    }

    int[] quantities() {
        return Arrays.copyOf(quantities, size);
    }

    private void grow(int capacity) {
        kinds = Arrays.copyOf(kinds, capacity);
        ids = Arrays.copyOf(ids, capacity);
        owners = Arrays.copyOf(owners, capacity);
        prices = Arrays.copyOf(prices, capacity);
        quantities = Arrays.copyOf(quantities, capacity);
    }
}
