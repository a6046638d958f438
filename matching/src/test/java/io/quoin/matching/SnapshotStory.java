package io.quoin.matching;

import java.util.ArrayList;
import java.util.List;

/**
 * Commands, always the same, that bring an engine into every kind of state that a snapshot has. The file {@code
 * snapshot-v1.bin} was written behind them by version 1, so nothing here may change: what is new goes elsewhere.
 */
final class SnapshotStory {
    static final EngineLimits LIMITS = new EngineLimits(200, 64, 60, 40, 20, 8, 12);
    static final long ORDER_OF_A_GROUP = 1;
    static final AccountId OWNER_OF_A_GROUP = new AccountId(1);
    static final int GROUP = 3;

    private static final AssetId GOLD = new AssetId(1);
    private static final AssetId CASH = new AssetId(2);
    private static final AssetId SILVER = new AssetId(3);
    private static final AccountId A = OWNER_OF_A_GROUP;
    private static final AccountId B = new AccountId(2);
    private static final AccountId C = new AccountId(3);
    private static final AccountId D = new AccountId(4);
    private static final AccountId POOR = new AccountId(5);
    private static final AccountId HOUSE = new AccountId(100);

    private final List<Command> commands = new ArrayList<>();

    private SnapshotStory() {
        open();
        banded();
        auction();
        uncrossedWhilePostOnly();
        closedMarkets();
        balances();
    }

    static List<Command> commands() {
        return List.copyOf(new SnapshotStory().commands);
    }

    private void open() {
        say(new Command.AdvanceTime(1_000));
        say(new Command.OpenMarket(new MarketSpec(new MarketId(1), GOLD, CASH, 10, 3)
                .with(new OrderBounds(1, 1, 1, Long.MAX_VALUE, 1, 5))
                .with(new PriceBand(600, 100))
                .with(new FeeTerms(-12, 25, HOUSE))));
        say(new Command.OpenMarket(new MarketSpec(new MarketId(2), SILVER, CASH, 7, 1)
                .with(new OrderBounds(5, 2, 4, 60, 4, 9))
                .with(new FeeTerms(20, 30, HOUSE))
                .with(new BondTerms(Backing.VAULT, Backing.BONDED, 1_500))
                .with(MarketState.AUCTION)));
        say(new Command.OpenMarket(new MarketSpec(new MarketId(3), GOLD, SILVER, 4, 1)
                .with(new OrderBounds(2, 1, 1, 1L << 40, 1, 6))
                .with(new BondTerms(Backing.BONDED, Backing.VAULT, 333))));
        say(new Command.OpenMarket(new MarketSpec(new MarketId(-4), GOLD, CASH, 1, 1)));
        say(new Command.OpenMarket(new MarketSpec(new MarketId(5), SILVER, GOLD, 1, 1)));
        for (AccountId account : List.of(A, B, C, D)) {
            for (AssetId asset : List.of(GOLD, CASH, SILVER)) {
                say(new Command.Credit(account, asset, 1_000_000));
            }
        }
    }

    private void banded() {
        MarketId market = new MarketId(1);
        place(1, market, A, OrderTerms.limit(Side.SELL, 105, 10), new OrderLabels(11, 7, GROUP, 0));
        place(2, market, A, OrderTerms.limit(Side.SELL, 104, 12).display(3), OrderLabels.NONE);
        place(
                3,
                market,
                B,
                OrderTerms.limit(Side.BUY, 95, 8).timeInForce(TimeInForce.GTD).until(5_000),
                new OrderLabels(21, 8, 4, 2));
        place(4, market, B, OrderTerms.limit(Side.BUY, 94, 20), new OrderLabels(23, 0, 0, 0));
        place(5, market, C, OrderTerms.stop(Side.SELL, 94, 4).slippage(250), new OrderLabels(31, 9, 5, 0));
        place(
                6,
                market,
                C,
                OrderTerms.stopLimit(Side.BUY, 105, 106, 5)
                        .timeInForce(TimeInForce.GTD)
                        .until(6_000),
                OrderLabels.NONE);
        place(
                7,
                market,
                D,
                OrderTerms.limit(Side.BUY, 104, 4).timeInForce(TimeInForce.IOC),
                new OrderLabels(41, 0, 0, 0));
        place(8, market, D, OrderTerms.limit(Side.SELL, 95, 3).postOnly(PostOnly.REJECT), new OrderLabels(42, 0, 0, 0));
        place(
                9,
                market,
                D,
                OrderTerms.limit(Side.SELL, 95, 2)
                        .postOnly(PostOnly.SLIDE)
                        .selfTrade(SelfTradePrevention.DECREMENT_AND_CANCEL),
                OrderLabels.NONE);
        place(10, market, B, OrderTerms.limit(Side.BUY, 96, 1), new OrderLabels(24, 0, 0, 0));
        say(new Command.AmendOrder(new OrderId(1), new OrderId(1), A, 105, 8, 0, 0, 0));
        say(new Command.AmendOrder(new OrderId(4), new OrderId(11), B, 95, 21, 7, 0, 22));
        place(12, market, A, OrderTerms.limit(Side.BUY, 94, 1), new OrderLabels(12, 0, 0, 0));
        say(new Command.CancelOrder(new OrderId(12), A));
        place(13, market, A, OrderTerms.limit(Side.BUY, 94, 1), new OrderLabels(11, 0, 0, 0));
        say(new Command.SettleFill(new FillId(1)));
        say(new Command.SetReferencePrice(market, 101));
    }

