package io.quoin.matching;

import static io.quoin.matching.RejectReason.*;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static java.util.Comparator.comparingLong;

import io.quoin.matching.Command.*;
import io.quoin.matching.Event.*;
import java.math.BigInteger;
import java.util.*;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of {@code specification.md} once more, slowly: every question is answered by a look at all that there is. */
final class SlowModel implements Subject {
    private static final long MOST = (1L << 62) - 1;
    private static final Comparator<Open> BY_SEQUENCE = comparingLong(o -> o.sequence);

    record Key(AccountId account, AssetId asset) {}

    private record Client(AccountId account, long number) {}

    private record Memory(OrderId original, ClientOrderOutcome outcome) {}

    private static final class Purse {
        long available, reserved, settling, withdrawing, exiting, owed;
        boolean leaving;
    }

    private static final class Market {
        MarketSpec spec;
        long last, high, low;
        IndicativePrice said;

        Market(MarketSpec spec) {
            this.spec = spec;
            said = new IndicativePrice(spec.id(), 0, 0, 0);
        }
    }

    private static final class Open {
        final PlaceOrder given;
        final Market market;
        OrderTerms terms;
        long left, visible, reserved, sequence, place;
        boolean waits;

        Open(PlaceOrder given, Market market, long held, long left) {
            this.given = given;
            this.market = market;
            this.terms = given.terms().price(held);
            this.left = left;
        }

        long price() {
            return terms.priceTicks();
        }

        Key reserving() {
            return new Key(given.account(), market.spec.reservedBy(terms.side()));
        }

        /** What it reserves (M15, M36). */
        long needs() {
            MarketSpec spec = market.spec;
            long base = left * spec.baseUnitsPerLot();
            long quote = left * price() * spec.quoteUnitsPerTickLot();
            if (spec.backing(terms.side()) == Backing.BONDED) {
                return share(terms.side() == SELL ? quote : base, spec.bonds().basisPoints(), 9_999);
            }
            int fee = Math.max(
                    0, Math.max(spec.fees().makerBasisPoints(), spec.fees().takerBasisPoints()));
            return terms.side() == SELL ? base : quote + share(quote, fee, 0);
        }

        Open copy() {
            Open copy = new Open(given, market, price(), left);
            copy.visible = visible;
            return copy;
        }

        /** Takes what it shows from what is left, and the last place of its level. */
        void show(long last) {
            visible = terms.displayLots() == 0 ? left : Math.min(terms.displayLots(), left);
            place = last;
        }
    }

    private final EngineLimits limits;
    private final Map<MarketId, Market> markets = new LinkedHashMap<>();
    private final Map<Key, Purse> purses = new LinkedHashMap<>();
    private final Map<OrderId, Open> orders = new LinkedHashMap<>();
    private final Map<FillId, Filled> fills = new HashMap<>();
    private final Map<WithdrawalId, WithdrawalChanged> withdrawals = new HashMap<>();
    private final Map<Client, Memory> clients = new HashMap<>();
    private final Set<Client> closed = new LinkedHashSet<>();
    private final Set<Key> touched = new LinkedHashSet<>();
    private List<Event> events = new ArrayList<>();
    private long now, sequences, places, fillCount;

    SlowModel(EngineLimits limits) {
        this.limits = limits;
    }

    @Override
    public List<Event> apply(Command command) {
        events = new ArrayList<>();
        touched.clear();
        RefusalReason refusal = switch (command) {
            case OpenMarket c -> open(c.spec());
            case SetMarketState c -> state(markets.get(c.market()), c.state());
            case SetReferencePrice c -> reference(markets.get(c.market()), c.priceTicks());
            case AdvanceTime c -> expire(Math.max(now, c.nowSeconds()));
            case Credit c -> credit(new Key(c.account(), c.asset()), c.amount());
            case Debit c -> debit(new Key(c.account(), c.asset()), c.amount());
            case PlaceOrder c -> once(new Client(c.account(), c.labels().clientOrder()), c.order(), () -> place(c));
            case AmendOrder c -> once(new Client(c.account(), c.clientOrder()), c.newOrder(), () -> amend(c));
            case CancelOrder c -> cancel(orders.get(c.order()), c.account());
            case CancelAll c -> cancelAll(c.scope());
            case SettleFill c -> end(c.fill(), new FillSettled(c.fill()));
            case ReturnFill c -> end(c.fill(), new FillReturned(c.fill()));
            case ForfeitFill c -> end(c.fill(), new FillForfeited(c.fill()));
            case RequestWithdrawal c -> withdraw(c, new Key(c.account(), c.asset()));
            case CoSignWithdrawal c -> move(c.withdrawal(), WithdrawalState.COSIGNED, c.deadlineSeconds());
            case ExpireWithdrawal c -> move(c.withdrawal(), WithdrawalState.EXPIRED, c.finalBlockSeconds());
            case FinaliseWithdrawal c -> move(c.withdrawal(), WithdrawalState.FINAL, 0);
            case RequestExit c -> exit(new Key(c.account(), c.asset()));
            case CancelExit c -> stay(new Key(c.account(), c.asset()), 0);
            case FinaliseExit c -> left(new Key(c.account(), c.asset()), c.amount());
        };
        markets.values().forEach(this::trigger);
        for (Market m : markets.values()) {
            if (m.spec.state() == MarketState.AUCTION && !m.said.equals(indicative(m)))
                events.add(m.said = indicative(m));
        }
        if (refusal != null) events.add(new CommandRefused(refusal));
        touched.forEach(key -> events.add(new BalanceChanged(key.account, key.asset, balance(key))));
        return events;
    }

    // Balances

    private boolean isFull(Key key) {
        return !purses.containsKey(key) && purses.size() >= limits.balances();
    }

