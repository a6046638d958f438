package io.quoin.matching;

import java.util.List;

/**
 * A trading floor for examples: one market, on which a lot is 10 units of gold and a tick is 3 units of
 * cash a lot, and three traders. Ids and time count up by themselves; every command is checked.
 */
final class Floor {
    static final AssetId GOLD = new AssetId(1);
    static final AssetId CASH = new AssetId(2);
    static final MarketId MARKET = new MarketId(1);
    static final MarketSpec SPEC = new MarketSpec(MARKET, GOLD, CASH, 10, 3);
    static final AccountId ALICE = new AccountId(1);
    static final AccountId BOB = new AccountId(2);
    static final AccountId CAROL = new AccountId(3);
    static final long START = 1_000_000;
    static final long NOW = 1_000;
    static final long LATER = 2_000;

    private final CheckedEngine checked = new CheckedEngine();
    private long lastOrder;

    /** A floor on which everyone has {@link #START} of everything. */
    static Floor rich() {
        Floor floor = poor();
        for (AccountId account : List.of(ALICE, BOB, CAROL)) {
            floor.apply(new Command.Credit(account, GOLD, START));
            floor.apply(new Command.Credit(account, CASH, START));
        }
        return floor;
    }

    /** A floor on which nobody has anything. */
    static Floor poor() {
        Floor floor = new Floor();
        floor.apply(new Command.OpenMarket(SPEC));
        return floor;
    }

    List<Event> apply(Command command) {
        return checked.apply(command);
    }

    Engine engine() {
        return checked.engine();
    }

    List<Event> buy(AccountId account, long priceTicks, long lots) {
        return apply(order(account, Side.BUY, priceTicks, lots));
    }

    List<Event> sell(AccountId account, long priceTicks, long lots) {
        return apply(order(account, Side.SELL, priceTicks, lots));
    }

    /** An order with the next id, not yet placed. */
    Command.PlaceOrder order(AccountId account, Side side, long priceTicks, long lots) {
        lastOrder++;
        return new Command.PlaceOrder(
                new OrderId(lastOrder), MARKET, account, side, priceTicks, lots, false, LATER, NOW);
    }

    static Command.PlaceOrder postOnly(Command.PlaceOrder o) {
        return new Command.PlaceOrder(
                o.order(),
                o.market(),
                o.account(),
                o.side(),
                o.priceTicks(),
                o.quantityLots(),
                true,
                o.expirySeconds(),
                o.nowSeconds());
    }

    static Command.PlaceOrder timed(Command.PlaceOrder o, long expirySeconds, long nowSeconds) {
        return new Command.PlaceOrder(
                o.order(),
                o.market(),
                o.account(),
                o.side(),
                o.priceTicks(),
                o.quantityLots(),
                o.postOnly(),
                expirySeconds,
                nowSeconds);
    }

    /** The id of the latest order. */
    OrderId last() {
        return new OrderId(lastOrder);
    }

    List<BookLevel> bids() {
        return engine().book(MARKET, 100).bids();
    }

    List<BookLevel> asks() {
        return engine().book(MARKET, 100).asks();
    }

    Balance gold(AccountId account) {
        return engine().balance(account, GOLD);
    }

    Balance cash(AccountId account) {
        return engine().balance(account, CASH);
    }

    static List<Event.Filled> fills(List<Event> events) {
        return events.stream()
                .filter(Event.Filled.class::isInstance)
                .map(Event.Filled.class::cast)
                .toList();
    }

    /** The events other than changes of balances. */
    static List<Event> deeds(List<Event> events) {
        return events.stream()
                .filter(event -> !(event instanceof Event.BalanceChanged))
                .toList();
    }

    static Event rejected(OrderId order, RejectReason reason) {
        return new Event.OrderRejected(order, reason);
    }

    static Event refused(RefusalReason reason) {
        return new Event.CommandRefused(reason);
    }
}
