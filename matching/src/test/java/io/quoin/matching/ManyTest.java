package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CASH;
import static io.quoin.matching.Floor.GOLD;
import static io.quoin.matching.Floor.HOUSE;
import static io.quoin.matching.Floor.MARKET;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many of everything, more than a table has room for at first: nothing is lost or found in another's place when tables
 * grow, when what lies between goes, and behind a restore. The slow model, which has no tables, says what is right.
 */
class ManyTest {
    /** How many; a prime, so that multiples of a number meet all of them, in an order that looks like none. */
    private static final int MANY = 211;

    /** How many levels of each side cross in an auction: fewer, since the slow model looks at every price anew. */
    private static final int CROSSING = 80;

    private static final int STRIDE = 59;
    private static final long SCATTER = 0x9E37_79B9_7F4AL;
    private static final int CHUNK = 64; // prices
    private static final long PLENTY = 1L << 40;
    private static final EngineLimits LIMITS = new EngineLimits(2_000, 1_000, 2_000, 1_000, 1_000, 300, 100);

    private final SlowModel model = new SlowModel(LIMITS);
    private Engine engine = new Engine(LIMITS, 12_345);

    ManyTest() {
        apply(new Command.OpenMarket(SPEC));
        for (AccountId account : List.of(ALICE, BOB)) {
            apply(new Command.Credit(account, GOLD, PLENTY));
            apply(new Command.Credit(account, CASH, PLENTY));
        }
    }

    @AfterEach
    void everythingIsThereBehindARestore() {
        Engine copy = Snapshots.copy(engine, 99);

        assertThat(copy.stateHash()).isEqualTo(engine.stateHash());
        model.orders().forEach(order -> assertThat(copy.order(order.order())).contains(order));
    }

    @Test
    void accountsAndTheirBalances() {
        scattered().forEach(i -> {
            apply(new Command.Credit(account(i), GOLD, i + 1));
            apply(new Command.Credit(account(i), new AssetId(100 + i), i + 2));
        });

        scattered().forEach(i -> {
            assertThat(engine.balance(account(i), GOLD).available()).isEqualTo(i + 1);
            assertThat(engine.balance(account(i), new AssetId(100 + i)).available())
                    .isEqualTo(i + 2);
            assertThat(engine.balance(account(i), CASH)).isEqualTo(Balance.ZERO);
        });
        long most = (1L << 62) - 1;
        apply(new Command.Credit(ALICE, new AssetId(100), most - 1));
        apply(new Command.Credit(ALICE, new AssetId(101), most - 3));
        apply(new Command.Credit(ALICE, new AssetId(100 + MANY - 1), most - MANY - 1));
    }

    @Test
    void ordersFoundByTheirIds() {
        scattered().forEach(i -> place(i, ALICE, OrderTerms.limit(BUY, 100 + i % 3, 1 + i)));
        for (int i = 0; i < MANY; i++) {
            assertThat(apply(cancel(i, ALICE))).hasSizeGreaterThan(1);
            apply(cancel(i, ALICE));
        }
        scattered().forEach(i -> place(i, ALICE, OrderTerms.limit(SELL, 200, 1)));
        scattered().limit(MANY / 2).forEach(i -> amend(i, MANY + i, 201));
        assertThat(model.orders()).hasSize(MANY);
        model.orders().forEach(order -> assertThat(engine.order(order.order())).contains(order));
    }

    @Test
    void pricesFarApart() {
        scattered().forEach(i -> place(i, ALICE, OrderTerms.limit(SELL, CHUNK * (1_000L + (long) i * (i % 2 + 1)), 1)));
        scattered().forEach(i -> place(MANY + i, BOB, OrderTerms.limit(BUY, CHUNK * (1L + i), 1)));
        compareBooks();
        IntStream.range(0, MANY / 2).forEach(i -> {
            apply(cancel(i * STRIDE % MANY, ALICE));
            apply(cancel(MANY + i * STRIDE % MANY, BOB));
        });
        compareBooks();
        scattered().limit(MANY / 3).forEach(i -> place(3 * MANY + i, BOB, OrderTerms.limit(BUY, CHUNK * (1L + i), 1)));
        compareBooks();
        place(2 * MANY, BOB, OrderTerms.market(BUY, MANY));
        place(2 * MANY + 1, ALICE, OrderTerms.market(SELL, MANY));
        compareBooks();
    }

