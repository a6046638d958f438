package io.quoin.matching.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What one engine did on one stream, from all JVMs; the figures are medians. */
final class Measured {
    private final List<Double> nanos = new ArrayList<>();
    private final List<ForkReport> reports = new ArrayList<>();

    /** Adds what a JVM measured: nanoseconds a command of each replay, and what it reported. */
    void add(List<Double> nanosPerCommand, ForkReport report) {
        nanos.addAll(nanosPerCommand);
        reports.add(report);
    }

    /** Returns nanoseconds a command. */
    double nanos() {
        return median(nanos);
    }

    double p50() {
        return median(ForkReport::p50);
    }

    double p99() {
        return median(ForkReport::p99);
    }

    double p999() {
        return median(ForkReport::p999);
    }

    /** Returns bytes allocated a command, by the worst JVM. */
    double bytes() {
        return reports.stream().mapToDouble(ForkReport::bytes).max().orElse(Double.NaN);
    }

    private double median(ToDoubleFunction<ForkReport> what) {
        return median(reports.stream().map(what::applyAsDouble).toList());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
