package io.quoin.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws commands that mostly make sense: few accounts, few prices, so that orders meet; and now and then every kind of
 * nonsense. It looks at the model to name orders, fills and withdrawals that there are.
 */
final class RandomCommands {
    private static final int ACCOUNTS = 6;
    private static final int ASSETS = 3;
    private static final int MANY_ORDERS = 110;
    private static final int MANY_FILLS = 12;
    private static final int MANY_EXITS = 2;

    private final RandomGenerator random;
    private final SlowModel model;
    private final RandomOrders orders;
    private final List<Command.RequestExit> exits = new ArrayList<>();
    private final int manyFills;
    private long commands;
    private long now = 1_000;

    RandomCommands(RandomGenerator random, SlowModel model, EngineLimits limits) {
        this.random = random;
        this.manyFills = Math.min(MANY_FILLS, limits.openFills());
        this.model = model;
        this.orders = new RandomOrders(random, model);
    }

    Command next() {
        commands++;
        if (commands <= RandomMarkets.COUNT) {
            return new Command.OpenMarket(RandomMarkets.spec((int) commands));
        }
        if (commands <= RandomMarkets.COUNT + ACCOUNTS * ASSETS) {
            long i = commands - RandomMarkets.COUNT - 1;
            return new Command.Credit(new AccountId(1 + i / ASSETS), new AssetId((int) (1 + i % ASSETS)), 400_000);
        }
        if (model.fills().size() >= manyFills && random.nextBoolean()) {
            return endOfFill();
        }
        int die = random.nextInt(1_000);
        if (die < 600) {
            return orders.place(now);
        } else if (die < 720) {
            return orders.amend(now);
        } else if (die < 770) {
            return cancel();
        } else if (die < 880) {
            return endOfFill();
        } else if (die < 940) {
            return balance(die);
        }
        return rest(die);
    }

    private Command rest(int die) {
        if (die < 970) {
            return market();
        } else if (die < 982) {
            return withdrawal();
        } else if (die < 988) {
            return orders.cancelAll();
        } else if (die < 990) {
            return new Command.OpenMarket(RandomMarkets.nonsense(random));
        }
        now += random.nextInt(12);
        return new Command.AdvanceTime(rarely() ? orders.edge() : now);
    }

    private Command cancel() {
        List<OpenOrder> open = model.orders().toList();
        if (open.size() > MANY_ORDERS) {
            return new Command.CancelAll(new CancelScope.OfAccount(account()));
        }
        if (open.isEmpty() || rarely()) {
            return new Command.CancelOrder(new OrderId(random.nextInt(60)), account());
        }
        OpenOrder one = open.get(random.nextInt(open.size()));
        return new Command.CancelOrder(one.order(), rarely() ? account() : one.account());
    }

    private Command endOfFill() {
        List<FillId> fills = List.copyOf(model.fills());
        if (fills.isEmpty() && !rarely()) {
            return orders.place(now);
        }
        FillId fill =
                fills.isEmpty() || rarely() ? new FillId(random.nextInt(100)) : fills.get(random.nextInt(fills.size()));
        return switch (random.nextInt(5)) {
            case 0 -> new Command.ReturnFill(fill);
            case 1 -> new Command.ForfeitFill(fill);
            default -> new Command.SettleFill(fill);
        };
    }

    private Command balance(int die) {
        AssetId asset = asset();
        AccountId account = account();
        if (die < 905) {
            return new Command.Credit(account, asset, amount());
        } else if (die < 909) {
            // A debit without bounds may leave its account with a debt for ever: it has an account of its own.
            return rarely()
                    ? new Command.Debit(new AccountId(ACCOUNTS + 2), asset, orders.edge())
                    : new Command.Debit(account, asset, 1 + random.nextInt(random.nextInt(4) == 0 ? 900_000 : 90_000));
        } else if (exits.size() < MANY_EXITS && die < 915) {
            exits.add(new Command.RequestExit(account, asset));
            return exits.getLast();
        } else if (exits.isEmpty()) {
            return rarely() ? new Command.CancelExit(account, asset) : orders.place(now);
        }
        Command.RequestExit exit = exits.removeFirst();
        return random.nextBoolean()
                ? new Command.CancelExit(exit.account(), exit.asset())
                : new Command.FinaliseExit(exit.account(), exit.asset(), amount());
    }

    private Command market() {
        MarketId market = orders.market();
        int die = random.nextInt(20);
        if (die < 5) {
            long price = rarely() ? orders.edge() : orders.price(market);
            return new Command.SetReferencePrice(market, random.nextInt(12) == 0 ? 0 : price);
        }
        MarketState[] states = MarketState.values();
        MarketState other = die == 19 ? states[random.nextInt(states.length)] : MarketState.AUCTION;
        return new Command.SetMarketState(market, die < 16 ? MarketState.OPEN : other);
    }

    private Command withdrawal() {
        WithdrawalId id = new WithdrawalId(random.nextInt(3));
        return switch (random.nextInt(7)) {
            case 0, 1 -> new Command.RequestWithdrawal(id, account(), asset(), amount());
            case 2, 3 -> new Command.CoSignWithdrawal(id, now + random.nextInt(50));
            case 4, 5 -> new Command.ExpireWithdrawal(id, now + random.nextInt(50));
            default -> new Command.FinaliseWithdrawal(id);
        };
    }

    private AccountId account() {
        return new AccountId(rarely() ? ACCOUNTS + 1 + random.nextInt(9) : 1 + random.nextInt(ACCOUNTS));
    }

    private AssetId asset() {
        return new AssetId(1 + random.nextInt(rarely() ? 2 * ASSETS : ASSETS));
    }

    private long amount() {
        return random.nextInt(40) == 0 ? orders.edge() : 1 + random.nextInt(60_000);
    }

    private boolean rarely() {
        return random.nextInt(40) == 0;
    }
}
