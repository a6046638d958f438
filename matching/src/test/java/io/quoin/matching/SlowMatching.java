package io.quoin.matching;

import static io.quoin.matching.CancelReason.*;
import static io.quoin.matching.SelfTradePrevention.CANCEL_NEWEST;
import static io.quoin.matching.SelfTradePrevention.CANCEL_OLDEST;
import static io.quoin.matching.SelfTradePrevention.DECREMENT_AND_CANCEL;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static java.util.Comparator.comparingLong;

import io.quoin.matching.Event.*;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part of the {@link SlowModel} that matches, triggers, uncrosses and cancels orders (M18 to M22, M27 to M36). */
abstract class SlowMatching {
    static final Comparator<SlowOrder> BY_SEQUENCE = comparingLong(o -> o.sequence);

    final EngineLimits limits;
    final SlowBalances balances;
    final Map<MarketId, SlowMarket> markets = new LinkedHashMap<>();
    final Map<OrderId, SlowOrder> orders = new LinkedHashMap<>();
    final Map<FillId, Filled> fills = new LinkedHashMap<>();
    final List<Event> events = new ArrayList<>();
    private long places;
    private long fillCount;

    SlowMatching(EngineLimits limits) {
        this.limits = limits;
        this.balances = new SlowBalances(limits.balances());
    }

    /** Told of every order that is not open any more. */
    abstract void closed(SlowOrder o);

    /** M18, M20, M21. */
    final void match(SlowOrder t) {
        while (canMeet(t)) {
            SlowOrder first = best(t);
            boolean changed = false;
            while (canMeet(t) && best(t).price() == first.price()) {
                changed |= meet(t, best(t), first.price());
            }
            if (changed) events.add(t.market.level(first));
        }
        if (t.left == 0) {
            close(t);
        } else if (!t.terms.timeInForce().rests()) {
            cancel(t, UNFILLED);
        } else if (t.left < t.market.smallestFill()) {
            cancel(t, BELOW_MINIMUM_FILL);
        } else if (t.market.is(MarketState.OPEN) && wouldMeet(t)) {
            cancel(t, UNFILLED);
        } else if (chunks().size() >= limits.priceChunks() && !chunks().contains(chunk(t))) {
            cancel(t, UNFILLED);
        } else {
            rest(t);
            events.add(t.market.level(t));
        }
    }

    private boolean canMeet(SlowOrder t) {
        if (room() == 0) return false;
        if (!t.market.is(MarketState.OPEN) || t.left < t.market.smallestFill()) return false;
        return wouldMeet(t);
    }

    private static boolean wouldMeet(SlowOrder t) {
        List<SlowOrder> others = t.market.book(t.side.opposite());
        return !others.isEmpty() && t.reaches(others.getFirst().price());
    }

    /** How many more fills there may be (M6). */
    final int room() {
        return limits.openFills() - fills.size();
    }

    private static SlowOrder best(SlowOrder t) {
        return t.market.book(t.side.opposite()).getFirst();
    }

    final Set<List<Object>> chunks() {
        return orders.values().stream().map(SlowMatching::chunk).collect(Collectors.toSet());
    }

    private static List<Object> chunk(SlowOrder o) {
        long price = o.waits ? o.terms.stopPriceTicks() : o.price();
        return List.of(o.given.market(), o.side, o.waits, price / o.market.tick() / 64);
    }

    private void rest(SlowOrder o) {
        o.show(++places);
        put(o);
        events.add(new OrderRested(o.id(), o.given.market(), o.side, o.price(), o.visible, o.left));
    }

    final void put(SlowOrder o) {
        orders.put(o.id(), o);
        o.market.orders.put(o.id(), o);
    }

    final void remove(SlowOrder o) {
        orders.remove(o.id());
        o.market.orders.remove(o.id());
    }

    /** Two orders meet (M19, M22); tells whether the maker is not as it was. */
    private boolean meet(SlowOrder taker, SlowOrder maker, long price) {
        boolean rests = orders.containsKey(taker.id());
        if (!taker.isOwn(maker)) {
            trade(taker, maker, price, Math.min(rests ? taker.visible : taker.left, maker.visible));
            afterFill(maker);
            if (rests) afterFill(taker);
            return true;
        }
        SelfTradePrevention mode = taker.terms.selfTrade();
        long both = Math.min(taker.left, maker.left);
        for (SlowOrder o : mode == CANCEL_NEWEST ? List.of(taker) : List.of(maker, taker)) {
            if (mode == DECREMENT_AND_CANCEL && o.left > both) {
                lose(o, both);
                if (o.left < o.market.smallestFill()) cancel(o, BELOW_MINIMUM_FILL);
            } else if (mode != CANCEL_OLDEST || o == maker) {
                cancel(o, SELF_TRADE);
            }
        }
        return mode != CANCEL_NEWEST;
    }

    /** What follows for an order in the book that was filled (M19). */
    private void afterFill(SlowOrder o) {
        if (o.left == 0) {
            close(o);
        } else if (o.left < o.market.smallestFill()) {
            cancel(o, BELOW_MINIMUM_FILL);
        } else if (o.visible == 0) {
            rest(o);
        }
    }

