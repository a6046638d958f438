package io.quoin.matching;

import java.util.List;
import java.util.random.RandomGenerator;

/** The part of {@link RandomCommands} that places, amends and cancels orders. */
final class RandomOrders {
    private static final long[] EDGES = {
        Long.MIN_VALUE, -1, 0, 1, 3, 9_999, 1L << 36, (1L << 62) - 1, 1L << 62, Long.MAX_VALUE - 1, Long.MAX_VALUE
    };
    private static final int ACCOUNTS = 6;

    private final RandomGenerator random;
    private final SlowModel model;
    private long order;
    private long clientOrder;

    RandomOrders(RandomGenerator random, SlowModel model) {
        this.random = random;
        this.model = model;
    }

    Command place(long now) {
        MarketId market = market();
        OrderTerms terms = terms(market, random.nextInt(30) == 0, now);
        OrderLabels labels = new OrderLabels(
                clientOrder(), random.nextInt(4), random.nextInt(3), Math.max(0, random.nextInt(9) - 6));
        return new Command.PlaceOrder(
                id(), market, new AccountId(1 + random.nextInt(ACCOUNTS)), odd() ? crooked(terms) : terms, labels);
    }

    Command amend(long now) {
        List<OpenOrder> open = model.orders().toList();
        if (open.isEmpty() || odd()) {
            return new Command.AmendOrder(id(), id(), new AccountId(1), 100, 5, 0, 0, clientOrder());
        }
        OpenOrder one = open.get(random.nextInt(open.size()));
        OrderTerms is = one.terms();
        AccountId account = odd() ? new AccountId(random.nextInt(4)) : one.account();
        if (random.nextInt(5) < 2) {
            long less = random.nextInt(10) == 0 ? edge() : is.quantityLots() - 1 - random.nextInt(6);
            long price = odd() ? price(one.market()) : is.priceTicks();
            return new Command.AmendOrder(
                    one.order(),
                    one.order(),
                    account,
                    price,
                    less,
                    is.displayLots(),
                    is.expirySeconds(),
                    clientOrder());
        }
        OrderTerms next = terms(one.market(), odd(), now);
        return new Command.AmendOrder(
                one.order(),
                id(),
                account,
                odd() ? edge() : next.priceTicks() == 0 ? is.priceTicks() : next.priceTicks(),
                odd() ? edge() : next.quantityLots(),
                next.displayLots(),
                next.timeInForce().rests() ? next.expirySeconds() : is.expirySeconds(),
                clientOrder());
    }

    Command cancelAll() {
        AccountId account = new AccountId(1 + random.nextInt(ACCOUNTS + 2));
        return new Command.CancelAll(
                switch (random.nextInt(8)) {
                    case 0 -> new CancelScope.OfAccount(account);
                    case 1 -> new CancelScope.OfMarket(market());
                    case 2 -> new CancelScope.OfAccountInMarket(account, market());
                    case 3, 4 -> new CancelScope.OfSession(account, random.nextInt(5));
                    default -> new CancelScope.OfDisconnectGroup(account, random.nextInt(4));
                });
    }

    MarketId market() {
        return new MarketId(random.nextInt(150) == 0 ? random.nextInt(9) : 1 + random.nextInt(RandomMarkets.COUNT));
    }

    /** A price near 100 of the market's ticks. */
    long price(MarketId market) {
        long drift = order / 500 % 7;
        return tick(market) * (random.nextInt(9) + 93 + drift);
    }

    long edge() {
        return EDGES[random.nextInt(EDGES.length)];
    }

    private OrderTerms terms(MarketId market, boolean wild, long now) {
        Side side = Side.values()[random.nextInt(2)];
        OrderType type = OrderType.values()[new int[] {0, 0, 0, 0, 0, 1, 2, 3}[random.nextInt(8)]];
        boolean takes = type.takesMarket() && !wild;
        TimeInForce time =
                TimeInForce.values()[new int[] {0, 0, 0, 1, 2, 3}[takes ? 4 + random.nextInt(2) : random.nextInt(6)]];
        boolean rests = time.rests() || wild;
        long lot = lot(market);
        long quantity = lot * (1 + random.nextInt(7));
        boolean posts = rests && random.nextInt(5) == 0 && (type == OrderType.LIMIT || wild);
        boolean noPrice = type.takesMarket() && random.nextInt(3) == 0;
        return new OrderTerms(
                side,
                type,
                time,
                noPrice ? 0 : price(market) + (side == Side.BUY ? 1 : -1) * tick(market),
                quantity,
                rests && random.nextInt(4) == 0 ? Math.min(quantity, lot * (1 + random.nextInt(3))) : 0,
                !posts && random.nextInt(7) == 0 ? Math.min(quantity, lot * (1 + random.nextInt(3))) : 0,
                type.waits() ? price(market) : 0,
                type.takesMarket() && random.nextInt(2) == 0 ? random.nextInt(900) : 0,
                posts ? PostOnly.values()[1 + random.nextInt(2)] : PostOnly.NO,
                SelfTradePrevention.values()[random.nextInt(4)],
                time == TimeInForce.GTC ? 0 : time == TimeInForce.GTD || odd() ? now - 2 + random.nextInt(90) : 0);
    }

    /** The same terms with a value that is out of the way. */
    private OrderTerms crooked(OrderTerms t) {
        return switch (random.nextInt(8)) {
            case 0 -> t.price(edge());
            case 1 -> t.quantity(edge());
            case 2 -> t.display(edge());
            case 3 -> t.minimum(edge());
            case 4 -> t.slippage((int) edge());
            case 5 -> t.until(edge());
            case 6 -> t.price(edge()).quantity(edge());
            default -> t.quantity(t.quantityLots() + 1);
        };
    }

    private OrderId id() {
        order++;
        return new OrderId(odd() ? random.nextInt(-1, 40) : order % 5 == 0 ? Long.MAX_VALUE - order : order);
    }

    private long clientOrder() {
        if (random.nextInt(3) > 0) {
            return 0;
        }
        clientOrder++;
        return random.nextInt(9) == 0 ? clientOrder - random.nextInt(50) : clientOrder;
    }

    private long tick(MarketId market) {
        return new long[] {1, 1, 5, 2}[market.value() & 3];
    }

    private long lot(MarketId market) {
        return new long[] {1, 1, 4, 1}[market.value() & 3];
    }

    private boolean odd() {
        return random.nextInt(40) == 0;
    }
}