    @Test
    void fillsThatEndInAnyOrder() {
        for (int i = 0; i < 3 * MANY; i++) {
            place(2 * i, ALICE, OrderTerms.limit(SELL, 100, 1));
            place(2 * i + 1, BOB, OrderTerms.limit(BUY, 100, 1));
        }
        scattered().forEach(i -> apply(new Command.SettleFill(new FillId(i + 1))));
        scattered().forEach(i -> apply(new Command.ReturnFill(new FillId(MANY + i + 1))));

        assertThat(model.fills()).hasSize(MANY);
        scattered().forEach(i -> {
            assertThat(Telling.of(apply(new Command.SettleFill(new FillId(i + 1)))))
                    .containsExactly("refused UNKNOWN_FILL");
            assertThat(Telling.of(apply(new Command.SettleFill(new FillId(2 * MANY + i + 1)))))
                    .containsExactly("settled " + (2 * MANY + i + 1));
        });
    }

    @Test
    void withdrawals() {
        scattered()
                .forEach(i -> apply(new Command.RequestWithdrawal(new WithdrawalId(SCATTER * i), ALICE, GOLD, 1 + i)));
        scattered().limit(MANY / 2).forEach(i -> apply(new Command.FinaliseWithdrawal(new WithdrawalId(SCATTER * i))));
        restore();
        scattered()
                .limit(MANY / 3)
                .forEach(i -> apply(new Command.RequestWithdrawal(new WithdrawalId(i + 1), BOB, CASH, 1 + i)));
        IntStream.range(0, MANY).forEach(i -> apply(new Command.ExpireWithdrawal(new WithdrawalId(SCATTER * i), 0)));
        assertThat(engine.balance(ALICE, GOLD).withdrawing()).isZero();
        assertThat(engine.balance(BOB, CASH).withdrawing()).isPositive();
    }

    @Test
    void clientOrderIds() {
        OrderTerms terms = OrderTerms.limit(BUY, 100, 1);
        scattered().forEach(i -> placeAs(SCATTER * i, i, terms));
        scattered().limit(MANY * 2 / 3).forEach(i -> apply(cancel(i, ALICE)));
        restore();
        IntStream.range(0, MANY).forEach(i -> placeAs(SCATTER * i, 2 * MANY + i, terms));
        scattered().forEach(i -> placeAs(SCATTER * i, 4 * MANY + i, terms));
    }

    @Test
    void ordersThatExpire() {
        scattered().forEach(i -> place(i, ALICE, expiring(i)));
        scattered().filter(i -> i % 5 == 1).forEach(i -> apply(cancel(i, ALICE)));
        restore();
        for (long now = 1_000; now <= 1_101; now += 3) {
            apply(new Command.AdvanceTime(now));
            assertThat(engine.nextExpirySeconds().isPresent())
                    .isEqualTo(model.orders().findAny().isPresent());
        }
        assertThat(model.orders()).isEmpty();
    }

    private static OrderTerms expiring(int i) {
        return OrderTerms.limit(BUY, 100, 1).timeInForce(TimeInForce.GTD).until(1_000 + (long) i * i % 97);
    }

    @Test
    void ordersOfOneAccountInTheOrderOfTheirSequence() {
        scattered().forEach(i -> place(i, ALICE, OrderTerms.limit(BUY, 100 + i % 7, 1)));
        scattered().filter(i -> i % 3 == 0).forEach(i -> amend(i, MANY + i, 99));
        assertThat(Telling.of(apply(new Command.CancelAll(new CancelScope.OfAccount(ALICE)))))
                .endsWith("all cancelled: " + MANY);

        scattered().forEach(i -> place(i, ALICE, OrderTerms.limit(BUY, 100 + i % 7, 1)));
        apply(new Command.Debit(ALICE, CASH, PLENTY - 3 * 100 * (MANY / 2)));
        assertThat(model.orders().count()).isBetween(1L, MANY - 1L);
        apply(new Command.RequestExit(ALICE, CASH));
        assertThat(model.orders()).isEmpty();
    }