    /** M19, M33 to M36. */
    private void trade(SlowOrder taker, SlowOrder maker, long price, long lots) {
        SlowMarket m = taker.market;
        long base = m.spec.baseAmount(lots);
        long quote = m.spec.quoteAmount(lots, price);
        int points = m.spec.fees().makerBasisPoints();
        long takerFee = SlowOrder.share(quote, m.spec.fees().takerBasisPoints(), 0);
        long makerFee = points < 0
                ? -Math.min(SlowOrder.share(quote, -points, 9_999), takerFee)
                : SlowOrder.share(quote, points, 0);
        for (SlowOrder o : List.of(taker, maker)) {
            o.left -= lots;
            o.visible -= Math.min(o.visible, lots);
        }
        boolean buys = taker.side == BUY;
        long bond = pay(buys ? taker : maker, quote + Math.max(0, buys ? takerFee : makerFee))
                + pay(buys ? maker : taker, base);
        FillId id = new FillId(++fillCount);
        Filled fill = new Filled(
                id,
                m.spec.id(),
                maker.id(),
                taker.id(),
                maker.account(),
                taker.account(),
                taker.side,
                price,
                lots,
                base,
                quote,
                makerFee,
                takerFee,
                bond,
                maker.left,
                taker.left);
        fills.put(id, fill);
        events.add(fill);
        m.high = m.last == 0 ? price : Math.max(m.high, price);
        m.low = m.last == 0 ? price : Math.min(m.low, price);
        m.last = price;
    }

    /** Moves what a side of a fill pays from reserved to settling (M35, M36), and tells what of it is a bond. */
    private long pay(SlowOrder o, long price) {
        long paid = o.isBonded() ? o.reserved - o.needs() : price;
        o.reserved -= paid;
        balances.touch(o.reserving()).reserved -= paid;
        balances.touch(o.reserving()).settling += paid;
        release(o);
        return o.isBonded() ? paid : 0;
    }

    /** What an order does not need any more is available again (M15). */
    final void release(SlowOrder o) {
        long surplus = o.reserved - o.needs();
        o.reserved -= surplus;
        balances.touch(o.reserving()).reserved -= surplus;
        balances.arrive(o.reserving(), surplus);
    }

    /** An order is reduced by so many lots (M22, M24). */
    final void lose(SlowOrder o, long lots) {
        o.terms = o.terms.quantity(o.terms.quantityLots() - lots);
        o.left -= lots;
        o.visible = Math.min(o.visible, o.left);
        events.add(new OrderReduced(o.id(), o.account(), lots, o.left, o.visible));
        release(o);
    }

    /** Cancels an order and says what its level shows. */
    final void drop(SlowOrder o, CancelReason reason) {
        cancel(o, reason);
        if (!o.waits) events.add(o.market.level(o));
    }

    private void cancel(SlowOrder o, CancelReason reason) {
        events.add(new OrderCancelled(o.id(), o.account(), reason, o.left));
        o.left = 0;
        close(o);
    }

    private void close(SlowOrder o) {
        remove(o);
        release(o);
        closed(o);
    }

    /** M27. */
    final void trigger(SlowMarket m) {
        while (m.is(MarketState.OPEN) && m.last != 0) {
            Stream<SlowOrder> buys = m.stops(BUY).stream().filter(o -> o.terms.stopPriceTicks() <= m.high);
            Stream<SlowOrder> sells = m.stops(SELL).stream().filter(o -> o.terms.stopPriceTicks() >= m.low);
            List<SlowOrder> reached =
                    Stream.of(buys.limit(1), sells.limit(1)).flatMap(o -> o).toList();
            if (reached.isEmpty()) {
                m.high = m.last;
                m.low = m.last;
                return;
            }
            trigger(Collections.min(reached, BY_SEQUENCE));
        }
    }

    private void trigger(SlowOrder o) {
        remove(o);
        o.waits = false;
        long held = o.terms.type() == OrderType.STOP ? o.market.heldPrice(o.terms) : o.price();
        events.add(new OrderTriggered(o.id(), o.given.market(), held));
        if (o.terms.type() == OrderType.STOP_LIMIT) o.terms = asLimit(o.terms);
        if (held != 0) o.terms = o.terms.price(held);
        release(o);
        if (held == 0) {
            cancel(o, UNFILLED);
        } else if (o.market.fillable(o, room()) < o.minimum()) {
            cancel(o, NOT_FILLABLE);
        } else {
            match(o);
        }
    }

    private static OrderTerms asLimit(OrderTerms t) {
        return OrderTerms.limit(t.side(), t.priceTicks(), t.quantityLots())
                .display(t.displayLots())
                .minimum(t.minimumLots())
                .selfTrade(t.selfTrade())
                .until(t.expirySeconds())
                .timeInForce(t.timeInForce());
    }

    /** M31. */
    final void uncross(SlowMarket m) {
        List<SlowOrder> two = m.crossed();
        if (two.isEmpty()) return;
        long price = m.indicative().priceTicks();
        events.add(new AuctionUncrossed(m.spec.id(), price));
        List<LevelChanged> met = List.of();
        for (; meetAt(price, two); two = m.crossed()) {
            SlowOrder taker = Collections.max(two, BY_SEQUENCE);
            meet(taker, Collections.min(two, BY_SEQUENCE), price);
            met = two.stream().map(m::level).toList();
            met.stream().filter(level -> level.orderCount() == 0).forEach(events::add);
        }
        met.stream().filter(level -> level.orderCount() > 0).forEach(events::add);
        for (; !two.isEmpty(); two = m.crossed()) {
            drop(Collections.max(two, BY_SEQUENCE), AUCTION_RESIDUAL);
        }
    }

    private boolean meetAt(long price, List<SlowOrder> crossed) {
        return room() > 0
                && crossed.size() == 2
                && crossed.get(0).price() >= price
                && crossed.get(1).price() <= price;
    }
}
