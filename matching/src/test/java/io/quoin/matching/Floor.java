package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

/**
 * A trading floor for examples: markets, and three traders who have {@link #START} of everything. Every command is
 * answered by the engine and by the slow model, which must agree, and every answer is followed by an {@link
 * EventBook}. Ids of orders count up from 1. What happened is told in words, see {@link Telling}.
 */
final class Floor {
    static final AssetId GOLD = new AssetId(1);
    static final AssetId CASH = new AssetId(2);
    static final MarketId MARKET = new MarketId(1);
    /** A lot is 10 units of gold, and a tick is 3 units of cash a lot. */
    static final MarketSpec SPEC = new MarketSpec(MARKET, GOLD, CASH, 10, 3);

    static final AccountId ALICE = new AccountId(1);
    static final AccountId BOB = new AccountId(2);
    static final AccountId CAROL = new AccountId(3);
    static final AccountId HOUSE = new AccountId(9);
    static final long START = 1_000_000;

    private final SlowModel model;
    private final Subject engine;
    private final EventBook book = new EventBook();
    private List<Event> events = List.of();
    private long lastOrder;

    Floor(EngineLimits limits, MarketSpec... markets) {
        model = new SlowModel(limits);
        engine = Subject.engine(limits);
        Arrays.stream(markets).forEach(spec -> apply(new Command.OpenMarket(spec)));
    }

    /** A floor on which everyone has {@link #START} of gold and cash. */
    static Floor of(MarketSpec... markets) {
        Floor floor = new Floor(EngineLimits.DEFAULT, markets);
        for (AccountId account : List.of(ALICE, BOB, CAROL)) {
            floor.credit(account, GOLD, START);
            floor.credit(account, CASH, START);
        }
        return floor;
    }

    /** Applies a command, and tells what happened but for balances. */
    List<String> apply(Command command) {
        events = engine.apply(command);
        assertThat(events).as("the engine and the model, of %s", command).isEqualTo(model.apply(command));
        book.follow(command, events);
        book.compareWith(engine);
        model.orders().forEach(order -> assertThat(engine.order(order.order())).contains(order));
        return Telling.of(events);
    }

    /** What the last command was answered with. */
    List<Event> events() {
        return events;
    }

    /** The balances that the last command touched, as account and asset. */
    List<String> touched() {
        return events.stream()
                .filter(event -> event instanceof Event.BalanceChanged)
                .map(event -> (Event.BalanceChanged) event)
                .map(b -> b.account().value() + " " + (b.asset().equals(GOLD) ? "gold" : "cash"))
                .toList();
    }

    List<String> place(AccountId account, OrderTerms terms) {
        return place(account, terms, OrderLabels.NONE);
    }

    List<String> place(AccountId account, OrderTerms terms, OrderLabels labels) {
        return placeIn(MARKET, account, terms, labels);
    }

    List<String> placeIn(MarketId market, AccountId account, OrderTerms terms, OrderLabels labels) {
        lastOrder++;
        return apply(new Command.PlaceOrder(new OrderId(lastOrder), market, account, terms, labels));
    }

    List<String> buy(AccountId account, long price, long lots) {
        return place(account, OrderTerms.limit(Side.BUY, price, lots));
    }

    List<String> sell(AccountId account, long price, long lots) {
        return place(account, OrderTerms.limit(Side.SELL, price, lots));
    }

    List<String> cancel(AccountId account, long order) {
        return apply(new Command.CancelOrder(new OrderId(order), account));
    }

    /** Reduces an order, or with another price asks for what only a new order may have. */
    List<String> reduce(AccountId account, long order, long price, long lots) {
        return apply(new Command.AmendOrder(new OrderId(order), new OrderId(order), account, price, lots, 0, 0, 0));
    }

    List<String> amend(AccountId account, long order, long newOrder, long price, long lots) {
        return apply(new Command.AmendOrder(new OrderId(order), new OrderId(newOrder), account, price, lots, 0, 0, 0));
    }

    List<String> state(MarketState state) {
        return apply(new Command.SetMarketState(MARKET, state));
    }

    List<String> reference(long price) {
        return apply(new Command.SetReferencePrice(MARKET, price));
    }

    List<String> time(long seconds) {
        return apply(new Command.AdvanceTime(seconds));
    }

    List<String> credit(AccountId account, AssetId asset, long amount) {
        return apply(new Command.Credit(account, asset, amount));
    }

    List<String> debit(AccountId account, AssetId asset, long amount) {
        return apply(new Command.Debit(account, asset, amount));
    }

    List<String> settle(long fill) {
        return apply(new Command.SettleFill(new FillId(fill)));
    }

    Balance gold(AccountId account) {
        return engine.balance(account, GOLD);
    }

    Balance cash(AccountId account) {
        return engine.balance(account, CASH);
    }

    OpenOrder order(long id) {
        return engine.order(new OrderId(id)).orElseThrow();
    }

    boolean isOpen(long id) {
        return engine.order(new OrderId(id)).isPresent();
    }

    /** The book of the first market, best levels first, bids then asks, as price, lots and orders. */
    List<String> book() {
        BookSnapshot snapshot = engine.book(MARKET, 100);
        return java.util.stream.Stream.of(snapshot.bids(), snapshot.asks())
                .flatMap(List::stream)
                .map(level -> level.priceTicks() + ": " + level.totalLots() + " in " + level.orderCount())
                .toList();
    }
}
