package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The hash of a state: what it is, that all of the state counts, and that nothing else does. */
class StateHashTest {
    private static final AssetId GOLD = new AssetId(1);
    private static final AssetId CASH = new AssetId(2);
    private static final AssetId OTHER = new AssetId(3);
    private static final MarketId MARKET = new MarketId(1);
    private static final AccountId A = new AccountId(1);
    private static final AccountId B = new AccountId(2);
    private static final MarketSpec SPEC = new MarketSpec(MARKET, GOLD, CASH, 10, 3);
    private static final long STORY = 0xb6c592501c34e2aL;
    private static final OrderTerms LIMIT = OrderTerms.limit(Side.BUY, 90, 8);
    private static final OrderTerms STOP = OrderTerms.stopLimit(Side.BUY, 95, 96, 8);

    @Test
    void itIsFnv1a() {
        assertThat(fnv("")).isEqualTo(0xcbf29ce484222325L);
        assertThat(fnv("a")).isEqualTo(0xaf63dc4c8601ec8cL);
        assertThat(fnv("foobar")).isEqualTo(0x85944171f73967e8L);
    }

    @Test
    void whatAStoryLeavesHasAKnownHash() {
        assertThat(SnapshotTest.toldTheStory().stateHash()).isEqualTo(STORY);
    }

    @Test
    void everyCommandThatDoesSomethingChangesIt() {
        Map<Long, Object> met = new HashMap<>();
        meet(met, "the story", SnapshotTest.toldTheStory());
        Stream.of(
                        new Command.OpenMarket(new MarketSpec(new MarketId(6), GOLD, CASH, 1, 1)),
                        new Command.SetMarketState(MARKET, MarketState.POST_ONLY),
                        new Command.SetMarketState(MARKET, MarketState.CANCEL_ONLY),
                        new Command.SetMarketState(MARKET, MarketState.HALTED),
                        new Command.SetMarketState(MARKET, MarketState.AUCTION),
                        new Command.SetReferencePrice(MARKET, 102),
                        new Command.AdvanceTime(2_001),
                        new Command.AdvanceTime(5_001),
                        new Command.Credit(A, GOLD, 1),
                        new Command.Credit(A, CASH, 1),
                        new Command.Credit(B, GOLD, 1),
                        new Command.Credit(new AccountId(5), GOLD, 1),
                        new Command.Credit(new AccountId(77), GOLD, 1),
                        new Command.Debit(A, GOLD, 1),
                        new Command.PlaceOrder(new OrderId(90), MARKET, A, LIMIT.price(95), OrderLabels.NONE),
                        new Command.PlaceOrder(
                                new OrderId(90), MARKET, A, LIMIT.price(-1), new OrderLabels(90, 0, 0, 0)),
                        new Command.PlaceOrder(
                                new OrderId(90), MARKET, A, LIMIT.quantity(0), new OrderLabels(90, 0, 0, 0)),
                        new Command.AmendOrder(new OrderId(1), new OrderId(1), A, 105, 7, 0, 0, 0),
                        new Command.AmendOrder(new OrderId(1), new OrderId(90), A, 105, 8, 0, 0, 0),
                        new Command.CancelOrder(new OrderId(1), A),
                        new Command.CancelAll(new CancelScope.OfAccount(B)),
                        new Command.SettleFill(new FillId(2)),
                        new Command.SettleFill(new FillId(3)),
                        new Command.ReturnFill(new FillId(2)),
                        new Command.ForfeitFill(new FillId(4)),
                        new Command.RequestWithdrawal(new WithdrawalId(5), A, GOLD, 1),
                        new Command.CoSignWithdrawal(new WithdrawalId(1), 9_000),
                        new Command.CoSignWithdrawal(new WithdrawalId(1), 9_001),
                        new Command.ExpireWithdrawal(new WithdrawalId(1), 0),
                        new Command.FinaliseWithdrawal(new WithdrawalId(2)),
                        new Command.RequestExit(A, OTHER),
                        new Command.CancelExit(new AccountId(4), GOLD),
                        new Command.FinaliseExit(new AccountId(4), GOLD, 5))
                .forEach(command -> {
                    Engine engine = SnapshotTest.toldTheStory();
                    engine.apply(command);
                    meet(met, command, engine);
                });
    }

