package io.quoin.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws commands that mostly make sense: few accounts, few prices, so that orders meet; and now and then
 * every kind of nonsense. It learns from the events which fills there are to end.
 */
final class RandomCommands {
    private static final long[] EDGES = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE};
    private static final int ACCOUNTS = 5;
    private static final int ASSETS = 4;

    private final RandomGenerator random;
    private final List<FillId> fills = new ArrayList<>();
    private final List<Event.OrderAccepted> orders = new ArrayList<>();
    private long commands;
    private long order;
    private long now = 1_000;

    RandomCommands(RandomGenerator random) {
        this.random = random;
    }

    void learn(List<Event> events) {
        for (Event event : events) {
            switch (event) {
                case Event.Filled filled -> fills.add(filled.fill());
                case Event.OrderAccepted accepted -> orders.add(accepted);
                default -> {}
            }
        }
    }

    Command next() {
        now += random.nextInt(3);
        int die = random.nextInt(100);
        commands++;
        if (commands <= 3) {
            return new Command.OpenMarket(spec((int) commands));
        }
        if (die < 58) {
            return place();
        } else if (die < 70) {
            return cancel();
        } else if (die < 80) {
            return new Command.SettleFill(fill());
        } else if (die < 86) {
            return new Command.ReturnFill(fill());
        } else if (die < 93) {
            return new Command.Credit(account(), asset(), amount(30_000));
        } else if (die < 97) {
            return new Command.Debit(account(), asset(), amount(30_000));
        } else if (die < 99) {
            return new Command.ExpireOrders(time());
        }
        return new Command.OpenMarket(spec(1 + random.nextInt(4)));
    }

    private Command cancel() {
        if (orders.isEmpty() || rarely()) {
            return new Command.CancelOrder(new OrderId(order - random.nextInt(60)), account());
        }
        Event.OrderAccepted recent = orders.get(Math.max(0, orders.size() - 1 - random.nextInt(60)));
        return new Command.CancelOrder(recent.order(), rarely() ? account() : recent.account());
    }

    private Command place() {
        order += 1 + (rarely() ? random.nextInt(5) : 0);
        boolean stale = rarely();
        long middle = 100 + now / 400 % 7;
        return new Command.PlaceOrder(
                new OrderId(stale ? order - random.nextInt(30) : order),
                market(),
                account(),
                random.nextBoolean() ? Side.BUY : Side.SELL,
                rarely() ? edge() : middle - 4 + random.nextInt(9),
                rarely() ? edge() : 1 + random.nextInt(9),
                random.nextInt(8) == 0,
                rarely() ? edge() : now - 2 + random.nextInt(150),
                time());
    }

    private MarketId market() {
        return new MarketId(rarely() ? random.nextInt(9) : 1 + random.nextInt(3));
    }

    private MarketSpec spec(int id) {
        return new MarketSpec(
                new MarketId(id),
                asset(),
                asset(),
                rarely() ? edge() : 1 + random.nextInt(12),
                rarely() ? edge() : 1 + random.nextInt(4));
    }

    private AccountId account() {
        return new AccountId(random.nextInt(ACCOUNTS));
    }

    private AssetId asset() {
        return new AssetId(random.nextInt(ASSETS));
    }

    private long amount(int most) {
        return random.nextInt(60) == 0 ? edge() : 1 + random.nextInt(most);
    }

    private long time() {
        return rarely() ? now - random.nextInt(500) : now;
    }

    private FillId fill() {
        return fills.isEmpty() || rarely()
                ? new FillId(random.nextInt(1_000))
                : fills.remove(random.nextInt(Math.min(3, fills.size())));
    }

    private long edge() {
        return EDGES[random.nextInt(EDGES.length)];
    }

    private boolean rarely() {
        return random.nextInt(50) == 0;
    }
}
