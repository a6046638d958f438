package io.quoin.matching;

import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;

import java.math.BigInteger;

/** An order of the {@link SlowModel}, as it was given and as it stands. */
final class SlowOrder {
    final Command.PlaceOrder given;
    final SlowMarket market;
    final Side side;
    OrderTerms terms;
    long left;
    long visible;
    long reserved;
    long sequence;
    long place;
    boolean waits;

    SlowOrder(Command.PlaceOrder given, SlowMarket market, long heldPrice) {
        this.given = given;
        this.market = market;
        this.side = given.terms().side();
        this.terms = given.terms().price(heldPrice);
        this.left = terms.quantityLots();
    }

    SlowOrder copy() {
        SlowOrder copy = new SlowOrder(given, market, price());
        copy.left = left;
        copy.visible = visible;
        return copy;
    }

    OrderId id() {
        return given.order();
    }

    AccountId account() {
        return given.account();
    }

    long price() {
        return terms.priceTicks();
    }

    boolean reaches(long price) {
        return side == BUY ? price() >= price : price() <= price;
    }

    boolean isOwn(SlowOrder other) {
        int group = given.labels().tradeGroup();
        return account().equals(other.account())
                || (group != 0 && group == other.given.labels().tradeGroup());
    }

    boolean isBonded() {
        return market.spec.backing(side) == Backing.BONDED;
    }

    SlowKey reserving() {
        return new SlowKey(account(), market.spec.reservedBy(side));
    }

    /** M16. */
    long minimum() {
        return terms.timeInForce() == TimeInForce.FOK ? left : terms.minimumLots();
    }

    /** Takes what it shows from what is left, and a place in its level. */
    void show(long at) {
        visible = terms.displayLots() == 0 ? left : Math.min(terms.displayLots(), left);
        place = at;
    }

    /** What it reserves (M15, M36). */
    long needs() {
        MarketSpec s = market.spec;
        long base = left * s.baseUnitsPerLot();
        long quote = left * price() * s.quoteUnitsPerTickLot();
        int fee = Math.max(0, Math.max(s.fees().makerBasisPoints(), s.fees().takerBasisPoints()));
        if (isBonded()) return share(side == SELL ? quote : base, s.bonds().basisPoints(), 9_999);
        return side == SELL ? base : quote + share(quote, fee, 0);
    }

    /** So many 1/10,000 of an amount, rounded down after something was added. */
    static long share(long amount, long basisPoints, long added) {
        BigInteger product = BigInteger.valueOf(amount).multiply(BigInteger.valueOf(basisPoints));
        return product.add(BigInteger.valueOf(added))
                .divide(BigInteger.valueOf(10_000))
                .longValueExact();
    }
}
