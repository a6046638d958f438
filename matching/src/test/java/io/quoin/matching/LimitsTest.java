package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
import static io.quoin.matching.Floor.CASH;
import static io.quoin.matching.Floor.GOLD;
import static io.quoin.matching.Floor.HOUSE;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Side.BUY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final AccountId STRANGER = new AccountId(70);

    /** A floor with room for eight balances, of which seven are taken, and limits of its own for the rest. */
    private static Floor floor(int orders, int chunks, int fills) {
        Floor floor = new Floor(new EngineLimits(orders, chunks, 8, fills, 1, 1, 9), SPEC);
        for (AccountId account : List.of(ALICE, BOB, CAROL)) {
            floor.credit(account, GOLD, START);
            floor.credit(account, CASH, START);
        }
        return floor;
    }

    @Test
    void soManyOrdersMayBeOpenStopsIncluded() {
        Floor floor = floor(2, 9, 9);
        floor.buy(ALICE, 90, 1);
        floor.place(ALICE, OrderTerms.stopLimit(BUY, 100, 100, 1));

        assertThat(floor.buy(ALICE, 91, 1)).containsExactly("rejected ENGINE_FULL");
        assertThat(floor.amend(ALICE, 1, 10, 91, 1))
                .as("it takes the old one's room")
                .startsWith("amended 1 to 10: 1 at 91");
        floor.cancel(ALICE, 10);
        assertThat(floor.buy(ALICE, 91, 1)).startsWith("accepted 4 at 91");
    }

    @Test
    void soManyChunksOfSixtyFourPricesMayHaveOrders() {
        Floor floor = floor(9, 2, 9);
        floor.buy(ALICE, 64, 1);
        assertThat(floor.buy(ALICE, 127, 1)).startsWith("accepted 2 at 127");
        floor.sell(BOB, 128, 1);

        assertThat(floor.buy(CAROL, 127, 1)).as("one must be free").containsExactly("rejected ENGINE_FULL");
        assertThat(floor.amend(BOB, 3, 30, 300, 1)).startsWith("amended 3 to 30: 1 at 300");
        floor.cancel(BOB, 30);
        assertThat(floor.buy(CAROL, 1, 1)).startsWith("accepted 5 at 1");
    }

    @Test
    void aChunkIsOfOneSideAndOfWholeTicks() {
        Floor floor = new Floor(new EngineLimits(9, 2, 9, 9, 9, 9, 9), SPEC.with(new OrderBounds(5, 1, 1, 9, 1, 1)));
        floor.credit(ALICE, CASH, START);
        floor.credit(BOB, GOLD, START);
        floor.buy(ALICE, 5, 1);
        assertThat(floor.buy(ALICE, 63 * 5, 1)).startsWith("accepted 2 at 315");
        assertThat(floor.sell(BOB, 63 * 5 + 5, 1)).startsWith("accepted 3 at 320");
        assertThat(floor.buy(ALICE, 5, 1)).containsExactly("rejected ENGINE_FULL");
    }

    @Test
    void aTriggeredOrderThatFindsNoChunkIsCancelled() {
        Floor floor = floor(9, 3, 9);
        floor.place(ALICE, OrderTerms.stopLimit(BUY, 100, 500, 1));
        floor.place(ALICE, OrderTerms.stopLimit(BUY, 100, 600, 1));
        floor.place(ALICE, OrderTerms.stopLimit(BUY, 100, 700, 1));
        floor.place(ALICE, OrderTerms.stopLimit(BUY, 100, 800, 1));
        floor.sell(BOB, 100, 1);

        assertThat(floor.buy(CAROL, 100, 1))
                .endsWith(
                        "rested 1: 1 of 1 at 500",
                        "bid 500: 1 in 1",
                        "triggered 2 at 600",
                        "rested 2: 1 of 1 at 600",
                        "bid 600: 1 in 1",
                        "triggered 3 at 700",
                        "cancelled 1 of 3: UNFILLED",
                        "triggered 4 at 800",
                        "rested 4: 1 of 1 at 800",
                        "bid 800: 1 in 1");
    }

    @Test
    void aFillThatManyLaterOnesOvertakeEndsAsTheyDo() {
        Floor floor = floor(9, 9, 2);
        for (int fill = 1; fill <= 20; fill++) {
            floor.sell(ALICE, 100, 1);
            assertThat(floor.buy(BOB, 100, 1))
                    .contains("filled 1 of " + (2 * fill - 1) + " by " + 2 * fill + " at 100");
            if (fill > 1) {
                assertThat(floor.settle(fill)).contains("settled " + fill);
            }
        }
        assertThat(floor.settle(20)).containsExactly("refused UNKNOWN_FILL");
        assertThat(floor.settle(1)).contains("settled 1");
        assertThat(floor.settle(1)).containsExactly("refused UNKNOWN_FILL");
    }

    @Test
    void whatFindsNoRoomForMoreFillsIsCancelled() {
        Floor floor = floor(9, 9, 1);
        floor.sell(ALICE, 100, 1);
        floor.sell(ALICE, 100, 1);

        assertThat(floor.buy(BOB, 100, 2)).contains("filled 1 of 1 by 3 at 100", "cancelled 1 of 3: UNFILLED");
        assertThat(floor.buy(BOB, 90, 1)).containsExactly("rejected ENGINE_FULL");
        floor.settle(1);
        assertThat(floor.buy(BOB, 90, 1)).startsWith("accepted 5 at 90");
    }

    @Test
    void whatMeetsNothingMoreRestsThoughThereIsNoRoomForFills() {
        Floor floor = floor(9, 9, 1);
        floor.sell(ALICE, 100, 1);
        floor.sell(ALICE, 101, 1);

        assertThat(floor.buy(BOB, 100, 2)).endsWith("rested 3: 1 of 1 at 100", "bid 100: 1 in 1");
    }

    @Test
    void anOrderThatMustBeFilledIsRejectedIfThereIsNoRoomForItsFills() {
        Floor floor = floor(9, 9, 2);
        floor.place(ALICE, OrderTerms.limit(Side.SELL, 100, 30).display(10));

        assertThat(floor.place(BOB, OrderTerms.limit(BUY, 100, 21).timeInForce(TimeInForce.FOK)))
                .containsExactly("rejected NOT_FILLABLE");
        assertThat(floor.place(BOB, OrderTerms.limit(BUY, 100, 20).timeInForce(TimeInForce.FOK)))
                .contains("filled 10 of 1 by 3 at 100");
    }

    @Test
    void anAuctionThatFindsNoRoomForMoreFillsCancelsWhatStillCrosses() {
        Floor floor = floor(9, 9, 1);
        floor.apply(new Command.SetMarketState(Floor.SPEC.id(), MarketState.AUCTION));
        floor.sell(ALICE, 100, 1);
        floor.sell(ALICE, 100, 1);
        floor.buy(BOB, 100, 2);

        assertThat(floor.apply(new Command.SetMarketState(Floor.SPEC.id(), MarketState.OPEN)))
                .contains("filled 1 of 1 by 3 at 100", "cancelled 1 of 3: AUCTION_RESIDUAL");
    }

    @Test
    void soManyBalancesMayBe() {
        Floor floor = floor(9, 9, 9);
        floor.credit(STRANGER, CASH, START);

        assertThat(floor.credit(STRANGER, GOLD, 1)).containsExactly("refused ENGINE_FULL");
        assertThat(floor.debit(STRANGER, GOLD, 1)).containsExactly("refused ENGINE_FULL");
        assertThat(floor.apply(new Command.RequestExit(STRANGER, GOLD))).containsExactly("refused ENGINE_FULL");
        assertThat(floor.buy(STRANGER, 90, 1))
                .as("it could not be given what it buys")
                .containsExactly("rejected ENGINE_FULL");
        assertThat(floor.sell(STRANGER, 90, 1)).containsExactly("rejected INSUFFICIENT_BALANCE");
    }

    @Test
    void soManyMarketsAndWithdrawalsMayBe() {
        Floor floor = floor(9, 9, 9);

        assertThat(floor.apply(new Command.OpenMarket(new MarketSpec(new MarketId(2), GOLD, CASH, 1, 1))))
                .containsExactly("refused ENGINE_FULL");
        floor.apply(new Command.RequestWithdrawal(new WithdrawalId(1), ALICE, GOLD, 1));
        assertThat(floor.apply(new Command.RequestWithdrawal(new WithdrawalId(2), ALICE, GOLD, 1)))
                .containsExactly("refused ENGINE_FULL");
    }

    @Test
    void aMarketNeedsABalanceForItsFees() {
        Floor floor = new Floor(new EngineLimits(9, 9, 1, 9, 9, 9, 9), SPEC);

        assertThat(floor.apply(new Command.OpenMarket(
                        new MarketSpec(new MarketId(2), GOLD, CASH, 1, 1).with(new FeeTerms(0, 1, HOUSE)))))
                .containsExactly("refused ENGINE_FULL");
    }
}
