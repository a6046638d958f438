package io.quoin.matching.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table for people, which is also one for Markdown. */
final class ResultTable {
    private static final double NANOS_PER_MICRO = 1_000;

    private ResultTable() {}

    /** Returns the table's lines. Whatever is in it agreed, or there would be no table. */
    static List<String> lines(Results results) {
        List<String> lines = new ArrayList<>();
        lines.add("| stream    | engine        |     ns |    M/s | x " + Contender.BASE
                + " |   p50 |   p99 | p99.9 | B/command | checksum |");
        lines.add("|---|---|---:|---:|---:|---:|---:|---:|---:|---|");
        results.byStream().forEach((stream, engines) -> {
            for (Map.Entry<String, Measured> engine : engines.entrySet()) {
                lines.add(line(stream, engine.getKey(), engine.getValue(), results));
            }
        });
        return lines;
    }

    private static String line(String stream, String engine, Measured measured, Results results) {
        double base = results.find(stream, Contender.BASE).map(Measured::nanos).orElse(Double.NaN);
        return String.format(
                Locale.ROOT,
                "| %-9s | %-13s | %6.1f | %6.2f | %15.2f | %5.0f | %5.0f | %5.0f | %9.3f | ok       |",
                stream,
                engine,
                measured.nanos(),
                NANOS_PER_MICRO / measured.nanos(),
                base / measured.nanos(),
                measured.p50(),
                measured.p99(),
                measured.p999(),
                measured.bytes());
    }
}