    private Purse purse(Key key) {
        return purses.computeIfAbsent(key, made -> new Purse());
    }

    private Purse touch(Key key) {
        touched.add(key);
        return purse(key);
    }

    /** M38. */
    private @Nullable RefusalReason arrive(Key key, long amount) {
        Purse purse = touch(key);
        long pays = Math.min(purse.owed, amount);
        purse.owed -= pays;
        purse.available += purse.leaving ? 0 : amount - pays;
        purse.exiting += purse.leaving ? amount - pays : 0;
        return null;
    }

    /** M41. */
    private @Nullable RefusalReason credit(Key key, long amount) {
        if (amount < 1) return RefusalReason.AMOUNT_NOT_POSITIVE;
        long held = purses.entrySet().stream()
                .filter(p -> p.getKey().asset.equals(key.asset))
                .map(Map.Entry::getValue)
                .mapToLong(p -> p.available + p.reserved + p.settling + p.withdrawing + p.exiting)
                .sum();
        if (amount > MOST - held) return RefusalReason.AMOUNT_TOO_LARGE;
        return isFull(key) ? RefusalReason.ENGINE_FULL : arrive(key, amount);
    }

    /** M42. */
    private @Nullable RefusalReason debit(Key key, long amount) {
        if (amount < 1) return RefusalReason.AMOUNT_NOT_POSITIVE;
        if (amount > MOST - balance(key).owed()) return RefusalReason.AMOUNT_TOO_LARGE;
        if (isFull(key)) return RefusalReason.ENGINE_FULL;
        Purse purse = touch(key);
        for (Open o : those(o -> o.reserving().equals(key)).reversed()) {
            if (purse.available < amount) drop(o, CancelReason.BALANCE_WITHDRAWN);
        }
        long free = Math.min(purse.available, amount);
        purse.available -= free;
        return take(purse, amount - free);
    }

    private @Nullable RefusalReason take(Purse purse, long amount) {
        long leaves = Math.min(purse.exiting, amount);
        purse.exiting -= leaves;
        purse.owed += amount - leaves;
        return null;
    }

    /** M43. */
    private @Nullable RefusalReason withdraw(RequestWithdrawal c, Key key) {
        if (withdrawals.containsKey(c.withdrawal())) return RefusalReason.WITHDRAWAL_EXISTS;
        if (c.amount() < 1) return RefusalReason.AMOUNT_NOT_POSITIVE;
        if (isLeaving(key)) return RefusalReason.EXITING;
        if (c.amount() > balance(key).available()) return RefusalReason.INSUFFICIENT_BALANCE;
        if (withdrawals.size() >= limits.withdrawals()) return RefusalReason.ENGINE_FULL;
        touch(key).available -= c.amount();
        touch(key).withdrawing += c.amount();
        var asked =
                new WithdrawalChanged(c.withdrawal(), key.account, key.asset, c.amount(), WithdrawalState.REQUESTED, 0);
        withdrawals.put(c.withdrawal(), asked);
        events.add(asked);
        return null;
    }

    /** M44. */
    private @Nullable RefusalReason move(WithdrawalId id, WithdrawalState to, long time) {
        WithdrawalChanged is = withdrawals.get(id);
        if (is == null) return RefusalReason.UNKNOWN_WITHDRAWAL;
        boolean signed = is.state() == WithdrawalState.COSIGNED, signs = to == WithdrawalState.COSIGNED;
        if (signs && signed) return RefusalReason.WITHDRAWAL_COSIGNED;
        boolean early = to == WithdrawalState.EXPIRED && signed && time <= is.deadlineSeconds();
        if (early) return RefusalReason.WITHDRAWAL_NOT_EXPIRED;
        var next = new WithdrawalChanged(
                id, is.account(), is.asset(), is.amount(), to, signs ? time : is.deadlineSeconds());
        events.add(next);
        withdrawals.put(id, next);
        if (signs) return null;
        withdrawals.remove(id);
        Key key = new Key(is.account(), is.asset());
        touch(key).withdrawing -= is.amount();
        return to == WithdrawalState.EXPIRED ? arrive(key, is.amount()) : null;
    }

    private boolean isLeaving(Key key) {
        return purses.containsKey(key) && purse(key).leaving;
    }

    /** M45. */
    private @Nullable RefusalReason exit(Key key) {
        if (isLeaving(key)) return RefusalReason.EXITING;
        if (isFull(key)) return RefusalReason.ENGINE_FULL;
        events.add(new ExitChanged(key.account, key.asset, true));
        Purse purse = touch(key);
        purse.leaving = true;
        those(o -> o.reserving().equals(key)).forEach(o -> drop(o, CancelReason.EXIT));
        purse.exiting += purse.available;
        purse.available = 0;
        return null;
    }

    /** M46. */
    private @Nullable RefusalReason left(Key key, long amount) {
        if (amount < 1) return RefusalReason.AMOUNT_NOT_POSITIVE;
        return isLeaving(key) && amount > MOST - balance(key).owed()
                ? RefusalReason.AMOUNT_TOO_LARGE
                : stay(key, amount);
    }

    private @Nullable RefusalReason stay(Key key, long taken) {
        if (!isLeaving(key)) return RefusalReason.NOT_EXITING;
        events.add(new ExitChanged(key.account, key.asset, false));
        Purse purse = touch(key);
        take(purse, taken);
        purse.leaving = false;
        purse.available += purse.exiting;
        purse.exiting = 0;
        return null;
    }

    // Markets

