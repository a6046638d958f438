package io.quoin.matching;

/** What an order is, in one {@code int}: its market's row in the upper half, enums and flags in the lower. */
@SuppressWarnings("EnumOrdinal") // they stay inside one process; snapshots have the documented values
final class Tags {
    private static final int TYPE = 1;
    private static final int TIME_IN_FORCE = 3;
    private static final int POST_ONLY = 5;
    private static final int SELF_TRADE = 7;
    private static final int RARE = 1 << 9;
    private static final int EXPIRES = 1 << 10;
    private static final int ICEBERG = 1 << 11;
    private static final int REMEMBERED = 1 << 12;
    private static final int LABELLED = 1 << 13;
    private static final int MARKET = 16;

    private static final OrderType[] TYPES = OrderType.values();
    private static final TimeInForce[] TIMES_IN_FORCE = TimeInForce.values();
    private static final PostOnly[] POST_ONLIES = PostOnly.values();
    private static final SelfTradePrevention[] SELF_TRADES = SelfTradePrevention.values();

    private Tags() {}

    static int of(
            int market,
            Side side,
            OrderType type,
            TimeInForce timeInForce,
            PostOnly postOnly,
            SelfTradePrevention selfTrade) {
        return market << MARKET
                | side.ordinal()
                | type.ordinal() << TYPE
                | timeInForce.ordinal() << TIME_IN_FORCE
                | postOnly.ordinal() << POST_ONLY
                | selfTrade.ordinal() << SELF_TRADE;
    }

    static int market(int tags) {
        return tags >>> MARKET;
    }

    static boolean isBuy(int tags) {
        return (tags & 1) == 0;
    }

    static Side side(int tags) {
        return isBuy(tags) ? Side.BUY : Side.SELL;
    }

    static OrderType type(int tags) {
        return TYPES[tags >> TYPE & 3];
    }

    static TimeInForce timeInForce(int tags) {
        return TIMES_IN_FORCE[tags >> TIME_IN_FORCE & 3];
    }

    static boolean rests(int tags) {
        return (tags >> TIME_IN_FORCE & 3) <= TimeInForce.GTD.ordinal();
    }

    /** Tells whether it waits outside the book for its stop price. */
    static boolean waits(int tags) {
        return (tags >> TYPE & 3) >= OrderType.STOP.ordinal();
    }

    static PostOnly postOnly(int tags) {
        return POST_ONLIES[tags >> POST_ONLY & 3];
    }

    static SelfTradePrevention selfTrade(int tags) {
        return SELF_TRADES[tags >> SELF_TRADE & 3];
    }

    /** Tells whether it has a stop price or a minimum. */
    static boolean isRare(int tags) {
        return (tags & RARE) != 0;
    }

    static int rare(int tags) {
        return tags | RARE;
    }

    /** Tells whether it has an expiry. */
    static boolean expires(int tags) {
        return (tags & EXPIRES) != 0;
    }

    static int expiring(int tags) {
        return tags | EXPIRES;
    }

    /** Returns the tags of a stop order that was triggered. */
    static int triggered(int tags) {
        return tags ^ 3 << TYPE; // STOP becomes MARKET, STOP_LIMIT becomes LIMIT
    }

    /** Tells whether it shows a part only. */
    static boolean isIceberg(int tags) {
        return (tags & ICEBERG) != 0;
    }

    static int iceberg(int tags) {
        return tags | ICEBERG;
    }

    /** Tells whether it has a client order id. */
    static boolean isRemembered(int tags) {
        return (tags & REMEMBERED) != 0;
    }

    static int remembered(int tags, boolean is) {
        return is ? tags | REMEMBERED : tags & ~REMEMBERED;
    }

    /** Tells whether it has a session, a disconnect group or a slippage limit. */
    static boolean isLabelled(int tags) {
        return (tags & LABELLED) != 0;
    }

    static int labelled(int tags) {
        return tags | LABELLED;
    }
}
