package io.quoin.matching;

import java.util.Arrays;

/**
 * The one price at which a crossed book would match: most volume, then least imbalance, then nearest to a preferred
 * price (M30). Between two neighbouring limits demand and supply do not change, so that it looks at one interval of
 * prices after the other, upwards from the best ask to the best bid; it takes time in proportion to the levels
 * between.
 */
final class Uncrossing {
    private final Levels levels;
    private final Limits bids = new Limits();
    private final Limits asks = new Limits();
    private long price;
    private long volume;
    private long imbalance;

    Uncrossing(Levels levels) {
        this.levels = levels;
    }

    /** The price, in ticks; 0 if the book is not crossed. */
    long price() {
        return price;
    }

    /** What is matched at the price, in lots. */
    long volume() {
        return volume;
    }

    /** What is bid at the price less what is asked, in lots. */
    long imbalance() {
        return imbalance;
    }

    /** Looks at a book; the preferred price is 0 if there is none. */
    void find(Ladder bidSide, Ladder askSide, long tick, long preferred) {
        price = 0;
        volume = 0;
        imbalance = 0;
        if (bidSide.isEmpty() || askSide.isEmpty() || bidSide.bestPrice() < askSide.bestPrice()) {
            return;
        }
        bids.gather(bidSide, levels, askSide.bestPrice(), true);
        asks.gather(askSide, levels, bidSide.bestPrice(), false);
        choose(tick, preferred);
    }

    private void choose(long tick, long preferred) {
        long highest = bids.prices[0];
        long lowestBest = 0;
        long highestBest = 0;
        long start = asks.prices[0];
        int bid = bids.size - 1; // the lowest bid that is still at or above the interval
        int ask = 0; // the highest ask that is at or below it
        while (start <= highest) {
            long nextAsk = ask + 1 < asks.size ? asks.prices[ask + 1] : Long.MAX_VALUE;
            long end = Math.min(Math.min(bids.prices[bid], nextAsk - tick), highest);
            long demand = bids.sums[bid];
            long supply = asks.sums[ask];
            long matched = Math.min(demand, supply);
            long difference = Math.abs(demand - supply);
            if (matched > volume || (matched == volume && difference < Math.abs(imbalance))) {
                volume = matched;
                imbalance = demand - supply;
                lowestBest = start;
                highestBest = end;
            } else if (matched == volume && difference == Math.abs(imbalance)) {
                highestBest = end;
            }
            if (end == highest) {
                break;
            }
            start = end + tick;
            bid -= bids.prices[bid] == end ? 1 : 0;
            ask += nextAsk == start ? 1 : 0;
        }
        price = preferred == 0 ? lowestBest : Math.clamp(preferred, lowestBest, highestBest);
        imbalance = bids.sumAt(price, true) - asks.sumAt(price, false);
    }

    /** The crossing levels of one side, best first: price, and what remains at it and at better ones. */
    private static final class Limits {
        private static final int SMALLEST = 64;

        private long[] prices = new long[SMALLEST];
        private long[] sums = new long[SMALLEST];
        private int size;

        private void gather(Ladder side, Levels levels, long worst, boolean descending) {
            size = 0;
            long sum = 0;
            for (boolean more = side.walk(); more; more = side.walkOn(levels)) {
                long at = side.walkedPrice();
                if (descending ? at < worst : at > worst) {
                    return;
                }
                sum += levels.remaining(side.walkedLevel());
                add(at, sum);
            }
        }

        private void add(long at, long sum) {
            if (size == prices.length) {
                prices = Arrays.copyOf(prices, size << 1);
                sums = Arrays.copyOf(sums, size << 1);
            }
            prices[size] = at;
            sums[size++] = sum;
        }

        /** Returns what remains at a price and at better ones. */
        private long sumAt(long at, boolean descending) {
            int low = -1;
            int high = size - 1;
            while (low < high) {
                int middle = (low + high + 1) >> 1;
                if (descending ? prices[middle] >= at : prices[middle] <= at) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low < 0 ? 0 : sums[low];
        }
    }
}