    /** M7. */
    private @Nullable RefusalReason open(MarketSpec s) {
        OrderBounds b = s.bounds();
        FeeTerms f = s.fees();
        boolean buyers = s.backing(BUY) == Backing.BONDED, sellers = s.backing(SELL) == Backing.BONDED;
        long bond = s.bonds().basisPoints(),
                ticks = b.tickSize(),
                lots = b.lotSize(),
                band = s.band().basisPoints();
        long maker = f.makerBasisPoints(),
                taker = f.takerBasisPoints(),
                reference = s.band().referencePriceTicks();
        if (markets.containsKey(s.id())) return RefusalReason.MARKET_EXISTS;
        if (s.base().equals(s.quote())
                || LongStream.of(
                                s.baseUnitsPerLot(),
                                s.quoteUnitsPerTickLot(),
                                ticks,
                                lots,
                                b.minimumOrderLots(),
                                b.minimumFillLots(),
                                b.maximumIcebergParts())
                        .anyMatch(n -> n < 1)
                || b.maximumOrderLots() < b.minimumOrderLots()
                || b.minimumOrderLots() < b.minimumFillLots()
                || b.minimumOrderLots() % lots != 0
                || b.minimumFillLots() % lots != 0
                || band < 0
                || band > 10_000
                || reference < 0
                || reference % ticks != 0
                || Math.abs(maker) > 10_000
                || taker < 0
                || taker > 10_000
                || maker + taker < 0
                || buyers && sellers
                || (buyers || sellers ? bond < 1 || bond > 100_000 : bond != 0)
                || buyers && (maker != 0 || taker != 0)) return RefusalReason.MARKET_INVALID;
        Key house = new Key(f.account(), s.quote());
        if (markets.size() >= limits.markets() || isFull(house)) return RefusalReason.ENGINE_FULL;
        purse(house);
        markets.put(s.id(), new Market(s));
        events.add(new MarketOpened(s));
        return null;
    }

    /** M29. */
    private @Nullable RefusalReason state(@Nullable Market m, MarketState state) {
        if (m == null) return RefusalReason.UNKNOWN_MARKET;
        if (m.spec.state() != MarketState.AUCTION) m.said = new IndicativePrice(m.spec.id(), 0, 0, 0);
        m.spec = m.spec.with(state);
        events.add(new MarketStateChanged(m.spec.id(), state));
        if (state == MarketState.OPEN || state == MarketState.POST_ONLY)
            uncross(m, indicative(m).priceTicks());
        return null;
    }

    /** M13. */
    private @Nullable RefusalReason reference(@Nullable Market m, long price) {
        if (m == null) return RefusalReason.UNKNOWN_MARKET;
        if (price < 0 || price % m.spec.bounds().tickSize() != 0) return RefusalReason.PRICE_INVALID;
        m.spec = m.spec.with(new PriceBand(m.spec.band().basisPoints(), price));
        events.add(new ReferencePriceChanged(m.spec.id(), price));
        return null;
    }

    private Stream<Open> stops(Market m, Side side) {
        return orders.values().stream()
                .filter(o -> o.waits && o.market == m && o.terms.side() == side)
                .sorted(comparingLong((Open o) -> sign(side) * o.terms.stopPriceTicks())
                        .thenComparing(BY_SEQUENCE));
    }

    private Stream<Open> book(Market m, Side side) {
        return orders.values().stream()
                .filter(o -> !o.waits && o.market == m && o.terms.side() == side)
                .sorted(comparingLong((Open o) -> -sign(side) * o.price()).thenComparing(o -> o.place));
    }

    /** The first bid and the first ask, if they cross. */
    private List<Open> crossed(Market m) {
        List<Open> two =
                Stream.of(BUY, SELL).flatMap(side -> book(m, side).limit(1)).toList();
        return two.size() == 2 && two.get(0).price() >= two.get(1).price() ? two : List.of();
    }

    /**
     * M30. What is bought and sold at a price changes only at the orders' prices, so beside these only their neighbours
     * and the price to be near to can be the best; near to none is near to 0.
     */
    private IndicativePrice indicative(Market m) {
        List<Open> two = crossed(m);
        long tick = m.spec.bounds().tickSize(), reference = m.spec.band().referencePriceTicks();
        long near = reference > 0 ? reference : m.last;
        return Stream.of(BUY, SELL)
                .flatMap(side -> book(m, side))
                .filter(o -> !two.isEmpty())
                .flatMap(o -> Stream.of(o.price(), o.price() + tick, o.price() - tick, near))
                .distinct()
                .filter(p -> p <= two.get(0).price() && p >= two.get(1).price())
                .map(p -> {
                    long bought = book(m, BUY)
                            .filter(o -> o.price() >= p)
                            .mapToLong(o -> o.left)
                            .sum();
                    long sold = book(m, SELL)
                            .filter(o -> o.price() <= p)
                            .mapToLong(o -> o.left)
                            .sum();
                    return new IndicativePrice(m.spec.id(), p, Math.min(bought, sold), bought - sold);
                })
                .min(comparingLong((IndicativePrice p) -> -p.matchedLots())
                        .thenComparing(p -> Math.abs(p.imbalanceLots()))
                        .thenComparing(p -> Math.abs(p.priceTicks() - near)))
                .orElse(new IndicativePrice(m.spec.id(), 0, 0, 0));
    }

    /** M31. */
    private void uncross(Market m, long price) {
        if (price == 0) return;
        events.add(new AuctionUncrossed(m.spec.id(), price));
        List<LevelChanged> met = List.of();
        List<Open> two = crossed(m);
        for (; !two.isEmpty() && two.get(0).price() >= price && two.get(1).price() <= price; two = crossed(m)) {
            List<Open> byAge = two.stream().sorted(BY_SEQUENCE).toList();
            meet(byAge.get(1), byAge.get(0), price);
            met = two.stream().map(this::level).toList();
            met.stream().filter(level -> level.orderCount() == 0).forEach(events::add);
        }
        met.stream().filter(level -> level.orderCount() > 0).forEach(events::add);
        for (; !two.isEmpty(); two = crossed(m)) drop(Collections.max(two, BY_SEQUENCE), CancelReason.AUCTION_RESIDUAL);
    }

