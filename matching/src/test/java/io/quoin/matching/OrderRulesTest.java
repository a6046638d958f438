package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CASH;
import static io.quoin.matching.Floor.GOLD;
import static io.quoin.matching.Floor.HOUSE;
import static io.quoin.matching.Floor.MARKET;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.RejectReason.*;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderRulesTest {
    private static final OrderTerms LIMIT = OrderTerms.limit(BUY, 100, 10);
    private static final OrderTerms POST = LIMIT.postOnly(PostOnly.REJECT);
    private static final OrderTerms KILL = LIMIT.timeInForce(TimeInForce.FOK);
    private static final OrderTerms STOP = OrderTerms.stop(BUY, 100, 10).price(100);
    private static final long MOST = (1L << 62) - 1;

    private final Floor floor =
            Floor.of(SPEC.with(new OrderBounds(5, 2, 4, 40, 2, 4)).with(new PriceBand(1_000, 100)));

    private void rejected(RejectReason reason, OrderTerms... all) {
        for (OrderTerms terms : all) {
            assertThat(floor.place(ALICE, terms)).as("%s", terms).containsExactly("rejected " + reason);
        }
    }

    private static OrderTerms stopLimit(long stop, long price) {
        return OrderTerms.stopLimit(BUY, stop, price, 10);
    }

    @Test
    void anOrderNeedsAnIdOfItsOwnAndAMarket() {
        floor.place(ALICE, LIMIT);

        for (long id : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThat(floor.apply(new Command.PlaceOrder(new OrderId(id), MARKET, ALICE, LIMIT, OrderLabels.NONE)))
                    .containsExactly("rejected ORDER_ID_INVALID");
        }
        assertThat(floor.apply(new Command.PlaceOrder(new OrderId(1), MARKET, BOB, LIMIT, OrderLabels.NONE)))
                .containsExactly("rejected DUPLICATE_ORDER");
        assertThat(floor.placeIn(new MarketId(0), ALICE, LIMIT, OrderLabels.NONE))
                .containsExactly("rejected UNKNOWN_MARKET");
    }

    @Test
    void timeInForceAndExpiryGoTogether() {
        rejected(TERMS_INVALID, LIMIT.until(9).timeInForce(TimeInForce.GTC), LIMIT.until(0), LIMIT.until(-1));
        rejected(TERMS_INVALID, KILL.until(-1), OrderTerms.market(BUY, 10).until(Long.MIN_VALUE));
    }

    @Test
    void whatTakesTheMarketDoesNotRest() {
        rejected(
                TERMS_INVALID,
                OrderTerms.market(BUY, 10).timeInForce(TimeInForce.GTC),
                STOP.until(9).timeInForce(TimeInForce.GTD));
    }

    @Test
    void slippageIsOfWhatTakesTheMarket() {
        rejected(
                TERMS_INVALID,
                LIMIT.slippage(1),
                STOP.slippage(-1),
                STOP.slippage(10_000),
                stopLimit(100, 100).slippage(1));
        assertThat(floor.place(ALICE, STOP.slippage(9_999))).startsWith("accepted 5 at 100");
    }

    @Test
    void postOnlyIsALimitOrderThatRestsWithoutAMinimum() {
        rejected(TERMS_INVALID, POST.minimum(2), POST.timeInForce(TimeInForce.IOC), STOP.postOnly(PostOnly.SLIDE));
        rejected(TERMS_INVALID, stopLimit(100, 100).postOnly(PostOnly.REJECT));
    }

    @Test
    void aDisplayIsOfAnOrderThatRests() {
        rejected(TERMS_INVALID, KILL.display(2), OrderTerms.market(BUY, 10).display(2));
    }

    @Test
    void labelsAreNeverLookedAt() {
        assertThat(floor.place(ALICE, LIMIT, new OrderLabels(-1, -1, -1, -1))).startsWith("accepted 1 at 100");
    }

    @Test
    void aPriceIsThereWhereItMustBe() {
        rejected(PRICE_INVALID, LIMIT.price(0), LIMIT.price(-5), LIMIT.price(Long.MIN_VALUE), STOP.price(0));
        rejected(PRICE_INVALID, OrderTerms.market(BUY, 10).price(-5), stopLimit(100, 0));
        rejected(PRICE_INVALID, stopLimit(0, 100), stopLimit(-5, 100), OrderTerms.stop(SELL, 0, 10));
    }

    @Test
    void onlyStopsHaveAStopPrice() {
        OrderTerms limit = new OrderTerms(
                BUY,
                OrderType.LIMIT,
                TimeInForce.GTC,
                100,
                10,
                0,
                0,
                5,
                0,
                PostOnly.NO,
                SelfTradePrevention.CANCEL_NEWEST,
                0);

        rejected(PRICE_INVALID, limit);
    }

    @Test
    void pricesAreWholeTicks() {
        rejected(PRICE_OFF_TICK, LIMIT.price(101), stopLimit(101, 100), LIMIT.price(Long.MAX_VALUE));
    }

    @Test
    void quantitiesAreInTheirRange() {
        rejected(QUANTITY_INVALID, LIMIT.quantity(0), LIMIT.quantity(-2), LIMIT.quantity(Long.MIN_VALUE));
        rejected(QUANTITY_INVALID, LIMIT.display(-2), LIMIT.display(12), LIMIT.minimum(-2), LIMIT.minimum(12));
        rejected(QUANTITY_OFF_LOT, LIMIT.quantity(9), LIMIT.display(3), LIMIT.minimum(3));
        rejected(QUANTITY_TOO_SMALL, LIMIT.quantity(2));
        rejected(QUANTITY_TOO_LARGE, LIMIT.quantity(42), LIMIT.quantity(Long.MAX_VALUE - 1));
    }

    @Test
    void anIcebergHasAsManyPartsAsTheMarketAllows() {
        rejected(TOO_MANY_PARTS, LIMIT.display(2));
        assertThat(floor.place(ALICE, LIMIT.quantity(8).display(2))).startsWith("accepted 2 at 100");
    }

    @Test
    void pricesAreInsideTheBandAroundTheReferencePrice() {
        rejected(
                PRICE_OUTSIDE_BAND,
                LIMIT.price(85),
                LIMIT.price(115),
                OrderTerms.market(BUY, 10).price(115));
        assertThat(floor.place(ALICE, LIMIT.price(90))).startsWith("accepted 4 at 90");
        assertThat(floor.sell(ALICE, 110, 10)).startsWith("accepted 5 at 110");
        floor.reference(0);
        assertThat(floor.place(ALICE, LIMIT.price(85)))
                .as("without a reference no band")
                .startsWith("accepted 6 at 85");
        floor.reference(200);
        assertThat(floor.book())
                .as("what is in the book stays")
                .containsExactly("90: 10 in 1", "85: 10 in 1", "110: 10 in 1");
    }

    @Test
    void theBandIsRoundedTowardsTheReferencePrice() {
        Floor fine = Floor.of(SPEC.with(new PriceBand(199, 100)));

        assertThat(fine.buy(ALICE, 98, 1)).containsExactly("rejected PRICE_OUTSIDE_BAND");
        assertThat(fine.buy(ALICE, 99, 1)).startsWith("accepted 2 at 99");
        assertThat(fine.sell(ALICE, 101, 1)).startsWith("accepted 3 at 101");
    }

    @Test
    void anExpiryThatHasPassedIsRejected() {
        floor.time(50);

        rejected(EXPIRED, LIMIT.until(49), KILL.until(1));
        assertThat(floor.place(ALICE, LIMIT.until(50))).startsWith("accepted 3 at 100");
    }

    @Test
    void amountsOfTheLargestPricesAndQuantitiesDoNotFit() {
        Floor wide = Floor.of(SPEC);
        for (long price : new long[] {1, MOST, Long.MAX_VALUE}) {
            for (long lots : new long[] {MOST / 10 + 1, MOST, Long.MAX_VALUE}) {
                assertThat(wide.buy(ALICE, price, lots)).containsExactly("rejected AMOUNT_TOO_LARGE");
                assertThat(wide.sell(ALICE, price, lots)).containsExactly("rejected AMOUNT_TOO_LARGE");
                assertThat(wide.place(ALICE, OrderTerms.stop(SELL, price, lots)))
                        .containsExactly("rejected AMOUNT_TOO_LARGE");
            }
        }
        assertThat(wide.buy(ALICE, MOST / 3, 1)).containsExactly("rejected INSUFFICIENT_BALANCE");
        assertThat(wide.buy(ALICE, MOST / 3 + 1, 1)).containsExactly("rejected AMOUNT_TOO_LARGE");
        assertThat(wide.sell(ALICE, 1, MOST / 10)).containsExactly("rejected INSUFFICIENT_BALANCE");
    }

    @Test
    void bondsAndTheQuantitiesOfABondedSideAreBounded() {
        Floor bonded = Floor.of(
                new MarketSpec(MARKET, GOLD, CASH, 1, 1).with(new BondTerms(Backing.VAULT, Backing.BONDED, 100_000)));

        assertThat(bonded.sell(ALICE, 1, (1L << 36) + 1)).containsExactly("rejected AMOUNT_TOO_LARGE");
        assertThat(bonded.sell(ALICE, 1, 1L << 36)).containsExactly("rejected INSUFFICIENT_BALANCE");
        assertThat(bonded.sell(ALICE, MOST / 10 + 1, 1))
                .as("ten times as much")
                .containsExactly("rejected AMOUNT_TOO_LARGE");
        assertThat(bonded.sell(ALICE, MOST / 10, 1)).containsExactly("rejected INSUFFICIENT_BALANCE");
    }

    @Test
    void theQuoteAmountOfAStopThatSellsIsThatAtTheTickSize() {
        Floor dear = Floor.of(new MarketSpec(MARKET, GOLD, CASH, 1, 1L << 40));

        assertThat(dear.place(ALICE, OrderTerms.stop(SELL, 1, 1L << 22)))
                .as("2^62 units of cash")
                .containsExactly("rejected AMOUNT_TOO_LARGE");
        assertThat(dear.place(ALICE, OrderTerms.stop(SELL, 1, (1L << 22) - 1)))
                .containsExactly("rejected INSUFFICIENT_BALANCE");
    }

    @Test
    void theLargestAmountsThatFitAreExact() {
        Floor large = new Floor(
                EngineLimits.DEFAULT, new MarketSpec(MARKET, GOLD, CASH, 1, 1).with(new FeeTerms(0, 10_000, HOUSE)));
        large.credit(ALICE, CASH, MOST);
        large.credit(BOB, GOLD, 1);
        large.sell(BOB, MOST / 2, 1);

        assertThat(large.buy(ALICE, MOST / 2, 1)).contains("filled 1 of 1 by 2 at " + MOST / 2);
        assertThat(large.cash(ALICE)).isEqualTo(new Balance(1, 0, MOST - 1, 0, 0, 0));
    }

    @Test
    void anOrderReservesNoMoreThanIsAvailable() {
        assertThat(floor.sell(new AccountId(40), 100, 10)).containsExactly("rejected INSUFFICIENT_BALANCE");
        floor.debit(ALICE, GOLD, START - 99);
        assertThat(floor.sell(ALICE, 100, 10)).containsExactly("rejected INSUFFICIENT_BALANCE");
        floor.credit(ALICE, GOLD, 1);
        assertThat(floor.sell(ALICE, 100, 10)).startsWith("accepted 3 at 100");
        assertThat(floor.gold(ALICE)).isEqualTo(new Balance(0, 100, 0, 0, 0, 0));
    }

    @Test
    void theFirstReasonIsSaid() {
        floor.state(MarketState.HALTED);
        rejected(MARKET_STATE, LIMIT.price(0).quantity(0).slippage(7));
        floor.state(MarketState.OPEN);
        rejected(TERMS_INVALID, LIMIT.price(0).quantity(0).slippage(7));
        rejected(PRICE_INVALID, LIMIT.price(0).quantity(0));
        rejected(PRICE_OFF_TICK, LIMIT.price(301).quantity(0));
        rejected(QUANTITY_INVALID, LIMIT.price(300).quantity(0).display(1));
        rejected(QUANTITY_OFF_LOT, LIMIT.price(300).quantity(1));
        rejected(QUANTITY_TOO_SMALL, LIMIT.price(300).quantity(2));
        rejected(TOO_MANY_PARTS, LIMIT.price(300).display(2));
        rejected(PRICE_OUTSIDE_BAND, LIMIT.price(300).until(1));
    }
}
