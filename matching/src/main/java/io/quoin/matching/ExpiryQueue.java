package io.quoin.matching;

import java.util.Arrays;

/** The open orders that expire, the first one first: a binary heap by expiry and then by sequence. */
final class ExpiryQueue {
    private static final int SMALLEST = 64;

    private final Orders orders;
    private int[] heap = new int[SMALLEST];
    private int size;

    ExpiryQueue(Orders orders) {
        this.orders = orders;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the order that expires first; there must be one. */
    int first() {
        return heap[0];
    }

    void add(int order) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size << 1);
        }
        rise(order, size++);
    }

    void remove(int order) {
        int place = orders.expiryPlace(order);
        int moved = heap[--size];
        if (moved != order) {
            rise(moved, place);
            sink(moved, orders.expiryPlace(moved));
        }
    }

    private void rise(int order, int from) {
        int place = from;
        while (place > 0 && isBefore(order, heap[(place - 1) >> 1])) {
            set(place, heap[(place - 1) >> 1]);
            place = (place - 1) >> 1;
        }
        set(place, order);
    }

    private void sink(int order, int from) {
        int place = from;
        for (int child = earlierChild(place);
                child < size && isBefore(heap[child], order);
                child = earlierChild(place)) {
            set(place, heap[child]);
            place = child;
        }
        set(place, order);
    }

    private int earlierChild(int place) {
        int left = 2 * place + 1;
        return left + 1 < size && isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
    }

    private boolean isBefore(int order, int other) {
        long expiry = orders.expiry(order);
        long otherExpiry = orders.expiry(other);
        return expiry < otherExpiry || (expiry == otherExpiry && orders.sequence(order) < orders.sequence(other));
    }

    private void set(int place, int order) {
        heap[place] = order;
        orders.expiryPlace(order, place);
    }
}