    /** M27. */
    private void trigger(Market m) {
        while (m.spec.state() == MarketState.OPEN && m.last != 0) {
            var buys = stops(m, BUY)
                    .filter(o -> o.terms.stopPriceTicks() <= m.high)
                    .limit(1);
            var sells = stops(m, SELL)
                    .filter(o -> o.terms.stopPriceTicks() >= m.low)
                    .limit(1);
            Open o = Stream.concat(buys, sells).min(BY_SEQUENCE).orElse(null);
            if (o == null) {
                m.high = m.low = m.last;
                return;
            }
            orders.remove(o.given.order());
            o.waits = false;
            long held = o.terms.type() == OrderType.STOP ? held(m, o.terms) : o.price();
            events.add(new OrderTriggered(o.given.order(), m.spec.id(), held));
            if (held != 0) o.terms = triggered(o.terms.price(held));
            release(o);
            if (held == 0 || fillable(o) < minimum(o)) {
                cancel(o, held == 0 ? CancelReason.UNFILLED : CancelReason.NOT_FILLABLE);
            } else {
                match(o);
            }
        }
    }

    private static OrderTerms triggered(OrderTerms t) {
        return t.type() == OrderType.STOP
                ? t
                : new OrderTerms(
                        t.side(),
                        OrderType.LIMIT,
                        t.timeInForce(),
                        t.priceTicks(),
                        t.quantityLots(),
                        t.displayLots(),
                        t.minimumLots(),
                        0,
                        0,
                        t.postOnly(),
                        t.selfTrade(),
                        t.expirySeconds());
    }

    // Orders

    /** M8. */
    private @Nullable RefusalReason once(Client client, OrderId id, Supplier<@Nullable RejectReason> deed) {
        Memory memory = clients.get(client);
        if (memory != null) {
            events.add(new ClientOrderRepeated(id, client.account, client.number, memory.original, memory.outcome));
            return null;
        }
        RejectReason reason = deed.get();
        markets.values().forEach(this::trigger);
        if (client.number == 0) return null;
        clients.put(
                client,
                new Memory(
                        id,
                        reason == null ? new ClientOrderOutcome.Accepted() : new ClientOrderOutcome.Rejected(reason)));
        if (orders.values().stream().noneMatch(o -> client(o).equals(client))) forget(client);
        return null;
    }

    private static Client client(Open o) {
        return new Client(o.given.account(), o.given.labels().clientOrder());
    }

    private void forget(Client client) {
        if (clients.containsKey(client) && closed.add(client) && closed.size() > limits.closedClientOrders()) {
            clients.remove(((LinkedHashSet<Client>) closed).removeFirst());
        }
    }

    private @Nullable RejectReason place(PlaceOrder c) {
        RejectReason reason = replace(c, null);
        if (reason != null)
            events.add(new OrderRejected(c.order(), c.account(), c.labels().clientOrder(), reason));
        return reason;
    }

    /** M23. */
    private @Nullable RejectReason amend(AmendOrder c) {
        Open o = orders.get(c.order());
        RejectReason reason = o == null
                ? UNKNOWN_ORDER
                : !o.given.account().equals(c.account())
                        ? NOT_OWNER
                        : c.order().equals(c.newOrder()) ? reduce(c, o) : replace(next(c, o), o);
        if (reason != null)
            events.add(new AmendRejected(c.order(), c.newOrder(), c.account(), c.clientOrder(), reason));
        return reason;
    }

    private static PlaceOrder next(AmendOrder c, Open o) {
        OrderLabels l = o.given.labels();
        TimeInForce kept = o.terms.timeInForce(), rests = c.expirySeconds() == 0 ? TimeInForce.GTC : TimeInForce.GTD;
        return new PlaceOrder(
                c.newOrder(),
                o.given.market(),
                c.account(),
                o.terms
                        .price(c.priceTicks())
                        .quantity(c.quantityLots())
                        .display(c.displayLots())
                        .minimum(0)
                        .until(c.expirySeconds())
                        .timeInForce(kept.rests() ? rests : kept),
                c.clientOrder() == 0
                        ? l
                        : new OrderLabels(c.clientOrder(), l.session(), l.disconnectGroup(), l.tradeGroup()));
    }

    /** M24. */
    private @Nullable RejectReason reduce(AmendOrder c, Open o) {
        OrderBounds b = o.market.spec.bounds();
        long total = c.quantityLots(), less = o.terms.quantityLots() - total;
        if (o.market.spec.state() == MarketState.HALTED) return MARKET_STATE;
        if (c.priceTicks() != o.price()
                || c.displayLots() != o.terms.displayLots()
                || c.expirySeconds() != o.terms.expirySeconds()
                || total >= o.terms.quantityLots()) return NEW_SIGNATURE_REQUIRED;
        if (total <= 0) return QUANTITY_INVALID;
        if (total % b.lotSize() != 0) return QUANTITY_OFF_LOT;
        if (less >= o.left) return QUANTITY_FILLED;
        if (total < b.minimumOrderLots() || o.left - less < b.minimumFillLots()) return QUANTITY_TOO_SMALL;
        lose(o, less);
        if (!o.waits) events.add(level(o));
        return null;
    }

    private void lose(Open o, long lots) {
        o.terms = o.terms.quantity(o.terms.quantityLots() - lots);
        o.left -= lots;
        o.visible = Math.min(o.visible, o.left);
        events.add(new OrderReduced(o.given.order(), o.given.account(), lots, o.left, o.visible));
        release(o);
    }

