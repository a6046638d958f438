package io.quoin.matching;

/**
 * What the values of the schema's {@code uint8} fields stand for: the ordinals of enums, yes or no, and the outcomes
 * of client order ids. {@code quoin-matching.xml} lists them.
 */
final class WireValues {
    private static final Side[] SIDES = Side.values();
    private static final OrderType[] ORDER_TYPES = OrderType.values();
    private static final TimeInForce[] TIMES_IN_FORCE = TimeInForce.values();
    private static final PostOnly[] POST_ONLY = PostOnly.values();
    private static final SelfTradePrevention[] SELF_TRADE = SelfTradePrevention.values();
    private static final MarketState[] MARKET_STATES = MarketState.values();
    private static final Backing[] BACKINGS = Backing.values();
    private static final WithdrawalState[] WITHDRAWAL_STATES = WithdrawalState.values();
    private static final CancelReason[] CANCEL_REASONS = CancelReason.values();
    private static final RejectReason[] REJECT_REASONS = RejectReason.values();
    private static final RefusalReason[] REFUSAL_REASONS = RefusalReason.values();

    private WireValues() {}

    /** Returns what stands for an enum's constant. */
    @SuppressWarnings("EnumOrdinal") // SchemaTest holds the ordinals to what the schema says
    static short of(Enum<?> constant) {
        return (short) constant.ordinal();
    }

    /** Returns what stands for yes or no. */
    static short of(boolean yes) {
        return (short) (yes ? 1 : 0);
    }

    /** Returns what stands for an outcome. */
    static short of(ClientOrderOutcome outcome) {
        return switch (outcome) {
            case ClientOrderOutcome.Accepted() -> 0;
            case ClientOrderOutcome.Rejected(RejectReason reason) -> (short) (1 + of(reason));
        };
    }

    static Side side(int wire) {
        return constant(SIDES, wire, "side");
    }

    static OrderType orderType(int wire) {
        return constant(ORDER_TYPES, wire, "order type");
    }

    static TimeInForce timeInForce(int wire) {
        return constant(TIMES_IN_FORCE, wire, "time in force");
    }

    static PostOnly postOnly(int wire) {
        return constant(POST_ONLY, wire, "post-only mode");
    }

    static SelfTradePrevention selfTrade(int wire) {
        return constant(SELF_TRADE, wire, "self-trade mode");
    }

    static MarketState marketState(int wire) {
        return constant(MARKET_STATES, wire, "market state");
    }

    static Backing backing(int wire) {
        return constant(BACKINGS, wire, "backing");
    }

    static WithdrawalState withdrawalState(int wire) {
        return constant(WITHDRAWAL_STATES, wire, "withdrawal state");
    }

    static CancelReason cancelReason(int wire) {
        return constant(CANCEL_REASONS, wire, "cancel reason");
    }

    static RejectReason rejectReason(int wire) {
        return constant(REJECT_REASONS, wire, "reject reason");
    }

    static RefusalReason refusalReason(int wire) {
        return constant(REFUSAL_REASONS, wire, "refusal reason");
    }

    static ClientOrderOutcome outcome(int wire) {
        return wire == 0
                ? new ClientOrderOutcome.Accepted()
                : new ClientOrderOutcome.Rejected(constant(REJECT_REASONS, wire - 1, "reject reason"));
    }

    static boolean flag(int wire) {
        if (wire > 1) {
            throw new MalformedMessage(wire + " is neither 0 (no) nor 1 (yes)");
        }
        return wire == 1;
    }

    private static <E> E constant(E[] constants, int wire, String what) {
        if (wire >= constants.length) {
            throw new MalformedMessage(wire + " is no " + what + "; the highest is " + (constants.length - 1));
        }
        return constants[wire];
    }
}
