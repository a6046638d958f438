package io.quoin.matching;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules once more, slowly. One list holds every open order, one every unfinished fill, and each account
 * has one signed number per asset: what is free, or below zero what it owes. All else is summed up when asked.
 */
final class SlowModel {
    private final Map<Integer, MarketSpec> markets = new TreeMap<>();
    private final Map<BalanceKey, Long> free = new TreeMap<>(BalanceKey.ORDER);
    private final List<Open> open = new ArrayList<>();
    private final List<Event.Filled> fills = new ArrayList<>();
    private List<Event> events = new ArrayList<>();
    private long fillCount;
    private long lastOrder;
    private long now;

    private static final class Open {
        final Command.PlaceOrder terms;
        final MarketSpec spec;
        long left;

        Open(Command.PlaceOrder terms, MarketSpec spec) {
            this.terms = terms;
            this.spec = spec;
            this.left = terms.quantityLots();
        }

        BalanceKey payer() {
            return new BalanceKey(terms.account(), terms.side() == Side.BUY ? spec.quote() : spec.base());
        }

        long cost(long lots, long ticks) {
            return terms.side() == Side.BUY
                    ? lots * ticks * spec.quoteUnitsPerTickLot()
                    : lots * spec.baseUnitsPerLot();
        }

        long reserve() {
            return cost(left, terms.priceTicks());
        }
    }

    List<Event> apply(Command command) {
        events = new ArrayList<>();
        Map<BalanceKey, Balance> before = balances();
        switch (command) {
            case Command.OpenMarket c -> open(c.spec());
            case Command.Credit c -> credit(new BalanceKey(c.account(), c.asset()), c.amount());
            case Command.Debit c -> debit(new BalanceKey(c.account(), c.asset()), c.amount());
            case Command.PlaceOrder c -> place(c);
            case Command.CancelOrder c -> cancel(c);
            case Command.SettleFill c -> end(c.fill(), true);
            case Command.ReturnFill c -> end(c.fill(), false);
            case Command.ExpireOrders c -> expire(c.nowSeconds());
        }
        balances().forEach((key, is) -> {
            if (!is.equals(before.getOrDefault(key, Balance.ZERO))) {
                events.add(new Event.BalanceChanged(key.account(), key.asset(), is));
            }
        });
        return events;
    }

    private Map<BalanceKey, Balance> balances() {
        Map<BalanceKey, Balance> all = new TreeMap<>(BalanceKey.ORDER);
        free.forEach((key, amount) -> {
            var own = open.stream().filter(o -> o.payer().equals(key));
            long settling = fills.stream().mapToLong(f -> settling(f, key)).sum();
            long reserved = own.mapToLong(Open::reserve).sum();
            all.put(key, new Balance(Math.max(amount, 0), reserved, settling, Math.max(-amount, 0)));
        });
        return all;
    }

    private long settling(Event.Filled fill, BalanceKey key) {
        boolean base =
                key.equals(new BalanceKey(fill.seller(), spec(fill.market()).base()));
        boolean quote =
                key.equals(new BalanceKey(fill.buyer(), spec(fill.market()).quote()));
        return base ? fill.baseAmount() : quote ? fill.quoteAmount() : 0;
    }

    private MarketSpec spec(MarketId market) {
        return requireNonNull(markets.get(market.value()));
    }

    private long free(BalanceKey key) {
        return free.getOrDefault(key, 0L);
    }

    private void move(BalanceKey key, long amount) {
        free.put(key, Math.addExact(free(key), amount));
    }

    private void refuse(RefusalReason reason) {
        events.add(new Event.CommandRefused(reason));
    }

    private void open(MarketSpec spec) {
        if (markets.containsKey(spec.id().value())) {
            refuse(RefusalReason.MARKET_EXISTS);
        } else if (spec.base().equals(spec.quote())
                || Math.min(spec.baseUnitsPerLot(), spec.quoteUnitsPerTickLot()) < 1) {
            refuse(RefusalReason.MARKET_INVALID);
        } else {
            markets.put(spec.id().value(), spec);
            events.add(new Event.MarketOpened(spec));
        }
    }

    private boolean isRefused(long amount, long most) {
        if (amount < 1 || amount > most) {
            refuse(amount < 1 ? RefusalReason.AMOUNT_NOT_POSITIVE : RefusalReason.AMOUNT_TOO_LARGE);
        }
        return amount < 1 || amount > most;
    }

    private void credit(BalanceKey key, long amount) {
        var same = balances().entrySet().stream().filter(b -> b.getKey().asset().equals(key.asset()));
        var parts = same.map(Map.Entry::getValue).mapToLong(b -> b.available() + b.reserved() + b.settling());
        if (!isRefused(amount, Long.MAX_VALUE - parts.sum())) {
            move(key, amount);
        }
    }

    private void debit(BalanceKey key, long amount) {
        if (isRefused(amount, Math.min(free(key), 0) + Long.MAX_VALUE)) {
            return;
        }
        move(key, -amount);
        for (Open o : List.copyOf(open).reversed()) {
            if (free(key) < 0 && o.payer().equals(key)) {
                drop(o, CancelReason.BALANCE_WITHDRAWN);
            }
        }
    }

    private void drop(Open o, CancelReason reason) {
        open.remove(o);
        move(o.payer(), o.reserve());
        events.add(new Event.OrderCancelled(o.terms.order(), o.terms.account(), reason, o.left));
        o.left = 0;
    }

