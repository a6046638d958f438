package io.quoin.node.demo;

import java.math.BigDecimal;
import java.util.List;

/**
 * What the two traders do. Alice offers at two prices; Bob's one order takes her better offer whole and a part of the
 * other, so that price priority, the maker's price and a partial fill all show.
 */
final class TradingPlan {
    static final String MARKET = "QBASE-QUSD";
    static final BigDecimal ALICE_MINTS = new BigDecimal("10");
    static final BigDecimal ALICE_DEPOSITS = new BigDecimal("6");
    static final BigDecimal BOB_MINTS = new BigDecimal("20000");
    static final BigDecimal BOB_DEPOSITS = new BigDecimal("12000");

    /** A price and a quantity, in whole tokens. */
    record Offer(BigDecimal price, BigDecimal quantity) {
        Offer(String price, String quantity) {
            this(new BigDecimal(price), new BigDecimal(quantity));
        }

        boolean sameAs(Offer other) {
            return price.compareTo(other.price) == 0 && quantity.compareTo(other.quantity) == 0;
        }
    }

    /** The dearer offer comes first, so that only the price can put the other before it. */
    static final List<Offer> ALICE_SELLS = List.of(new Offer("2505", "3"), new Offer("2500", "2"));

    static final Offer BOB_BUYS = new Offer("2505", "3.5");

    /** What price-time priority makes of it. */
    static final List<Offer> FILLS = List.of(new Offer("2500", "2"), new Offer("2505", "1.5"));

    private TradingPlan() {}
}
