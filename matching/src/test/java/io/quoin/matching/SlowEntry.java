package io.quoin.matching;

import static io.quoin.matching.RejectReason.*;
import static io.quoin.matching.Side.BUY;

import io.quoin.matching.Command.AmendOrder;
import io.quoin.matching.Command.PlaceOrder;
import io.quoin.matching.Event.*;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The part of the {@link SlowModel} that takes, amends and rejects orders (M8 to M17, M23 to M25). */
abstract class SlowEntry extends SlowMatching {
    static final long MOST = (1L << 62) - 1;

    private record Client(AccountId account, long number) {}

    private record Memory(OrderId original, ClientOrderOutcome outcome) {}

    private final Map<Client, Memory> clients = new HashMap<>();
    private final LinkedHashSet<Client> closed = new LinkedHashSet<>();
    private long sequences;
    long now;

    SlowEntry(EngineLimits limits) {
        super(limits);
    }

    final void place(PlaceOrder c) {
        once(new Client(c.account(), c.labels().clientOrder()), c.order(), () -> {
            RejectReason reason = replace(c, null);
            if (reason != null)
                events.add(new OrderRejected(c.order(), c.account(), c.labels().clientOrder(), reason));
            return reason;
        });
    }

    final void amend(AmendOrder c) {
        once(new Client(c.account(), c.clientOrder()), c.newOrder(), () -> {
            RejectReason reason = amend(c, orders.get(c.order()));
            if (reason != null)
                events.add(new AmendRejected(c.order(), c.newOrder(), c.account(), c.clientOrder(), reason));
            return reason;
        });
    }

    /** M8. */
    private void once(Client client, OrderId id, Supplier<@Nullable RejectReason> deed) {
        Memory memory = clients.get(client);
        if (memory != null) {
            events.add(new ClientOrderRepeated(id, client.account, client.number, memory.original, memory.outcome));
            return;
        }
        RejectReason reason = deed.get();
        markets.values().forEach(this::trigger);
        if (client.number == 0) return;
        ClientOrderOutcome outcome =
                reason == null ? new ClientOrderOutcome.Accepted() : new ClientOrderOutcome.Rejected(reason);
        clients.put(client, new Memory(id, outcome));
        if (orders.values().stream().noneMatch(o -> client(o).equals(client))) forget(client);
    }

    private static Client client(SlowOrder o) {
        return new Client(o.account(), o.given.labels().clientOrder());
    }

    @Override
    final void closed(SlowOrder o) {
        forget(client(o));
    }

    private void forget(Client client) {
        if (!clients.containsKey(client) || !closed.add(client)) return;
        List<Client> own =
                closed.stream().filter(c -> c.account.equals(client.account)).toList();
        boolean many = own.size() > Math.max(1, limits.closedClientOrders() / 8);
        Client first = many ? own.getFirst() : closed.getFirst();
        if ((many || closed.size() > limits.closedClientOrders()) && closed.remove(first)) clients.remove(first);
    }

    /** M23. */
    private @Nullable RejectReason amend(AmendOrder c, @Nullable SlowOrder o) {
        if (o == null) return UNKNOWN_ORDER;
        if (!o.account().equals(c.account())) return NOT_OWNER;
        if (c.order().equals(c.newOrder())) return reduce(c, o);
        OrderLabels is = o.given.labels();
        OrderLabels labels = c.clientOrder() == 0
                ? is
                : new OrderLabels(c.clientOrder(), is.session(), is.disconnectGroup(), is.tradeGroup());
        TimeInForce rests = c.expirySeconds() == 0 ? TimeInForce.GTC : TimeInForce.GTD;
        OrderTerms terms = o.terms
                .price(c.priceTicks())
                .quantity(c.quantityLots())
                .display(c.displayLots())
                .minimum(0)
                .until(c.expirySeconds())
                .timeInForce(o.terms.timeInForce().rests() ? rests : o.terms.timeInForce());
        return replace(new PlaceOrder(c.newOrder(), o.given.market(), c.account(), terms, labels), o);
    }