    private void auction() {
        MarketId market = new MarketId(2);
        place(20, market, A, OrderTerms.limit(Side.SELL, 100, 8), OrderLabels.NONE);
        place(21, market, B, OrderTerms.limit(Side.BUY, 110, 6), new OrderLabels(0, 0, 6, 0));
        place(22, market, C, OrderTerms.limit(Side.SELL, 105, 4), OrderLabels.NONE);
        place(Long.MAX_VALUE, market, D, OrderTerms.limit(Side.BUY, 90, 60), OrderLabels.NONE);
    }

    private void uncrossedWhilePostOnly() {
        MarketId market = new MarketId(3);
        place(30, market, A, OrderTerms.limit(Side.SELL, 100, 5), OrderLabels.NONE);
        place(31, market, B, OrderTerms.limit(Side.BUY, 100, 2), OrderLabels.NONE);
        place(32, market, C, OrderTerms.stopLimit(Side.SELL, 80, 78, 3).minimum(2), OrderLabels.NONE);
        say(new Command.SetMarketState(market, MarketState.AUCTION));
        place(33, market, A, OrderTerms.limit(Side.SELL, 120, 4), OrderLabels.NONE);
        place(34, market, B, OrderTerms.limit(Side.BUY, 120, 6), OrderLabels.NONE);
        place(35, market, D, OrderTerms.limit(Side.BUY, 118, 2), OrderLabels.NONE);
        say(new Command.SetMarketState(market, MarketState.POST_ONLY));
    }

    private void closedMarkets() {
        MarketId halted = new MarketId(-4);
        place(40, halted, B, OrderTerms.limit(Side.SELL, 50, 5), new OrderLabels(25, 8, 4, 2));
        place(41, halted, C, OrderTerms.limit(Side.BUY, 49, 5), OrderLabels.NONE);
        say(new Command.SetMarketState(halted, MarketState.HALTED));
        MarketId cancelOnly = new MarketId(5);
        place(42, cancelOnly, A, OrderTerms.limit(Side.SELL, 700, 3), new OrderLabels(0, -1, 0, 0));
        say(new Command.SetMarketState(cancelOnly, MarketState.CANCEL_ONLY));
    }

    private void balances() {
        say(new Command.RequestWithdrawal(new WithdrawalId(1), A, CASH, 500));
        say(new Command.RequestWithdrawal(new WithdrawalId(2), B, GOLD, 600));
        say(new Command.CoSignWithdrawal(new WithdrawalId(2), 9_000));
        say(new Command.RequestWithdrawal(new WithdrawalId(3), C, GOLD, 700));
        say(new Command.FinaliseWithdrawal(new WithdrawalId(3)));
        say(new Command.RequestExit(D, GOLD));
        say(new Command.Credit(POOR, GOLD, 10));
        say(new Command.Debit(POOR, GOLD, 30));
        say(new Command.AdvanceTime(2_000));
    }

    private void place(long id, MarketId market, AccountId account, OrderTerms terms, OrderLabels labels) {
        say(new Command.PlaceOrder(new OrderId(id), market, account, terms, labels));
    }

    private void say(Command command) {
        commands.add(command);
    }
}