    /** Places an order, in the place of an old one if there is one (M25). */
    private @Nullable RejectReason replace(PlaceOrder c, @Nullable Open old) {
        OrderTerms t = c.terms();
        if (t.displayLots() != 0 && t.displayLots() == t.quantityLots()) {
            return replace(new PlaceOrder(c.order(), c.market(), c.account(), t.display(0), c.labels()), old);
        }
        if (old != null) hide(old, 1);
        RejectReason reason = fault(c, t);
        if (reason != null && old != null) hide(old, -1);
        Market m = markets.get(c.market());
        if (reason != null || m == null) return reason;
        Open o = new Open(c, m, arriving(m, t), t.quantityLots());
        o.sequence = ++sequences;
        events.add(
                old == null
                        ? new OrderAccepted(c.order(), c.market(), c.account(), o.terms, c.labels())
                        : new OrderAmended(
                                old.given.order(),
                                c.order(),
                                c.account(),
                                o.price(),
                                o.left,
                                t.displayLots(),
                                t.expirySeconds()));
        if (old != null && !old.waits) events.add(level(old));
        if (old != null && !client(old).equals(client(o))) forget(client(old));
        purse(new Key(c.account(), m.spec.base()));
        purse(new Key(c.account(), m.spec.quote()));
        o.reserved = o.needs();
        touch(o.reserving()).available -= o.reserved;
        touch(o.reserving()).reserved += o.reserved;
        if (t.type().waits()) {
            o.waits = true;
            orders.put(c.order(), o);
        } else {
            match(o);
        }
        return null;
    }

    /** Takes an order and its reserve away, or puts them back. */
    private void hide(Open o, int sign) {
        purse(o.reserving()).available += sign * o.reserved;
        purse(o.reserving()).reserved -= sign * o.reserved;
        if (sign > 0) orders.remove(o.given.order());
        if (sign < 0) orders.put(o.given.order(), o);
    }

    /** M9. */
    private @Nullable RejectReason fault(PlaceOrder c, OrderTerms t) {
        Market m = markets.get(c.market());
        if (c.order().value() < 1) return ORDER_ID_INVALID;
        if (orders.containsKey(c.order())) return DUPLICATE_ORDER;
        if (m == null) return UNKNOWN_MARKET;
        if (!isTaken(m.spec.state(), t)) return MARKET_STATE;
        OrderBounds b = m.spec.bounds();
        boolean rests = t.timeInForce().rests(), takes = t.type().takesMarket(), buys = t.side() == BUY;
        boolean bonded = m.spec.backing(t.side()) == Backing.BONDED,
                waits = t.type().waits();
        long quantity = t.quantityLots(), display = t.displayLots(), price = t.priceTicks(), stop = t.stopPriceTicks();
        if (t.timeInForce() == TimeInForce.GTC && t.expirySeconds() != 0
                || t.expirySeconds() < 0
                || t.timeInForce() == TimeInForce.GTD && t.expirySeconds() == 0
                || (takes && (rests || bonded))
                || t.slippageBasisPoints() < 0
                || t.slippageBasisPoints() > (takes ? 9_999 : 0)
                || t.postOnly() != PostOnly.NO && (t.type() != OrderType.LIMIT || !rests || t.minimumLots() != 0)
                || display != 0 && (!rests || b.minimumFillLots() > b.lotSize())) return TERMS_INVALID;
        if (price < 0 || price == 0 && (!takes || waits && buys) || (waits ? stop <= 0 : stop != 0))
            return PRICE_INVALID;
        if (price % b.tickSize() != 0 || stop % b.tickSize() != 0) return PRICE_OFF_TICK;
        if (quantity <= 0 || display < 0 || display > quantity || t.minimumLots() < 0 || t.minimumLots() > quantity)
            return QUANTITY_INVALID;
        if (LongStream.of(quantity, display, t.minimumLots()).anyMatch(n -> n % b.lotSize() != 0))
            return QUANTITY_OFF_LOT;
        if (quantity < b.minimumOrderLots()) return QUANTITY_TOO_SMALL;
        if (quantity > b.maximumOrderLots()) return QUANTITY_TOO_LARGE;
        if (display > 0 && (quantity - 1) / display + 1 > b.maximumIcebergParts()) return TOO_MANY_PARTS;
        if (price != 0 && isOutside(m, price)) return PRICE_OUTSIDE_BAND;
        if (t.expirySeconds() != 0 && t.expirySeconds() < now) return EXPIRED;
        long held = arriving(m, t);
        if (held == 0 && !waits) return NO_LIQUIDITY;
        BigInteger base = product(quantity, m.spec.baseUnitsPerLot());
        BigInteger quote = product(quantity, m.spec.quoteUnitsPerTickLot())
                .multiply(BigInteger.valueOf(held == 0 ? b.tickSize() : held));
        BigInteger bond =
                (buys ? base : quote).multiply(BigInteger.valueOf(m.spec.bonds().basisPoints()));
        BigInteger most = BigInteger.valueOf(MOST);
        if (base.max(quote).compareTo(most) > 0
                || bonded && bond.compareTo(most.multiply(BigInteger.valueOf(10_000))) > 0
                || bonded && quantity > 1L << 36) return AMOUNT_TOO_LARGE;
        Open o = new Open(c, m, held, quantity);
        Key other = new Key(c.account(), o.reserving().asset.equals(m.spec.base()) ? m.spec.quote() : m.spec.base());
        if (isLeaving(o.reserving())) return RejectReason.EXITING;
        if (o.needs() > balance(o.reserving()).available()) return RejectReason.INSUFFICIENT_BALANCE;
        if (orders.size() >= limits.orders()
                || fills.size() >= limits.openFills()
                || chunks().size() >= limits.priceChunks()
                || isFull(other)) return RejectReason.ENGINE_FULL;
        if (t.postOnly() != PostOnly.NO && book(m, t.side().opposite()).anyMatch(r -> reaches(o, r.price())))
            return POST_ONLY_WOULD_CROSS;
        return !waits && fillable(o) < minimum(o) ? NOT_FILLABLE : null;
    }