    /** M24. */
    private @Nullable RejectReason reduce(AmendOrder c, SlowOrder o) {
        OrderBounds b = o.market.spec.bounds();
        long total = c.quantityLots();
        long filled = o.terms.quantityLots() - o.left;
        boolean samePrice = c.priceTicks() == o.price();
        boolean sameTerms = c.displayLots() == o.terms.displayLots() && c.expirySeconds() == o.terms.expirySeconds();
        if (o.market.is(MarketState.HALTED)) return MARKET_STATE;
        if (!samePrice || !sameTerms || total >= o.terms.quantityLots()) return NEW_SIGNATURE_REQUIRED;
        if (total <= 0) return QUANTITY_INVALID;
        if (total % b.lotSize() != 0) return QUANTITY_OFF_LOT;
        if (total <= filled) return QUANTITY_FILLED;
        if (total < b.minimumOrderLots() || total - filled < b.minimumFillLots()) return QUANTITY_TOO_SMALL;
        lose(o, o.terms.quantityLots() - total);
        if (!o.waits) events.add(o.market.level(o));
        return null;
    }

    /** Places an order, in place of an old one if there is one (M25). */
    private @Nullable RejectReason replace(PlaceOrder given, @Nullable SlowOrder old) {
        boolean whole = given.terms().displayLots() == given.terms().quantityLots();
        OrderTerms t = given.terms().display(whole ? 0 : given.terms().displayLots());
        PlaceOrder c = new PlaceOrder(given.order(), given.market(), given.account(), t, given.labels());
        if (old != null) hide(old);
        RejectReason reason = fault(c, t);
        if (reason != null && old != null) show(old);
        SlowMarket m = markets.get(c.market());
        if (reason != null || m == null) return reason;
        SlowOrder o = new SlowOrder(c, m, m.arriving(t));
        o.sequence = ++sequences;
        if (old == null) {
            events.add(new OrderAccepted(c.order(), c.market(), c.account(), o.terms, c.labels()));
        } else {
            events.add(new OrderAmended(
                    old.id(), c.order(), c.account(), o.price(), o.left, t.displayLots(), t.expirySeconds()));
            if (!old.waits) events.add(m.level(old));
            if (!client(old).equals(client(o))) forget(client(old));
        }
        reserve(o, old == null ? -1 : old.reserved);
        o.waits = t.type().waits();
        if (o.waits) put(o);
        if (!o.waits) match(o);
        return null;
    }

    private void reserve(SlowOrder o, long before) {
        balances.make(o.account(), o.market.spec.base());
        balances.make(o.account(), o.market.spec.quote());
        o.reserved = o.needs();
        if (o.reserved != before) balances.touch(o.reserving());
        balances.look(o.reserving()).available -= o.reserved;
        balances.look(o.reserving()).reserved += o.reserved;
    }

    /** Takes an order and its reserve away, as if it were not open. */
    private void hide(SlowOrder o) {
        remove(o);
        balances.look(o.reserving()).available += o.reserved;
        balances.look(o.reserving()).reserved -= o.reserved;
    }

    private void show(SlowOrder o) {
        put(o);
        balances.look(o.reserving()).available -= o.reserved;
        balances.look(o.reserving()).reserved += o.reserved;
    }

    /** M9. */
    private @Nullable RejectReason fault(PlaceOrder c, OrderTerms t) {
        SlowMarket m = markets.get(c.market());
        if (c.order().value() < 1) return ORDER_ID_INVALID;
        if (orders.containsKey(c.order())) return DUPLICATE_ORDER;
        if (m == null) return UNKNOWN_MARKET;
        if (!takes(m.spec.state(), t)) return MARKET_STATE;
        if (!fitTogether(t, m.spec)) return TERMS_INVALID;
        RejectReason number = faultOfNumbers(m, t);
        if (number != null) return number;
        long held = m.arriving(t);
        if (held == 0 && t.type() == OrderType.MARKET) return NO_LIQUIDITY;
        if (isTooLarge(m.spec, t, held == 0 ? m.tick() : held)) return AMOUNT_TOO_LARGE;
        SlowOrder o = new SlowOrder(c, m, held);
        if (balances.look(o.reserving()).leaving) return EXITING;
        if (balances.look(o.reserving()).available < o.needs()) return INSUFFICIENT_BALANCE;
        if (orders.size() >= limits.orders() || fills.size() >= limits.openFills()) return ENGINE_FULL;
        if (chunks().size() >= limits.priceChunks()) return ENGINE_FULL;
        boolean reservesBase = o.reserving().asset().equals(m.spec.base());
        AssetId other = reservesBase ? m.spec.quote() : m.spec.base();
        if (balances.isFull(new SlowKey(c.account(), other))) return ENGINE_FULL;
        boolean crosses = m.book(o.side.opposite()).stream().anyMatch(resting -> o.reaches(resting.price()));
        if (t.postOnly() != PostOnly.NO && crosses) return POST_ONLY_WOULD_CROSS;
        return !t.type().waits() && m.fillable(o, room()) < o.minimum() ? NOT_FILLABLE : null;
    }

