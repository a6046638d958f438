package io.quoin.node.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One measured figure with the bar that it is held to.
 *
 * @param name lower case, words joined by underscores
 * @param value what was measured
 * @param unit its unit
 * @param bar what it is held to, in the same unit
 * @param better whether less or more is better
 */
public record Figure(String name, double value, String unit, double bar, Better better) {
    private static final int DIGITS = 3;
    private static final Pattern LINE =
            Pattern.compile("figure ([a-z0-9_]+) = (\\S+) (\\S+) \\(bar (<=|>=) (\\S+)\\) (?:ok|short)");

    /** Which side of the bar is the good one. */
    public enum Better {
        /** The value may not be above the bar. */
        LESS,
        /** The value may not be below the bar. */
        MORE
    }

    /** Checks that name and unit are single words, because the figure's line is read by programs. */
    public Figure {
        if (!name.matches("[a-z0-9_]+") || !unit.matches("\\S+")) {
            throw new IllegalArgumentException("a figure's name and unit are single words: " + name + ", " + unit);
        }
    }

    /** Returns whether the value is on the good side of the bar, or on it. A value that is no number is not. */
    public boolean isOk() {
        return better == Better.LESS ? value <= bar : value >= bar;
    }

    /** Returns {@code figure <name> = <value> <unit> (bar <bar>) ok|short}. */
    public String line() {
        String sign = better == Better.LESS ? "<=" : ">=";
        return String.format(
                Locale.ROOT,
                "figure %s = %s %s (bar %s %s) %s",
                name,
                text(value),
                unit,
                sign,
                text(bar),
                isOk() ? "ok" : "short");
    }

    /** Reads a {@link #line()} again, as another process printed it; empty if it is no such line. */
    public static Optional<Figure> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Figure(
                matcher.group(1),
                Double.parseDouble(matcher.group(2)),
                matcher.group(3),
                Double.parseDouble(matcher.group(5)),
                matcher.group(4).equals("<=") ? Better.LESS : Better.MORE));
    }

    private static String text(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        BigDecimal rounded = BigDecimal.valueOf(number).setScale(DIGITS, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
