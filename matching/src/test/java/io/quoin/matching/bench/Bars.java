package io.quoin.matching.bench;

import io.quoin.matching.bench.Contender.Role;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The figures that Quoin's book and engine are held to, as lines {@code figure <name> = <value> <unit> (bar <bar>)
 * ok|short}. They are ratios of one run, for which every machine will do; peers alone have none.
 */
final class Bars {
    /** Commands a second of the book divided by exchange-core's, on every stream. */
    private static final double BOOK_RATIO = 2.0;
    /** Its p99.9 latency divided by exchange-core's. */
    private static final double BOOK_P999_RATIO = 0.75;
    /** Its time with scattered ids divided by that with ids counted up. */
    private static final double SCATTERED_RATIO = 1.15;
    /** Commands a second of the whole engine divided by exchange-core's book alone. */
    private static final double ENGINE_RATIO = 0.7;
    /** Less than one byte allocated a command. */
    private static final double BYTES = 0.99;

    private static final List<String> SCATTERED = List.of("mkt", "ec");
    private static final int DIGITS = 3;

    private final Results results;
    private final List<String> lines = new ArrayList<>();

    private Bars(Results results) {
        this.results = results;
    }

    /** Returns the lines of all these engines. */
    static List<String> lines(Results results, List<Contender> contenders) {
        Bars bars = new Bars(results);
        for (Contender contender : contenders) {
            if (contender.role() == Role.BOOK) {
                bars.book(contender.name());
            } else if (contender.role() == Role.ENGINE) {
                bars.engine(contender.name());
            }
        }
        return bars.lines;
    }

    private void book(String book) {
        for (String stream : results.byStream().keySet()) {
            atLeast("book_ratio_" + stream, speedup(stream, book), BOOK_RATIO);
        }
        for (String stream : results.byStream().keySet()) {
            double ratio = value(stream, book, Measured::p999) / value(stream, Contender.BASE, Measured::p999);
            atMost("book_p999_ratio_" + stream, ratio, "x", BOOK_P999_RATIO);
        }
        for (String stream : SCATTERED) {
            String scattered = stream + "-mixed";
            if (results.find(scattered, book).isPresent()) {
                double ratio = value(scattered, book, Measured::nanos) / value(stream, book, Measured::nanos);
                atMost("book_scattered_ratio_" + stream, ratio, "x", SCATTERED_RATIO);
            }
        }
        atMost("book_bytes", bytesMax(book), "B/command", BYTES);
    }

    private void engine(String engine) {
        for (String stream : results.byStream().keySet()) {
            atLeast("engine_ratio_" + stream, speedup(stream, engine), ENGINE_RATIO);
        }
        atMost("engine_bytes", bytesMax(engine), "B/command", BYTES);
    }

    private double speedup(String stream, String engine) {
        return value(stream, Contender.BASE, Measured::nanos) / value(stream, engine, Measured::nanos);
    }

    private double bytesMax(String engine) {
        return results.byStream().values().stream()
                .map(Map::entrySet)
                .flatMap(engines -> engines.stream()
                        .filter(entry -> entry.getKey().equals(engine))
                        .map(entry -> entry.getValue().bytes()))
                .reduce(Math::max)
                .orElse(Double.NaN);
    }

    private double value(String stream, String engine, ToDoubleFunction<Measured> what) {
        return results.find(stream, engine).map(what::applyAsDouble).orElse(Double.NaN);
    }

    private void atLeast(String name, double value, double bar) {
        add(name, value, "x", ">= " + text(bar), value >= bar);
    }

    private void atMost(String name, double value, String unit, double bar) {
        add(name, value, unit, "<= " + text(bar), value <= bar);
    }

    private void add(String name, double value, String unit, String bar, boolean ok) {
        lines.add("figure matching_" + name.replace('-', '_') + " = " + text(value) + " " + unit + " (bar " + bar + ") "
                + (ok ? "ok" : "short"));
    }

    private static String text(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