    @Test
    void everyTermOfAnOrderCounts() {
        Map<Long, Object> met = new HashMap<>();
        placed(met, LIMIT);
        placed(met, OrderTerms.limit(Side.SELL, 90, 8));
        placed(met, LIMIT.price(91));
        placed(met, LIMIT.quantity(9));
        placed(met, LIMIT.display(2));
        placed(met, LIMIT.display(4));
        placed(met, LIMIT.timeInForce(TimeInForce.GTD).until(50));
        placed(met, LIMIT.timeInForce(TimeInForce.GTD).until(51));
        placed(met, LIMIT.postOnly(PostOnly.REJECT));
        placed(met, LIMIT.postOnly(PostOnly.SLIDE));
        Arrays.stream(SelfTradePrevention.values()).skip(1).forEach(mode -> placed(met, LIMIT.selfTrade(mode)));
        placed(met, STOP);
        placed(met, OrderTerms.stopLimit(Side.BUY, 94, 96, 8));
        placed(met, OrderTerms.stopLimit(Side.SELL, 95, 96, 8));
        placed(met, STOP.minimum(3));
        placed(met, STOP.minimum(4));
        placed(met, STOP.timeInForce(TimeInForce.IOC));
        placed(met, STOP.timeInForce(TimeInForce.FOK));
        placed(met, OrderTerms.stop(Side.BUY, 95, 8).price(96));
        placed(met, OrderTerms.stop(Side.BUY, 95, 8).price(96).slippage(7));
        placed(met, OrderTerms.stop(Side.BUY, 95, 8).price(96).slippage(8));
    }

    private static void placed(Map<Long, Object> met, OrderTerms terms) {
        placed(met, new Command.PlaceOrder(new OrderId(1), MARKET, A, terms, OrderLabels.NONE));
    }

    @Test
    void everyNameOfAnOrderCounts() {
        Map<Long, Object> met = new HashMap<>();
        OrderId id = new OrderId(1);
        placed(met, new Command.PlaceOrder(id, MARKET, A, LIMIT, OrderLabels.NONE));
        placed(met, new Command.PlaceOrder(new OrderId(2), MARKET, A, LIMIT, OrderLabels.NONE));
        placed(met, new Command.PlaceOrder(id, new MarketId(2), A, LIMIT, OrderLabels.NONE));
        placed(met, new Command.PlaceOrder(id, MARKET, B, LIMIT, OrderLabels.NONE));
        for (int label = 1; label <= 2; label++) {
            placed(met, new Command.PlaceOrder(id, MARKET, A, LIMIT, new OrderLabels(label, 0, 0, 0)));
            placed(met, new Command.PlaceOrder(id, MARKET, A, LIMIT, new OrderLabels(0, label, 0, 0)));
            placed(met, new Command.PlaceOrder(id, MARKET, A, LIMIT, new OrderLabels(0, 0, label, 0)));
            placed(met, new Command.PlaceOrder(id, MARKET, A, LIMIT, new OrderLabels(0, 0, 0, label)));
        }
    }

    private static void placed(Map<Long, Object> met, Command.PlaceOrder order) {
        Engine engine = funded();
        engine.apply(order);
        assertThat(engine.order(order.order())).as("%s", order).isPresent();
        meet(met, order, engine);
    }

    @Test
    void everyTermOfAMarketCounts() {
        Map<Long, Object> met = new HashMap<>();
        FeeTerms fees = new FeeTerms(3, 5, A);
        Stream<MarketSpec> specs = Stream.of(
                SPEC,
                new MarketSpec(new MarketId(2), GOLD, CASH, 10, 3),
                new MarketSpec(MARKET, OTHER, CASH, 10, 3),
                new MarketSpec(MARKET, GOLD, OTHER, 10, 3),
                new MarketSpec(MARKET, GOLD, CASH, 11, 3),
                new MarketSpec(MARKET, GOLD, CASH, 10, 4),
                SPEC.with(new OrderBounds(2, 1, 1, Long.MAX_VALUE, 1, 100)),
                SPEC.with(new OrderBounds(1, 2, 2, Long.MAX_VALUE, 2, 100)),
                SPEC.with(new OrderBounds(1, 1, 2, Long.MAX_VALUE, 2, 100)),
                SPEC.with(new OrderBounds(1, 1, 2, Long.MAX_VALUE, 1, 100)),
                SPEC.with(new OrderBounds(1, 1, 1, 999, 1, 100)),
                SPEC.with(new OrderBounds(1, 1, 1, Long.MAX_VALUE, 1, 101)),
                SPEC.with(new PriceBand(5, 0)),
                SPEC.with(new PriceBand(5, 100)),
                SPEC.with(new PriceBand(6, 100)),
                SPEC.with(fees),
                SPEC.with(new FeeTerms(4, 5, A)),
                SPEC.with(new FeeTerms(3, 6, A)),
                SPEC.with(new FeeTerms(3, 5, B)),
                SPEC.with(new BondTerms(Backing.BONDED, Backing.VAULT, 9)),
                SPEC.with(new BondTerms(Backing.VAULT, Backing.BONDED, 9)),
                SPEC.with(new BondTerms(Backing.VAULT, Backing.BONDED, 8)),
                SPEC.with(MarketState.POST_ONLY),
                SPEC.with(MarketState.CANCEL_ONLY),
                SPEC.with(MarketState.HALTED),
                SPEC.with(MarketState.AUCTION));
        specs.forEach(spec -> {
            Engine engine = new Engine();
            assertThat(engine.apply(new Command.OpenMarket(spec))).containsExactly(new Event.MarketOpened(spec));
            meet(met, spec, engine);
        });
    }