    @Test
    void limitsOfAnAuction() {
        apply(new Command.SetMarketState(MARKET, MarketState.AUCTION));
        scattered().limit(CROSSING).forEach(i -> {
            place(i, ALICE, OrderTerms.limit(SELL, 500 + 2L * i, 1 + i % 5));
            place(MANY + i, BOB, OrderTerms.limit(BUY, 501 + 2L * i, 1 + i % 7));
        });
        apply(new Command.SetReferencePrice(MARKET, 700));
        assertThat(Telling.of(apply(new Command.SetMarketState(MARKET, MarketState.OPEN))))
                .contains("state OPEN");
        compareBooks();
    }

    @Test
    void stopsThatAreTriggeredOneByTheOther() {
        scattered().forEach(i -> place(i, ALICE, OrderTerms.stopLimit(BUY, 100 + i, 101 + i, 1)));
        IntStream.range(0, MANY).forEach(i -> place(MANY + i, BOB, OrderTerms.limit(SELL, 100 + i, 1)));

        assertThat(Telling.of(place(2 * MANY, ALICE, OrderTerms.limit(BUY, 100, 1))))
                .contains("triggered " + id(0) + " at 101", "triggered " + id(MANY - 2) + " at " + (99 + MANY));
        compareBooks();
    }

    @Test
    void markets() {
        scattered().forEach(i -> apply(new Command.OpenMarket(spec(i))));
        scattered()
                .forEach(i -> apply(order(i, new MarketId(spec(i).id().value()), ALICE, OrderTerms.limit(BUY, 9, 1))));
        restore();
        scattered()
                .filter(i -> i % 2 == 0)
                .forEach(i -> apply(new Command.CancelAll(new CancelScope.OfMarket(spec(i).id()))));
        assertThat(model.orders()).hasSize(MANY / 2);
    }

    private static MarketSpec spec(int i) {
        return new MarketSpec(new MarketId(2 + i * 7_919), GOLD, CASH, 1 + i, 1).with(new FeeTerms(0, 1, HOUSE));
    }

    // ---- saying it ----

    private static IntStream scattered() {
        return IntStream.range(0, MANY).map(i -> i * STRIDE % MANY);
    }

    private static AccountId account(int i) {
        return new AccountId(SCATTER * (i + 1));
    }

    private static long id(int i) {
        return 1 + i * SCATTER;
    }

    private List<Event> apply(Command command) {
        List<Event> events = engine.apply(command);
        assertThat(events).as("%s", command).isEqualTo(model.apply(command));
        return events;
    }

    private List<Event> place(int i, AccountId account, OrderTerms terms) {
        return apply(order(i, MARKET, account, terms));
    }

    private static Command order(int i, MarketId market, AccountId account, OrderTerms terms) {
        return new Command.PlaceOrder(new OrderId(id(i)), market, account, terms, OrderLabels.NONE);
    }

    private void placeAs(long clientOrder, int i, OrderTerms terms) {
        OrderLabels labels = new OrderLabels(clientOrder, 0, 0, 0);
        apply(new Command.PlaceOrder(new OrderId(id(i)), MARKET, ALICE, terms, labels));
    }

    private static Command cancel(int i, AccountId account) {
        return new Command.CancelOrder(new OrderId(id(i)), account);
    }

    private void amend(int i, int to, long price) {
        apply(new Command.AmendOrder(new OrderId(id(i)), new OrderId(id(to)), ALICE, price, 1, 0, 0, 0));
    }

    private void restore() {
        engine = Snapshots.copy(engine, 7);
    }

    private void compareBooks() {
        assertThat(engine.book(MARKET, 2 * MANY)).isEqualTo(model.book(MARKET, 2 * MANY));
    }
}
