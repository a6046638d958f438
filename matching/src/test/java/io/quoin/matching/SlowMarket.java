package io.quoin.matching;

import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static java.util.Comparator.comparingLong;

import io.quoin.matching.Event.IndicativePrice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A market of the {@link SlowModel}: its orders, and what follows from a look at them. */
final class SlowMarket {
    MarketSpec spec;
    final Map<OrderId, SlowOrder> orders = new LinkedHashMap<>();
    long last;
    long high;
    long low;
    IndicativePrice said;

    SlowMarket(MarketSpec spec) {
        this.spec = spec;
        this.said = noPrice();
    }

    boolean is(MarketState state) {
        return spec.state() == state;
    }

    long smallestFill() {
        return spec.bounds().minimumFillLots();
    }

    long tick() {
        return spec.bounds().tickSize();
    }

    long reference() {
        return spec.band().referencePriceTicks();
    }

    /** The orders of one side of the book as they match (M18). */
    List<SlowOrder> book(Side side) {
        return of(side, false)
                .sorted(comparingLong((SlowOrder o) -> side == BUY ? -o.price() : o.price())
                        .thenComparingLong(o -> o.place))
                .toList();
    }

    /** The orders of one side that wait, as they are triggered (M27). */
    List<SlowOrder> stops(Side side) {
        long sign = side == BUY ? 1 : -1;
        return of(side, true)
                .sorted(comparingLong((SlowOrder o) -> sign * o.terms.stopPriceTicks())
                        .thenComparingLong(o -> o.sequence))
                .toList();
    }

    private Stream<SlowOrder> of(Side side, boolean waits) {
        return orders.values().stream().filter(o -> o.side == side && o.waits == waits);
    }

    Event.LevelChanged level(SlowOrder at) {
        List<SlowOrder> level =
                of(at.side, false).filter(o -> o.price() == at.price()).toList();
        long visible = level.stream().mapToLong(o -> o.visible).sum();
        return new Event.LevelChanged(spec.id(), at.side, at.price(), visible, level.size());
    }

    /** What an order would be filled at once (M16), tried out on copies of what it may meet. */
    long fillable(SlowOrder t, int room) {
        List<SlowOrder> others = new ArrayList<>();
        book(t.side.opposite()).stream().filter(o -> t.reaches(o.price())).forEach(o -> others.add(o.copy()));
        long left = t.left;
        long filled = 0;
        for (int fills = 0; !others.isEmpty() && left >= smallestFill() && fills < room; ) {
            SlowOrder o = others.removeFirst();
            if (t.isOwn(o)) {
                left -= switch (t.terms.selfTrade()) {
                    case CANCEL_NEWEST, CANCEL_BOTH -> left;
                    case CANCEL_OLDEST -> 0;
                    case DECREMENT_AND_CANCEL -> Math.min(left, o.left);
                };
                continue;
            }
            long lots = Math.min(left, o.visible);
            fills++;
            filled += lots;
            left -= lots;
            o.left -= lots;
            o.show(0);
            long behind =
                    others.stream().filter(other -> other.price() == o.price()).count();
            if (o.left >= smallestFill()) others.add((int) behind, o);
        }
        return filled;
    }

    /** The first bid and the first ask, if they cross. */
    List<SlowOrder> crossed() {
        List<SlowOrder> bids = book(BUY);
        List<SlowOrder> asks = book(SELL);
        boolean cross = !bids.isEmpty()
                && !asks.isEmpty()
                && bids.getFirst().price() >= asks.getFirst().price();
        return cross ? List.of(bids.getFirst(), asks.getFirst()) : List.of();
    }

    IndicativePrice noPrice() {
        return new IndicativePrice(spec.id(), 0, 0, 0);
    }

    /**
     * M30. What is bought and sold changes only at the orders' prices, so beside these only their neighbours and
     * the price to be near to can be the best. To be near to none is to be near to 0.
     */
    IndicativePrice indicative() {
        List<SlowOrder> first = crossed();
        if (first.isEmpty()) return noPrice();
        long near = reference() > 0 ? reference() : last;
        return orders.values().stream()
                .filter(o -> !o.waits)
                .flatMapToLong(o -> LongStream.of(o.price() - tick(), o.price(), o.price() + tick(), near))
                .distinct()
                .filter(p -> first.get(1).price() <= p && p <= first.get(0).price())
                .mapToObj(this::at)
                .min(comparingLong((IndicativePrice p) -> -p.matchedLots())
                        .thenComparingLong(p -> Math.abs(p.imbalanceLots()))
                        .thenComparingLong(p -> Math.abs(p.priceTicks() - near)))
                .orElseThrow();
    }

    private IndicativePrice at(long price) {
        long bought = lots(BUY, price);
        long sold = lots(SELL, price);
        return new IndicativePrice(spec.id(), price, Math.min(bought, sold), bought - sold);
    }

    private long lots(Side side, long price) {
        return of(side, false)
                .filter(o -> o.reaches(price))
                .mapToLong(o -> o.left)
                .sum();
    }

    /** M12. */
    boolean isOutside(long price) {
        return hasBand() && Math.abs(price - reference()) > band();
    }

    private boolean hasBand() {
        return spec.band().basisPoints() > 0 && reference() > 0;
    }

    private long band() {
        return SlowOrder.share(reference(), spec.band().basisPoints(), 0);
    }

    /** The price that an order which takes the market is held to (M14), 0 for none. */
    long heldPrice(OrderTerms t) {
        List<SlowOrder> others = book(t.side().opposite());
        if (others.isEmpty()) return 0;
        long best = others.getFirst().price();
        int slippage = t.slippageBasisPoints();
        List<Long> limits = new ArrayList<>();
        if (t.priceTicks() != 0) limits.add(t.priceTicks());
        if (slippage != 0) limits.add(away(best, SlowOrder.share(best, slippage, 0), t.side()));
        if (hasBand()) limits.add(away(reference(), band(), t.side()));
        if (t.side() == SELL) limits.add(tick());
        if (t.side() == BUY && t.priceTicks() == 0 && slippage == 0) limits.add(worst(others, t.quantityLots()));
        return t.side() == BUY ? Collections.min(limits) : Collections.max(limits);
    }

    private static long worst(List<SlowOrder> others, long lots) {
        long offered = 0;
        for (SlowOrder o : others) {
            offered += o.left;
            if (offered >= lots) return o.price();
        }
        return others.getLast().price();
    }

    /** The price so far from another, rounded towards it to a tick. */
    private long away(long price, long distance, Side side) {
        return side == BUY
                ? price + Math.min(distance, Long.MAX_VALUE - price) / tick() * tick()
                : price - distance / tick() * tick();
    }

    /** The price that an order is held to when it arrives (M14, M17), 0 for none. */
    long arriving(OrderTerms t) {
        if (t.type() == OrderType.MARKET) return heldPrice(t);
        List<SlowOrder> others = book(t.side().opposite());
        if (t.postOnly() != PostOnly.SLIDE || others.isEmpty()) return t.priceTicks();
        long best = others.getFirst().price();
        long slid = t.side() == BUY ? best - tick() : best + tick();
        boolean reaches = t.side() == BUY ? t.priceTicks() >= best : t.priceTicks() <= best;
        return reaches && slid >= tick() && !isOutside(slid) ? slid : t.priceTicks();
    }
}
