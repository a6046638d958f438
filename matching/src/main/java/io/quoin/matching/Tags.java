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

    /** The enums: what a command says of an order, and what an amended order keeps. */
    private static final int KIND = RARE - 1;

    private static final int INVALID = -1;
    private static final int FOREIGN = ~0x03_03_03_01; // bits that stand for nothing in the first four wire bytes

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

    /**
     * Returns the enums of an order that is given as a message has them, one byte each: side, type, time in force and
     * post-only mode in an {@code int}, the first lowest, and self-trade mode. Negative if a byte stands for nothing.
     */
    static int ofWire(int four, int selfTrade) {
        int kind = (four & 1)
                | ((four >> (8 - TYPE)) & (3 << TYPE))
                | ((four >> (16 - TIME_IN_FORCE)) & (3 << TIME_IN_FORCE))
                | ((four >> (24 - POST_ONLY)) & (3 << POST_ONLY))
                | (selfTrade << SELF_TRADE);
        boolean known = ((four & FOREIGN) | (selfTrade & ~3)) == 0 && (kind >> POST_ONLY & 3) < POST_ONLIES.length;
        return known ? kind : INVALID;
    }

    /** Returns the first four enums as a message has them; the inverse of {@link #ofWire}. */
    static int wire(int tags) {
        return (tags & 1) | (tags >> TYPE & 3) << 8 | (tags >> TIME_IN_FORCE & 3) << 16 | (tags >> POST_ONLY & 3) << 24;
    }

    /** Returns the self-trade mode as a message has it. */
    static int wireSelfTrade(int tags) {
        return tags >> SELF_TRADE & 3;
    }

    /** Returns the enums without what else tags say. */
    static int kind(int tags) {
        return tags & KIND;
    }

    /** Returns enums with a market's row. */
    static int in(int market, int kind) {
        return market << MARKET | kind;
    }

    static int market(int tags) {
        return tags >>> MARKET;
    }

    /** Tells whether an order is found otherwise than by id and price too: when it expires, or by client order id. */
    static boolean isFoundOtherwise(int tags) {
        return (tags & (EXPIRES | REMEMBERED)) != 0;
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

    static boolean isGoodTillCancelled(int tags) {
        return (tags >> TIME_IN_FORCE & 3) == TimeInForce.GTC.ordinal();
    }

    static boolean isGoodTillDate(int tags) {
        return (tags >> TIME_IN_FORCE & 3) == TimeInForce.GTD.ordinal();
    }

    static boolean isFillOrKill(int tags) {
        return (tags >> TIME_IN_FORCE & 3) == TimeInForce.FOK.ordinal();
    }

    /** Returns an order that rests with the time in force that its having an expiry, or none, means. */
    static int lasting(int tags, boolean expires) {
        TimeInForce lasts = expires ? TimeInForce.GTD : TimeInForce.GTC;
        return (tags & ~(3 << TIME_IN_FORCE)) | (lasts.ordinal() << TIME_IN_FORCE);
    }

    /** Tells whether it is a limit order until cancelled, and may take. */
    static boolean isPlain(int tags) {
        return (tags & (3 << TYPE | 3 << TIME_IN_FORCE | 3 << POST_ONLY)) == 0;
    }

    static boolean isLimit(int tags) {
        return (tags >> TYPE & 3) == OrderType.LIMIT.ordinal();
    }

    static boolean isMarket(int tags) {
        return (tags >> TYPE & 3) == OrderType.MARKET.ordinal();
    }

    static boolean isStop(int tags) {
        return (tags >> TYPE & 3) == OrderType.STOP.ordinal();
    }

    /** Tells whether it is a market order, or becomes one when it is triggered. */
    static boolean takesMarket(int tags) {
        return isMarket(tags) || isStop(tags);
    }

    static boolean isPostOnly(int tags) {
        return (tags >> POST_ONLY & 3) != PostOnly.NO.ordinal();
    }

    static boolean slides(int tags) {
        return (tags >> POST_ONLY & 3) == PostOnly.SLIDE.ordinal();
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
