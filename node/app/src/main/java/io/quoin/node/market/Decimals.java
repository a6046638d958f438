package io.quoin.node.market;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whole tokens as people write them, and base units as chains count them. Exact both ways; nothing is rounded.
 * Stateless.
 */
public final class Decimals {
    /** The longest text that is read, in characters. */
    public static final int LENGTH_MAX = 78;

    private static final Pattern PLAIN = Pattern.compile("(0|[1-9][0-9]*)([.][0-9]+)?");

    private Decimals() {}

    /**
     * Reads whole tokens into base units.
     *
     * @param text digits with at most one point, no sign, no exponent
     * @param decimals the token's decimals, 0 to 36
     * @return base units; empty if the text is no such number or has more decimals than the token
     */
    public static Optional<BigInteger> parse(String text, int decimals) {
        if (text.length() > LENGTH_MAX || !PLAIN.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal units = new BigDecimal(text).movePointRight(decimals);
        return units.stripTrailingZeros().scale() <= 0 ? Optional.of(units.toBigIntegerExact()) : Optional.empty();
    }

    /** Writes base units as whole tokens, without zeros at the end. */
    public static String format(BigInteger units, int decimals) {
        if (units.signum() == 0) {
            return "0";
        }
        return new BigDecimal(units, decimals).stripTrailingZeros().toPlainString();
    }
}