    private void cancel(Command.CancelOrder c) {
        var named = open.stream().filter(o -> o.terms.order().equals(c.order())).toList();
        if (!named.isEmpty() && named.getFirst().terms.account().equals(c.account())) {
            drop(named.getFirst(), CancelReason.REQUESTED);
        } else {
            refuse(named.isEmpty() ? RefusalReason.UNKNOWN_ORDER : RefusalReason.NOT_OWNER);
        }
    }

    private void expire(long at) {
        now = Math.max(now, at);
        var late = open.stream().filter(o -> o.terms.expirySeconds() < now);
        late.sorted(Comparator.comparingLong(o -> o.terms.expirySeconds())).forEach(o -> drop(o, CancelReason.EXPIRED));
    }

    private void end(FillId id, boolean settled) {
        var named = fills.stream().filter(f -> f.fill().equals(id)).toList();
        if (!fills.removeAll(named)) {
            refuse(RefusalReason.UNKNOWN_FILL);
            return;
        }
        Event.Filled f = named.getFirst();
        move(new BalanceKey(settled ? f.buyer() : f.seller(), spec(f.market()).base()), f.baseAmount());
        move(new BalanceKey(settled ? f.seller() : f.buyer(), spec(f.market()).quote()), f.quoteAmount());
        events.add(settled ? new Event.FillSettled(id) : new Event.FillReturned(id));
    }

    private void place(Command.PlaceOrder c) {
        now = Math.max(now, c.nowSeconds());
        RejectReason fault = faultOf(c);
        lastOrder = Math.max(lastOrder, c.order().value());
        if (fault != null) {
            events.add(new Event.OrderRejected(c.order(), fault));
            return;
        }
        Open taker = new Open(c, spec(c.market()));
        while (c.postOnly() && best(taker).isPresent()) {
            if (best(taker).get().terms.expirySeconds() >= now) {
                events.add(new Event.OrderRejected(c.order(), RejectReason.POST_ONLY_WOULD_CROSS));
                return;
            }
            drop(best(taker).get(), CancelReason.EXPIRED);
        }
        move(taker.payer(), -taker.reserve());
        int at = events.size();
        while (taker.left > 0 && best(taker).isPresent()) {
            meet(taker, best(taker).get());
        }
        events.add(
                at,
                new Event.OrderAccepted(
                        c.order(),
                        c.account(),
                        c.market(),
                        c.side(),
                        c.priceTicks(),
                        c.quantityLots(),
                        taker.left,
                        c.expirySeconds()));
        if (taker.left > 0) {
            open.add(taker);
        }
    }

    private @Nullable RejectReason faultOf(Command.PlaceOrder c) {
        MarketSpec spec = markets.get(c.market().value());
        if (c.order().value() <= lastOrder) return RejectReason.DUPLICATE_ORDER;
        if (spec == null) return RejectReason.UNKNOWN_MARKET;
        if (c.priceTicks() < 1) return RejectReason.PRICE_NOT_POSITIVE;
        if (c.quantityLots() < 1) return RejectReason.QUANTITY_NOT_POSITIVE;
        if (tooLarge(c.quantityLots(), spec.baseUnitsPerLot(), 1)) return RejectReason.AMOUNT_TOO_LARGE;
        if (tooLarge(c.quantityLots(), spec.quoteUnitsPerTickLot(), c.priceTicks()))
            return RejectReason.AMOUNT_TOO_LARGE;
        if (c.expirySeconds() < now) return RejectReason.EXPIRED;
        Open o = new Open(c, spec);
        return free(o.payer()) < o.reserve() ? RejectReason.INSUFFICIENT_BALANCE : null;
    }

    private static boolean tooLarge(long a, long b, long c) {
        return BigInteger.valueOf(a)
                        .multiply(BigInteger.valueOf(b))
                        .multiply(BigInteger.valueOf(c))
                        .bitLength()
                > 63;
    }

    private Optional<Open> best(Open taker) {
        long sign = taker.terms.side() == Side.BUY ? 1 : -1;
        return open.stream()
                .filter(o -> o.spec.equals(taker.spec) && o.terms.side() != taker.terms.side())
                .filter(o -> sign * o.terms.priceTicks() <= sign * taker.terms.priceTicks())
                .min(Comparator.comparingLong(o -> sign * o.terms.priceTicks()));
    }

    private void meet(Open taker, Open maker) {
        Command.PlaceOrder m = maker.terms;
        Command.PlaceOrder t = taker.terms;
        if (m.expirySeconds() < now) {
            drop(maker, CancelReason.EXPIRED);
            return;
        } else if (m.account().equals(t.account())) {
            drop(taker, CancelReason.SELF_TRADE);
            return;
        }
        long lots = Math.min(maker.left, taker.left);
        long price = m.priceTicks();
        Open buyer = t.side() == Side.BUY ? taker : maker;
        Open seller = t.side() == Side.BUY ? maker : taker;
        move(buyer.payer(), buyer.cost(lots, buyer.terms.priceTicks() - price));
        maker.left -= lots;
        taker.left -= lots;
        open.removeIf(o -> o.left == 0);
        fillCount++;
        Event.Filled f = new Event.Filled(
                new FillId(fillCount),
                m.market(),
                m.order(),
                t.order(),
                m.account(),
                t.account(),
                t.side(),
                price,
                lots,
                seller.cost(lots, price),
                buyer.cost(lots, price),
                maker.left,
                taker.left);
        fills.add(f);
        events.add(f);
    }
}