    /** M10. */
    private static boolean isTaken(MarketState state, OrderTerms t) {
        return switch (state) {
            case OPEN -> true;
            case POST_ONLY -> t.postOnly() != PostOnly.NO;
            case AUCTION -> t.type().waits() || t.timeInForce().rests() && t.minimumLots() == 0;
            case CANCEL_ONLY, HALTED -> false;
        };
    }

    /** M12. */
    private static boolean isOutside(Market m, long price) {
        PriceBand band = m.spec.band();
        long reference = band.referencePriceTicks();
        return band.basisPoints() > 0
                && reference > 0
                && Math.abs(price - reference) > share(reference, band.basisPoints(), 0);
    }

    /** The price that an order which arrives is held to (M14, M17), 0 for none. */
    private long arriving(Market m, OrderTerms t) {
        if (t.postOnly() != PostOnly.SLIDE) return t.type() == OrderType.MARKET ? held(m, t) : t.priceTicks();
        long tick = m.spec.bounds().tickSize(), sign = sign(t.side());
        return book(m, t.side().opposite())
                .limit(1)
                .map(best -> best.price() - sign * tick)
                .filter(slid -> sign * t.priceTicks() > sign * slid && slid >= tick && !isOutside(m, slid))
                .findFirst()
                .orElse(t.priceTicks());
    }

    /** The price that an order which takes the market is held to (M14), 0 for none. */
    private long held(Market m, OrderTerms t) {
        List<Open> others = book(m, t.side().opposite()).toList();
        if (others.isEmpty()) return 0;
        long tick = m.spec.bounds().tickSize(), best = others.getFirst().price(), sign = sign(t.side());
        long reference = m.spec.band().referencePriceTicks(),
                slippage = t.slippageBasisPoints(),
                price = t.priceTicks();
        List<Long> bounds = new ArrayList<>(List.of(t.side() == BUY ? Long.MAX_VALUE : tick));
        if (price != 0) bounds.add(price);
        if (slippage != 0) bounds.add(toTick(best, sign * share(best, slippage, 0), tick));
        if (reference > 0 && m.spec.band().basisPoints() > 0)
            bounds.add(toTick(reference, sign * share(reference, m.spec.band().basisPoints(), 0), tick));
        if (t.side() == SELL) return Collections.max(bounds);
        long offered = 0;
        for (Open o : others) {
            if (price == 0 && slippage == 0 && offered < t.quantityLots()) bounds.set(0, o.price());
            offered += o.left;
        }
        return Collections.min(bounds);
    }

    /** A price that is away from another, rounded towards it to a tick. */
    private static long toTick(long price, long away, long tick) {
        return price + Math.min(away, Long.MAX_VALUE - price) / tick * tick;
    }

    private static long minimum(Open o) {
        return o.terms.timeInForce() == TimeInForce.FOK ? o.left : o.terms.minimumLots();
    }

    /** What an order would be filled at once (M16), tried out on copies of what it may meet. */
    private long fillable(Open t) {
        List<Open> others = new ArrayList<>(book(t.market, t.terms.side().opposite())
                .filter(o -> reaches(t, o.price()))
                .map(Open::copy)
                .toList());
        long smallest = t.market.spec.bounds().minimumFillLots();
        long left = t.left, filled = 0;
        while (!others.isEmpty() && left >= smallest) {
            Open o = others.removeFirst();
            long lots = Math.min(left, o.visible), both = Math.min(left, o.left);
            if (isOwn(t, o)) {
                left -= t.terms.selfTrade() == SelfTradePrevention.CANCEL_OLDEST
                        ? 0
                        : t.terms.selfTrade() == SelfTradePrevention.DECREMENT_AND_CANCEL ? both : left;
                continue;
            }
            filled += lots;
            left -= lots;
            o.left -= lots;
            o.show(0);
            int behind = (int)
                    others.stream().filter(other -> other.price() == o.price()).count();
            if (o.left >= smallest) others.add(behind, o);
        }
        return filled;
    }

    /** M18, M20, M21. */
    private void match(Open t) {
        Market m = t.market;
        Side other = t.terms.side().opposite();
        long smallest = m.spec.bounds().minimumFillLots();
        Supplier<@Nullable Open> next = () -> m.spec.state() != MarketState.OPEN || t.left < smallest
                ? null
                : book(m, other)
                        .limit(1)
                        .filter(o -> reaches(t, o.price()))
                        .findFirst()
                        .orElse(null);
        for (Open first = next.get(); first != null; first = next.get()) {
            boolean changed = false;
            for (Open o = first; o != null && o.price() == first.price(); o = next.get())
                changed |= meet(t, o, o.price());
            if (changed) events.add(level(first));
        }
        if (t.left == 0) {
            close(t);
        } else if (!t.terms.timeInForce().rests() || t.left >= smallest && lacksChunk(t)) {
            cancel(t, CancelReason.UNFILLED);
        } else if (t.left < smallest) {
            cancel(t, CancelReason.BELOW_MINIMUM_FILL);
        } else {
            rest(t);
            events.add(level(t));
        }
    }

    private boolean lacksChunk(Open o) {
        return !chunks().contains(chunk(o)) && chunks().size() >= limits.priceChunks();
    }

    private Set<List<Object>> chunks() {
        return orders.values().stream()
                .map(SlowModel::chunk)
                .collect(Collectors.toSet());
    }