    /** M10. */
    private static boolean takes(MarketState state, OrderTerms t) {
        boolean stays = t.timeInForce().rests() && t.minimumLots() == 0;
        return switch (state) {
            case OPEN -> true;
            case POST_ONLY -> t.postOnly() != PostOnly.NO;
            case AUCTION -> t.type().waits() || stays;
            case CANCEL_ONLY, HALTED -> false;
        };
    }

    /** M11. */
    private static boolean fitTogether(OrderTerms t, MarketSpec s) {
        OrderBounds b = s.bounds();
        boolean rests = t.timeInForce().rests();
        boolean takes = t.type().takesMarket();
        boolean posts = t.type() == OrderType.LIMIT && rests && t.minimumLots() == 0;
        int slippage = t.slippageBasisPoints();
        if (t.timeInForce() == TimeInForce.GTC && t.expirySeconds() != 0) return false;
        if (t.expirySeconds() < (t.timeInForce() == TimeInForce.GTD ? 1 : 0)) return false;
        if (takes && s.backing(t.side()) == Backing.BONDED) return false;
        if ((takes && rests) || slippage < 0 || slippage > (takes ? 9_999 : 0)) return false;
        if (t.postOnly() != PostOnly.NO && !posts) return false;
        return t.displayLots() == 0 || (rests && b.minimumFillLots() <= b.lotSize());
    }

    private @Nullable RejectReason faultOfNumbers(SlowMarket m, OrderTerms t) {
        OrderBounds b = m.spec.bounds();
        long quantity = t.quantityLots();
        long display = t.displayLots();
        long price = t.priceTicks();
        long stop = t.stopPriceTicks();
        boolean waits = t.type().waits();
        boolean mayLackPrice = t.type().takesMarket() && !(waits && t.side() == BUY);
        if (price < (mayLackPrice ? 0 : 1) || (waits ? stop <= 0 : stop != 0)) return PRICE_INVALID;
        if (price % b.tickSize() != 0 || stop % b.tickSize() != 0) return PRICE_OFF_TICK;
        if (quantity <= 0 || display < 0 || display > quantity) return QUANTITY_INVALID;
        if (t.minimumLots() < 0 || t.minimumLots() > quantity) return QUANTITY_INVALID;
        if (LongStream.of(quantity, display, t.minimumLots()).anyMatch(n -> n % b.lotSize() != 0))
            return QUANTITY_OFF_LOT;
        if (quantity < b.minimumOrderLots()) return QUANTITY_TOO_SMALL;
        if (quantity > b.maximumOrderLots()) return QUANTITY_TOO_LARGE;
        if (display > 0 && (quantity - 1) / display + 1 > b.maximumIcebergParts()) return TOO_MANY_PARTS;
        if (price != 0 && m.isOutside(price)) return PRICE_OUTSIDE_BAND;
        return t.expirySeconds() != 0 && t.expirySeconds() < now ? EXPIRED : null;
    }

    private static boolean isTooLarge(MarketSpec s, OrderTerms t, long price) {
        BigInteger most = BigInteger.valueOf(MOST);
        BigInteger lots = BigInteger.valueOf(t.quantityLots());
        BigInteger base = lots.multiply(BigInteger.valueOf(s.baseUnitsPerLot()));
        BigInteger quote =
                lots.multiply(BigInteger.valueOf(price)).multiply(BigInteger.valueOf(s.quoteUnitsPerTickLot()));
        if (base.max(quote).compareTo(most) > 0) return true;
        if (s.backing(t.side()) == Backing.VAULT) return false;
        BigInteger gets = t.side() == BUY ? base : quote;
        BigInteger bond = gets.multiply(BigInteger.valueOf(s.bonds().basisPoints()));
        return t.quantityLots() > 1L << 36 || bond.compareTo(most.multiply(BigInteger.valueOf(10_000))) > 0;
    }
}
