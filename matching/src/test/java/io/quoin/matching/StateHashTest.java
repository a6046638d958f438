package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CASH;
import static io.quoin.matching.Floor.GOLD;
import static io.quoin.matching.Floor.LATER;
import static io.quoin.matching.Floor.MARKET;
import static io.quoin.matching.Floor.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StateHashTest {
    private static long hashAfter(List<Command> commands) {
        Engine engine = new Engine();
        commands.forEach(engine::apply);
        return engine.stateHash();
    }

    private static Command open(long baseUnitsPerLot, long quoteUnitsPerTickLot) {
        return new Command.OpenMarket(new MarketSpec(MARKET, GOLD, CASH, baseUnitsPerLot, quoteUnitsPerTickLot));
    }

    private static Command credit(AccountId account, AssetId asset) {
        return new Command.Credit(account, asset, 1_000);
    }

    private static Command debit(AccountId account, long amount) {
        return new Command.Debit(account, GOLD, amount);
    }

    private static Command place(long id, AccountId account, Side side, long price, long lots, long expiry) {
        return new Command.PlaceOrder(new OrderId(id), MARKET, account, side, price, lots, false, expiry, NOW);
    }

    private static Command sell(long id, AccountId account, long price, long lots, long expiry) {
        return place(id, account, Side.SELL, price, lots, expiry);
    }

    /** Two histories whose states differ in one thing, as nearly as two histories can. */
    static Stream<Arguments> different() {
        List<Command> rich =
                List.of(open(1, 1), credit(ALICE, GOLD), credit(ALICE, CASH), credit(BOB, GOLD), credit(BOB, CASH));
        Command sell = sell(1, ALICE, 10, 5, LATER);
        Command buy = place(2, BOB, Side.BUY, 10, 5, LATER);
        Command smallBuy = place(2, BOB, Side.BUY, 10, 2, LATER);
        Command settle = new Command.SettleFill(new FillId(1));
        Command giveBack = new Command.ReturnFill(new FillId(1));
        return Stream.of(
                Arguments.of("market", List.of(), List.of(open(1, 1))),
                Arguments.of("units of base", List.of(open(1, 1)), List.of(open(2, 1))),
                Arguments.of("units of quote", List.of(open(1, 1)), List.of(open(1, 2))),
                Arguments.of("time", List.of(), List.of(new Command.ExpireOrders(5))),
                Arguments.of(
                        "highest order id", List.of(sell(1, ALICE, 0, 0, LATER)), List.of(sell(2, ALICE, 0, 0, LATER))),
                Arguments.of("owner of a balance", List.of(credit(ALICE, GOLD)), List.of(credit(BOB, GOLD))),
                Arguments.of("asset of a balance", List.of(credit(ALICE, GOLD)), List.of(credit(ALICE, CASH))),
                Arguments.of("debt", List.of(debit(ALICE, 1)), List.of(debit(ALICE, 2))),
                Arguments.of("order", rich, with(rich, sell)),
                Arguments.of("price", with(rich, sell), with(rich, sell(1, ALICE, 11, 5, LATER))),
                Arguments.of("quantity", with(rich, sell), with(rich, sell(1, ALICE, 10, 6, LATER))),
                Arguments.of("expiry", with(rich, sell), with(rich, sell(1, ALICE, 10, 5, LATER + 1))),
                Arguments.of("side", with(rich, sell), with(rich, place(1, ALICE, Side.BUY, 10, 5, LATER))),
                Arguments.of("owner of an order", with(rich, sell), with(rich, sell(1, BOB, 10, 5, LATER))),
                Arguments.of("remainder", with(rich, sell, buy), with(rich, sell, smallBuy)),
                Arguments.of("fill", with(rich, sell, buy), with(rich, sell, buy, settle)),
                Arguments.of("end of a fill", with(rich, sell, buy, giveBack), with(rich, sell, buy, settle)),
                Arguments.of(
                        "fill that was",
                        with(rich, sell, buy, giveBack),
                        with(rich, sell, new Command.CancelOrder(new OrderId(1), ALICE), sell(2, BOB, 0, 0, LATER))));
    }

    private static List<Command> with(List<Command> commands, Command... more) {
        return Stream.concat(commands.stream(), Stream.of(more)).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("different")
    void statesThatDifferHaveDifferentHashes(String what, List<Command> some, List<Command> others) {
        assertThat(hashAfter(some)).as(what).isNotEqualTo(hashAfter(others));
    }

    @Test
    void equalStatesHaveOneHashWhicheverWayTheyCameAbout() {
        assertThat(hashAfter(List.of(credit(ALICE, GOLD), credit(BOB, GOLD), debit(BOB, 1_000))))
                .isEqualTo(hashAfter(List.of(credit(ALICE, GOLD))));
        assertThat(hashAfter(List.of(credit(BOB, CASH), credit(ALICE, GOLD))))
                .isEqualTo(hashAfter(List.of(credit(ALICE, GOLD), credit(BOB, CASH))));
    }

    @Test
    void everyPartOfAnOrderAFillAndABalanceCounts() {
        Command.PlaceOrder terms = (Command.PlaceOrder) sell(1, ALICE, 10, 5, LATER);
        Order whole = new Order(terms, Floor.SPEC);
        Order part = new Order(terms, Floor.SPEC);
        part.reduce(1);

        assertThat(hash(whole)).isNotEqualTo(hash(part));
        assertThat(hash(whole))
                .isNotEqualTo(hash(new Order((Command.PlaceOrder) sell(1, BOB, 10, 5, LATER), Floor.SPEC)));
        assertThat(hash(whole))
                .isNotEqualTo(hash(new Order((Command.PlaceOrder) sell(1, ALICE, 10, 5, NOW), Floor.SPEC)));
        assertThat(hash(1, 2)).isNotEqualTo(hash(1, 3)).isNotEqualTo(hash(2, 2));
        assertThat(fundsWithOneSettling(1)).isNotEqualTo(fundsWithOneSettling(2));
        assertThat(bookWith(Side.SELL)).isNotEqualTo(bookWith(Side.BUY)).isNotEqualTo(hash(new Book(Floor.SPEC)));
        assertThat(hash(new Book(Floor.SPEC))).isNotEqualTo(bookWith(Side.BUY));
    }

    @Test
    void theHashIsFnv1a() {
        StateHash hash = new StateHash();
        assertThat(hash.value()).isEqualTo(0xcbf29ce484222325L);

        hash.add(0x61);

        // "a" is 0xaf63dc4c8601ec8c in FNV-1a; seven zero bytes multiply it by the prime seven times.
        long expected = 0xaf63dc4c8601ec8cL;
        for (int i = 0; i < 7; i++) {
            expected *= 0x100000001b3L;
        }
        assertThat(hash.value()).isEqualTo(expected);
    }

    private static long hash(Order order) {
        StateHash hash = new StateHash();
        order.hashInto(hash);
        return hash.value();
    }

    private static long hash(Book book) {
        StateHash hash = new StateHash();
        book.hashInto(hash);
        return hash.value();
    }

    /** The hash of as many ended fills and one that is pending and pays an amount. */
    private static long hash(int endedFills, long amount) {
        Fills fills = new Fills();
        for (int i = 0; i < endedFills; i++) {
            fills.remove(fills.add(fill(1)));
        }
        fills.add(fill(amount));
        StateHash hash = new StateHash();
        fills.hashInto(hash);
        return hash.value();
    }

    private static Fills.Fill fill(long amount) {
        return new Fills.Fill(new BalanceKey(ALICE, GOLD), amount, new BalanceKey(BOB, CASH), amount);
    }

    private static long fundsWithOneSettling(long amount) {
        BalanceKey key = new BalanceKey(ALICE, GOLD);
        Funds funds = new Funds();
        funds.credit(key, 10 + amount);
        funds.reserve(key, amount);
        funds.pay(key, amount);
        StateHash hash = new StateHash();
        funds.hashInto(hash);
        return hash.value();
    }

    private static long bookWith(Side side) {
        Book book = new Book(Floor.SPEC);
        book.side(side).add(new Order((Command.PlaceOrder) place(1, ALICE, side, 10, 5, LATER), Floor.SPEC));
        return hash(book);
    }
}
