package io.quoin.matching.bench;

import java.util.List;
import java.util.Optional;

/**
 * What a stream is drawn from.
 *
 * @param name what it is called
 * @param mix how often which command comes
 * @param resting how many orders shall rest
 * @param depth the mean distance of an order from the other side's best price, in ticks
 * @param crossing how many of 10,000 placements and moves are priced to trade at once
 * @param sweep how many resting orders an immediate order shall take on average
 * @param scattered whether order ids are scattered over 63 bits instead of counted up
 */
record StreamSpec(String name, Mix mix, int resting, int depth, int crossing, double sweep, boolean scattered) {
    /**
     * How often which command comes, of 1,000.
     *
     * @param place orders that rest
     * @param immediate immediate-or-cancel orders
     * @param cancel cancellations
     * @param move changes of price
     * @param reduce amendments down in place
     */
    record Mix(int place, int immediate, int cancel, int move, int reduce) {
        static final int WHOLE = 1_000;

        Mix {
            if (place + immediate + cancel + move + reduce != WHOLE) {
                throw new IllegalArgumentException("the mix is not of " + WHOLE);
            }
        }
    }

    private static final Mix EXCHANGE_CORE = new Mix(100, 30, 50, 820, 0);
    private static final Mix MARKET = new Mix(450, 20, 360, 140, 30);
    private static final Mix SWEEP = new Mix(900, 10, 90, 0, 0);

    private static final List<StreamSpec> ALL = List.of(
            new StreamSpec("ec", EXCHANGE_CORE, 950, 180, 195, 0.6, false),
            new StreamSpec("ec-mixed", EXCHANGE_CORE, 950, 180, 195, 0.6, true),
            new StreamSpec("mkt", MARKET, 9_500, 130, 410, 2.3, false),
            new StreamSpec("mkt-mixed", MARKET, 9_500, 130, 410, 2.3, true),
            new StreamSpec("sweep", SWEEP, 8_200, 260, 155, 85, false),
            new StreamSpec("deep", MARKET, 1_000_000, 2_950, 1_400, 0.3, true));

    static List<StreamSpec> all() {
        return ALL;
    }

    static Optional<StreamSpec> named(String name) {
        return ALL.stream().filter(spec -> spec.name.equals(name)).findFirst();
    }

    /** Returns the same with fewer resting orders. */
    StreamSpec withResting(int orders) {
        return new StreamSpec(name, mix, orders, depth, crossing, sweep, scattered);
    }
}