    private static List<Object> chunk(Open o) {
        return List.of(
                o.given.market(),
                o.terms.side(),
                o.waits,
                (o.waits ? o.terms.stopPriceTicks() : o.price()) / o.market.spec.bounds().tickSize() / 64);
    }

    private void rest(Open o) {
        o.show(++places);
        orders.put(o.given.order(), o);
        events.add(new OrderRested(o.given.order(), o.given.market(), o.terms.side(), o.price(), o.visible, o.left));
    }

    /** Two orders meet (M19, M22); tells whether the maker is not as before. */
    private boolean meet(Open taker, Open maker, long price) {
        boolean resting = orders.containsKey(taker.given.order());
        if (!isOwn(taker, maker)) {
            trade(taker, maker, price, Math.min(resting ? taker.visible : taker.left, maker.visible));
            filled(maker);
            if (resting) filled(taker);
            return true;
        }
        SelfTradePrevention mode = taker.terms.selfTrade();
        long both = Math.min(taker.left, maker.left);
        for (Open o : mode == SelfTradePrevention.CANCEL_NEWEST
                ? List.of(taker)
                : mode == SelfTradePrevention.CANCEL_OLDEST ? List.of(maker) : List.of(maker, taker)) {
            if (mode != SelfTradePrevention.DECREMENT_AND_CANCEL || o.left == both) {
                cancel(o, CancelReason.SELF_TRADE);
            } else {
                lose(o, both);
                if (o.left < o.market.spec.bounds().minimumFillLots()) cancel(o, CancelReason.BELOW_MINIMUM_FILL);
            }
        }
        return mode != SelfTradePrevention.CANCEL_NEWEST;
    }

    /** What follows for a resting order that was filled (M19). */
    private void filled(Open o) {
        if (o.left == 0) {
            close(o);
        } else if (o.left < o.market.spec.bounds().minimumFillLots()) {
            cancel(o, CancelReason.BELOW_MINIMUM_FILL);
        } else if (o.visible == 0) {
            rest(o);
        }
    }

    /** M19, M33 to M36. */
    private void trade(Open taker, Open maker, long price, long lots) {
        MarketSpec s = taker.market.spec;
        boolean buys = taker.terms.side() == BUY;
        long base = s.baseAmount(lots), quote = s.quoteAmount(lots, price);
        long takerFee = share(quote, s.fees().takerBasisPoints(), 0),
                points = s.fees().makerBasisPoints();
        long makerFee = points < 0 ? -Math.min(share(quote, -points, 9_999), takerFee) : share(quote, points, 0);
        Stream.of(taker, maker).forEach(o -> {
            o.left -= lots;
            o.visible -= Math.min(o.visible, lots);
        });
        long bonds = pay(buys ? taker : maker, quote + Math.max(0, buys ? takerFee : makerFee))
                + pay(buys ? maker : taker, base);
        var fill = new Filled(
                new FillId(++fillCount),
                s.id(),
                maker.given.order(),
                taker.given.order(),
                maker.given.account(),
                taker.given.account(),
                taker.terms.side(),
                price,
                lots,
                base,
                quote,
                makerFee,
                takerFee,
                bonds,
                maker.left,
                taker.left);
        fills.put(fill.fill(), fill);
        events.add(fill);
        taker.market.high = taker.market.last == 0 ? price : Math.max(taker.market.high, price);
        taker.market.low = taker.market.last == 0 ? price : Math.min(taker.market.low, price);
        taker.market.last = price;
    }

    /** Moves what a side of a fill pays from reserved to settling (M35, M36), and tells what of it is a bond. */
    private long pay(Open o, long price) {
        boolean bonded = o.market.spec.backing(o.terms.side()) == Backing.BONDED;
        long paid = bonded ? o.reserved - o.needs() : price;
        o.reserved -= paid;
        touch(o.reserving()).reserved -= paid;
        touch(o.reserving()).settling += paid;
        release(o);
        return bonded ? paid : 0;
    }

    /** What an order does not need any more is available again (M15). */
    private void release(Open o) {
        long surplus = o.reserved - o.needs();
        o.reserved -= surplus;
        touch(o.reserving()).reserved -= surplus;
        arrive(o.reserving(), surplus);
    }

    /** M40. */
    private @Nullable RefusalReason end(FillId id, Event ended) {
        Filled f = fills.get(id);
        if (f == null) return RefusalReason.UNKNOWN_FILL;
        MarketSpec s = Objects.requireNonNull(markets.get(f.market())).spec;
        boolean vaultBuys = s.backing(BUY) == Backing.VAULT, vaultSells = s.backing(SELL) == Backing.VAULT;
        if (ended instanceof FillForfeited && vaultBuys && vaultSells) return RefusalReason.NOT_BONDED;
        fills.remove(id);
        events.add(ended);
        long buyerFee = f.takerSide() == BUY ? f.takerFee() : f.makerFee(),
                sellerFee = f.makerFee() + f.takerFee() - buyerFee;
        Key buyer = new Key(f.buyer(), s.reservedBy(BUY)), seller = new Key(f.seller(), s.reservedBy(SELL));
        long buyerPaid = vaultBuys ? f.quoteAmount() + Math.max(0, buyerFee) : f.bond(),
                sellerPaid = vaultSells ? f.baseAmount() : f.bond();
        touch(buyer).settling -= buyerPaid;
        touch(seller).settling -= sellerPaid;
        if (ended instanceof FillReturned) {
            arrive(buyer, buyerPaid);
            return arrive(seller, sellerPaid);
        }
        if (ended instanceof FillForfeited) return arrive(vaultBuys ? buyer : seller, buyerPaid + sellerPaid);
        if (vaultSells) arrive(new Key(f.buyer(), s.base()), f.baseAmount());
        if (vaultBuys) arrive(new Key(f.seller(), s.quote()), f.quoteAmount() - sellerFee);
        if (buyerFee < 0) arrive(new Key(f.buyer(), s.quote()), -buyerFee);
        if (!vaultBuys || !vaultSells) arrive(vaultBuys ? seller : buyer, f.bond());
        long earned = f.makerFee() + f.takerFee();
        return earned > 0 ? arrive(new Key(s.fees().account(), s.quote()), earned) : null;
    }

