package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Side.BUY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every order type with every time in force, self-trade mode and market state. Alice buys 4 at 100, where Bob offers
 * 3 and behind him she herself 2; the last trade was at 100, and so is the stop price. What must come of it stands in
 * a table.
 */
class MatrixTest {
    private static final long BOBS = 3;
    private static final long OWN = 2;
    private static final long WANTED = 4;

    /** What becomes of 3 lots filled, 1 left of the order, and 2 of her own, by self-trade mode. */
    private static String afterMeeting(SelfTradePrevention mode, TimeInForce time) {
        return switch (mode) {
            case CANCEL_NEWEST -> "filled 3, cancelled 1 SELF_TRADE, own 2";
            case CANCEL_OLDEST -> time.rests() ? "filled 3, rests 1, own 0" : "filled 3, cancelled 1 UNFILLED, own 0";
            case CANCEL_BOTH -> "filled 3, cancelled 1 SELF_TRADE, own 0";
            case DECREMENT_AND_CANCEL -> "filled 3, cancelled 1 SELF_TRADE, own 1";
        };
    }

    private static String expected(OrderType type, TimeInForce time, SelfTradePrevention mode, MarketState state) {
        boolean fits = !type.takesMarket() || !time.rests();
        return switch (state) {
            case POST_ONLY, CANCEL_ONLY, HALTED -> "rejected MARKET_STATE";
            case AUCTION -> {
                if (!type.waits() && !time.rests()) yield "rejected MARKET_STATE";
                if (!fits) yield "rejected TERMS_INVALID";
                yield type.waits() ? "waits 4, own 2" : "rests 4, own 2";
            }
            case OPEN -> {
                if (!fits) yield "rejected TERMS_INVALID";
                if (time != TimeInForce.FOK) yield afterMeeting(mode, time);
                yield type.waits() ? "cancelled 4 NOT_FILLABLE, own 2" : "rejected NOT_FILLABLE";
            }
        };
    }

    @ParameterizedTest
    @MethodSource("everything")
    void everyTypeTimeInForceSelfTradeModeAndState(
            OrderType type, TimeInForce time, SelfTradePrevention mode, MarketState state) {
        Floor floor = Floor.of(SPEC);
        floor.sell(BOB, 100, 1);
        floor.buy(CAROL, 100, 1);
        floor.sell(BOB, 100, BOBS);
        floor.sell(ALICE, 100, OWN);
        floor.state(state);

        floor.place(ALICE, terms(type, time, mode));

        assertThat(outcome(floor)).isEqualTo(expected(type, time, mode, state));
    }

    private static OrderTerms terms(OrderType type, TimeInForce time, SelfTradePrevention mode) {
        return new OrderTerms(
                BUY,
                type,
                time,
                100,
                WANTED,
                0,
                0,
                type.waits() ? 100 : 0,
                0,
                PostOnly.NO,
                mode,
                time == TimeInForce.GTD ? 50 : 0);
    }

    /** What became of order 5 and of her own order 4. */
    private static String outcome(Floor floor) {
        List<Event> events = floor.events();
        if (events.getFirst() instanceof Event.OrderRejected rejected) {
            return "rejected " + rejected.reason();
        }
        Stream<String> fills = events.stream()
                .filter(event -> event instanceof Event.Filled)
                .map(event -> "filled " + ((Event.Filled) event).quantityLots());
        Stream<String> cancels = events.stream()
                .filter(event ->
                        event instanceof Event.OrderCancelled c && c.order().value() == 5)
                .map(event -> (Event.OrderCancelled) event)
                .map(c -> "cancelled " + c.remainingLots() + " " + c.reason());
        Stream<String> open = Stream.of(5L)
                .filter(floor::isOpen)
                .map(floor::order)
                .map(o -> (o.visibleLots() == 0 ? "waits " : "rests ") + o.remainingLots());
        Stream<String> own =
                Stream.of("own " + (floor.isOpen(4) ? floor.order(4).remainingLots() : 0));
        return String.join(
                ", ", Stream.of(fills, cancels, open, own).flatMap(part -> part).toList());
    }

    static Stream<Arguments> everything() {
        return Arrays.stream(OrderType.values())
                .flatMap(type -> Arrays.stream(TimeInForce.values())
                        .flatMap(time -> Arrays.stream(SelfTradePrevention.values())
                                .flatMap(mode -> Arrays.stream(MarketState.values())
                                        .map(state -> Arguments.of(type, time, mode, state)))));
    }
}
