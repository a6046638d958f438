package io.quoin.matching;

import java.util.List;
import java.util.random.RandomGenerator;

/** The markets of {@link RandomCommands}: three that differ in everything and share their assets, and nonsense. */
final class RandomMarkets {
    static final int COUNT = 3;

    private static final AssetId GOLD = new AssetId(1);
    private static final AssetId CASH = new AssetId(2);
    private static final AssetId SILVER = new AssetId(3);
    private static final AccountId HOUSE = new AccountId(100);

    private RandomMarkets() {}

    static MarketSpec spec(int id) {
        MarketId market = new MarketId(id);
        return switch (id) {
            case 1 ->
                new MarketSpec(market, GOLD, CASH, 10, 3)
                        .with(new OrderBounds(1, 1, 1, Long.MAX_VALUE, 1, 5))
                        .with(new PriceBand(600, 100))
                        .with(new FeeTerms(-12, 25, HOUSE));
            case 2 ->
                new MarketSpec(market, SILVER, CASH, 7, 1)
                        .with(new OrderBounds(5, 2, 4, 60, 4, 9))
                        .with(new FeeTerms(20, 30, HOUSE))
                        .with(new BondTerms(Backing.VAULT, Backing.BONDED, 1_500))
                        .with(MarketState.AUCTION);
            default ->
                new MarketSpec(market, GOLD, SILVER, 4, 1)
                        .with(new OrderBounds(2, 1, 1, 1L << 40, 1, 6))
                        .with(new BondTerms(Backing.BONDED, Backing.VAULT, 333));
        };
    }

    /** A market whose id may be taken, with one thing that may be wrong. */
    static MarketSpec nonsense(RandomGenerator random) {
        long edge = List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE).get(random.nextInt(4));
        MarketSpec s = spec(1 + random.nextInt(3));
        MarketSpec other = new MarketSpec(
                        new MarketId(2 + random.nextInt(6)), s.base(), s.quote(), s.baseUnitsPerLot(), 2)
                .with(s.bounds())
                .with(s.fees());
        return switch (random.nextInt(9)) {
            case 0 -> new MarketSpec(other.id(), GOLD, GOLD, 1, 1);
            case 1 -> new MarketSpec(other.id(), GOLD, CASH, edge, 1);
            case 2 -> other.with(new OrderBounds(edge, 1, 1, 9, 1, 1));
            case 3 -> other.with(new OrderBounds(1, 2, 3, 9, 1, 1));
            case 4 -> other.with(new PriceBand(random.nextInt(-2, 10_003), 7));
            case 5 -> other.with(new FeeTerms(random.nextInt(-10_002, 10_003), random.nextInt(-2, 10_003), HOUSE));
            case 6 -> other.with(new BondTerms(Backing.BONDED, Backing.BONDED, 5));
            case 7 -> other.with(new BondTerms(Backing.BONDED, Backing.VAULT, random.nextInt(-1, 3)));
            default -> other;
        };
    }
}
