package io.quoin.signer.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToLongFunction;

/** One way of signing, measured in turns with others. Not thread-safe. */
final class Contender {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final String name;
    private final IntToLongFunction operation;
    private final List<Double> microsPerOperation = new ArrayList<>();
    private long sink;
    private int next;

    /**
     * A way of signing.
     *
     * @param name for the table
     * @param operation signs the digest of that number; what it returns keeps the work from being left out
     */
    Contender(String name, IntToLongFunction operation) {
        this.name = name;
        this.operation = operation;
    }

    String name() {
        return name;
    }

    /** Runs for about that long without counting it. */
    void warmUp(long nanos) {
        run(nanos);
    }

    /** Runs for about that long and notes what an operation took. */
    void round(long nanos) {
        microsPerOperation.add(run(nanos));
    }

    /** What an operation took in each round, microseconds of the processor. */
    List<Double> rounds() {
        return List.copyOf(microsPerOperation);
    }

    /** The line of the table. */
    String line() {
        double micros = median(microsPerOperation);
        return String.format(
                Locale.ROOT,
                "  %-46s %9.1f us  %9.0f/s   (%.1f to %.1f us)",
                name,
                micros,
                1e6 / micros,
                Collections.min(microsPerOperation),
                Collections.max(microsPerOperation));
    }

    /** The median over the rounds of this one's time by the other's in the same round: noise to both cancels. */
    double timeBy(Contender other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < microsPerOperation.size(); i++) {
            ratios.add(microsPerOperation.get(i) / other.microsPerOperation.get(i));
        }
        return median(ratios);
    }

    /** What the operations returned, put together. */
    long sink() {
        return sink;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Processor time of this thread: what else the machine does is no part of it. Signing waits for nothing. */
    private double run(long nanos) {
        long end = System.nanoTime() + nanos;
        long start = THREADS.getCurrentThreadCpuTime();
        long operations = 0;
        do {
            sink ^= operation.applyAsLong(next++);
            operations++;
        } while (System.nanoTime() < end);
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / operations;
    }
}