    @Test
    void everyLimitCounts() {
        Map<Long, Object> met = new HashMap<>();
        for (EngineLimits limits : List.of(
                new EngineLimits(5, 5, 5, 5, 5, 5, 5),
                new EngineLimits(6, 5, 5, 5, 5, 5, 5),
                new EngineLimits(5, 6, 5, 5, 5, 5, 5),
                new EngineLimits(5, 5, 6, 5, 5, 5, 5),
                new EngineLimits(5, 5, 5, 6, 5, 5, 5),
                new EngineLimits(5, 5, 5, 5, 6, 5, 5),
                new EngineLimits(5, 5, 5, 5, 5, 6, 5),
                new EngineLimits(5, 5, 5, 5, 5, 5, 6))) {
            meet(met, limits, new Engine(limits));
        }
    }

    @Test
    void equalStatesHaveOneHashHoweverTheyCameAbout() {
        Engine straight = funded();
        straight.apply(new Command.AdvanceTime(30));
        straight.apply(new Command.SetMarketState(MARKET, MarketState.POST_ONLY));
        straight.apply(new Command.PlaceOrder(new OrderId(1), MARKET, A, LIMIT, OrderLabels.NONE));
        straight.apply(new Command.PlaceOrder(new OrderId(2), MARKET, A, LIMIT, OrderLabels.NONE));
        straight.apply(new Command.Credit(A, GOLD, 30));

        Engine winding = new Engine(EngineLimits.DEFAULT, 12_345);
        winding.apply(new Command.Credit(A, GOLD, 0));
        FUNDING.forEach(winding::apply);
        winding.apply(new Command.AdvanceTime(10));
        winding.apply(new Command.AdvanceTime(30));
        winding.apply(new Command.AdvanceTime(20));
        winding.apply(new Command.SetReferencePrice(MARKET, 50));
        winding.apply(new Command.SetReferencePrice(MARKET, 0));
        winding.apply(new Command.SetMarketState(MARKET, MarketState.POST_ONLY));
        winding.apply(new Command.PlaceOrder(new OrderId(1), MARKET, A, LIMIT.quantity(11), OrderLabels.NONE));
        winding.apply(new Command.PlaceOrder(new OrderId(1), MARKET, A, LIMIT, OrderLabels.NONE)); // rejected
        winding.apply(new Command.AmendOrder(new OrderId(1), new OrderId(1), A, 90, 8, 0, 0, 0));
        winding.apply(new Command.PlaceOrder(new OrderId(2), MARKET, A, LIMIT.display(8), OrderLabels.NONE));
        winding.apply(new Command.Credit(A, GOLD, 10));
        winding.apply(new Command.RequestExit(A, GOLD));
        winding.apply(new Command.CancelExit(A, GOLD));
        winding.apply(new Command.RequestWithdrawal(new WithdrawalId(1), A, GOLD, 7));
        winding.apply(new Command.ExpireWithdrawal(new WithdrawalId(1), 0));
        winding = Snapshots.copy(winding, 3);
        winding.apply(new Command.Credit(A, GOLD, 20));

        assertThat(winding.stateHash()).isEqualTo(straight.stateHash());
    }

    private static final List<Command> FUNDING = List.of(
            new Command.OpenMarket(SPEC),
            new Command.OpenMarket(new MarketSpec(new MarketId(2), GOLD, CASH, 10, 3)),
            new Command.Credit(A, GOLD, 1_000_000),
            new Command.Credit(A, CASH, 1_000_000),
            new Command.Credit(B, GOLD, 1_000_000),
            new Command.Credit(B, CASH, 1_000_000));

    private static Engine funded() {
        Engine engine = new Engine();
        FUNDING.forEach(engine::apply);
        return engine;
    }

    private static void meet(Map<Long, Object> met, Object what, Engine engine) {
        assertThat(met.put(engine.stateHash(), what))
                .as("%s has the hash of this", what)
                .isNull();
        assertThat(Snapshots.copy(engine, 1).stateHash()).isEqualTo(engine.stateHash());
    }

    private static long fnv(String text) {
        StateHash hash = new StateHash();
        byte[] bytes = ("-" + text + "-").getBytes(StandardCharsets.US_ASCII);
        hash.accept(new UnsafeBuffer(bytes), 1, bytes.length - 2);
        return hash.value();
    }
}