    // Cancels

    /** M26. */
    private @Nullable RefusalReason cancel(@Nullable Open o, AccountId account) {
        if (o == null) return RefusalReason.UNKNOWN_ORDER;
        if (!o.given.account().equals(account)) return RefusalReason.NOT_OWNER;
        return o.market.spec.state() == MarketState.HALTED
                ? RefusalReason.MARKET_HALTED
                : drop(o, CancelReason.REQUESTED);
    }

    private @Nullable RefusalReason cancelAll(CancelScope scope) {
        if (scope instanceof CancelScope.OfMarket s && !markets.containsKey(s.market()))
            return RefusalReason.UNKNOWN_MARKET;
        List<Open> all = switch (scope) {
            case CancelScope.OfAccount s -> of(s.account(), o -> true);
            case CancelScope.OfAccountInMarket s ->
                of(s.account(), o -> o.given.market().equals(s.market()));
            case CancelScope.OfSession s ->
                of(s.account(), o -> s.session() != 0 && o.given.labels().session() == s.session());
            case CancelScope.OfDisconnectGroup s ->
                of(
                        s.account(),
                        o -> s.disconnectGroup() != 0 && o.given.labels().disconnectGroup() == s.disconnectGroup());
            case CancelScope.OfMarket s ->
                Stream.of(markets.get(s.market()))
                        .flatMap(m -> Stream.of(book(m, BUY), book(m, SELL), stops(m, BUY), stops(m, SELL)))
                        .flatMap(o -> o)
                        .toList();
        };
        all.forEach(o -> drop(o, CancelReason.MASS_CANCEL));
        events.add(new AllCancelled(all.size()));
        return null;
    }

    private List<Open> of(AccountId account, Predicate<Open> wanted) {
        return those(o ->
                o.given.account().equals(account) && o.market.spec.state() != MarketState.HALTED && wanted.test(o));
    }

    private List<Open> those(Predicate<Open> wanted) {
        return orders.values().stream().filter(wanted).sorted(BY_SEQUENCE).toList();
    }

    /** M47. */
    private @Nullable RefusalReason expire(long time) {
        now = time;
        those(o -> o.terms.expirySeconds() != 0 && o.terms.expirySeconds() < now).stream()
                .sorted(comparingLong(o -> o.terms.expirySeconds()))
                .forEach(o -> drop(o, CancelReason.EXPIRED));
        return null;
    }

    private @Nullable RefusalReason drop(Open o, CancelReason reason) {
        cancel(o, reason);
        if (!o.waits) events.add(level(o));
        return null;
    }

    private void cancel(Open o, CancelReason reason) {
        events.add(new OrderCancelled(o.given.order(), o.given.account(), reason, o.left));
        o.left = 0;
        close(o);
    }

    private void close(Open o) {
        orders.remove(o.given.order());
        release(o);
        forget(client(o));
    }

    private LevelChanged level(Open at) {
        List<Open> level = book(at.market, at.terms.side())
                .filter(o -> o.price() == at.price())
                .toList();
        return new LevelChanged(
                at.given.market(),
                at.terms.side(),
                at.price(),
                level.stream().mapToLong(o -> o.visible).sum(),
                level.size());
    }

    // Words

    private static boolean isOwn(Open a, Open b) {
        int group = a.given.labels().tradeGroup();
        return a.given.account().equals(b.given.account())
                || group != 0 && group == b.given.labels().tradeGroup();
    }

    private static boolean reaches(Open o, long price) {
        return o.terms.side() == BUY ? o.price() >= price : o.price() <= price;
    }

    private static int sign(Side side) {
        return side == BUY ? 1 : -1;
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    /** So many 1/10,000 of an amount, rounded down after something was added. */
    private static long share(long amount, long basisPoints, long added) {
        return product(amount, basisPoints)
                .add(BigInteger.valueOf(added))
                .divide(BigInteger.valueOf(10_000))
                .longValueExact();
    }

    // What there is

    @Override
    public Balance balance(AccountId account, AssetId asset) {
        return balance(new Key(account, asset));
    }

    @Override
    public Optional<OpenOrder> order(OrderId order) {
        return orders().filter(o -> o.order().equals(order)).findFirst();
    }

    private Balance balance(Key key) {
        Purse p = purses.getOrDefault(key, new Purse());
        return new Balance(p.available, p.reserved, p.settling, p.withdrawing, p.exiting, p.owed);
    }

    Stream<OpenOrder> orders() {
        return orders.values().stream()
                .map(o -> new OpenOrder(
                        o.given.order(),
                        o.given.market(),
                        o.given.account(),
                        o.terms,
                        o.given.labels(),
                        o.left,
                        o.visible));
    }

    @Override
    public BookSnapshot book(MarketId market, int depth) {
        return new BookSnapshot(market, levels(market, BUY, depth), levels(market, SELL, depth));
    }

    private List<BookLevel> levels(MarketId market, Side side, int depth) {
        return Stream.ofNullable(markets.get(market))
                .flatMap(m -> book(m, side))
                .map(this::level)
                .distinct()
                .limit(depth)
                .map(level -> new BookLevel(level.priceTicks(), level.visibleLots(), level.orderCount()))
                .toList();
    }

    Set<FillId> fills() {
        return fills.keySet();
    }
}
