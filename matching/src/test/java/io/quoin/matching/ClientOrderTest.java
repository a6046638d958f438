package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
import static io.quoin.matching.Floor.CASH;
import static io.quoin.matching.Floor.GOLD;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientOrderTest {
    private static final OrderTerms TERMS = OrderTerms.limit(BUY, 100, 2);

    private final Floor floor = floor(16); // of which an account has an eighth

    private static Floor floor(int closedClientOrders) {
        Floor floor = new Floor(new EngineLimits(100, 100, 100, 100, 10, 4, closedClientOrders), SPEC);
        floor.credit(ALICE, CASH, START);
        floor.credit(CAROL, CASH, START);
        floor.credit(BOB, GOLD, START);
        return floor;
    }

    private List<String> buy(long clientOrder) {
        return buy(floor, ALICE, clientOrder);
    }

    private static List<String> buy(Floor floor, AccountId account, long clientOrder) {
        return floor.place(account, TERMS, new OrderLabels(clientOrder, 0, 0, 0));
    }

    private static void cancelAll(Floor floor, AccountId account) {
        floor.apply(new Command.CancelAll(new CancelScope.OfAccount(account)));
    }

    private List<String> amend(long order, long newOrder, long price, long lots, long clientOrder) {
        return floor.apply(new Command.AmendOrder(
                new OrderId(order), new OrderId(newOrder), ALICE, price, lots, 0, 0, clientOrder));
    }

    @Test
    void aRepeatedIdIsAnsweredWithTheFirstOutcomeAndChangesNothing() {
        buy(7);

        assertThat(buy(7)).containsExactly("repeats 1, accepted");
        assertThat(floor.book()).containsExactly("100: 2 in 1");
        assertThat(buy(0)).startsWith("accepted 3 at 100");
        assertThat(buy(0)).as("0 is no id").startsWith("accepted 4 at 100");
    }

    @Test
    void theOutcomeOfARejectedOrderIsItsReason() {
        floor.place(ALICE, TERMS.quantity(START), new OrderLabels(7, 0, 0, 0));

        assertThat(buy(7)).containsExactly("repeats 1, rejected INSUFFICIENT_BALANCE");
    }

    @Test
    void idsAreOfOneAccount() {
        buy(7);

        assertThat(floor.place(BOB, OrderTerms.limit(SELL, 101, 1), new OrderLabels(7, 0, 0, 0)))
                .startsWith("accepted 2 at 101");
    }

    @Test
    void aRepeatIsSaidBeforeAnyOtherCheck() {
        buy(7);

        assertThat(floor.placeIn(new MarketId(9), ALICE, TERMS.quantity(-1), new OrderLabels(7, 0, 0, 0)))
                .containsExactly("repeats 1, accepted");
        assertThat(amend(99, 0, -1, -1, 7)).containsExactly("repeats 1, accepted");
    }

    @Test
    void idsOfOpenOrdersAreRememberedAlwaysAndOthersUntilSoManyJoinedThem() {
        buy(1);
        buy(2);
        floor.cancel(ALICE, 2);
        buy(3);
        floor.cancel(ALICE, 3);
        assertThat(buy(2)).containsExactly("repeats 2, accepted");

        buy(5);
        floor.cancel(ALICE, 5);

        assertThat(buy(2)).as("two joined after it").startsWith("accepted 6 at 100");
        assertThat(buy(3)).containsExactly("repeats 3, accepted");
        assertThat(buy(1)).as("it is open").containsExactly("repeats 1, accepted");
    }

    @Test
    void noAccountPushesOutWhatOthersAreRememberedFor() {
        buy(floor, CAROL, 1);
        cancelAll(floor, CAROL);
        for (int order = 1; order <= 40; order++) {
            buy(order);
            cancelAll(floor, ALICE);
        }

        assertThat(buy(floor, CAROL, 1)).containsExactly("repeats 1, accepted");
        assertThat(buy(39)).containsExactly("repeats 40, accepted");
        assertThat(buy(38)).as("an account has an eighth").startsWith("accepted 44 at 100");
    }

    @Test
    void ofAllAccountsTogetherSoManyAreRemembered() {
        Floor two = floor(2);
        buy(two, ALICE, 1);
        buy(two, CAROL, 1);
        cancelAll(two, CAROL);
        cancelAll(two, ALICE);
        assertThat(buy(two, CAROL, 1)).containsExactly("repeats 2, accepted");

        two.place(BOB, OrderTerms.limit(SELL, 100, 2), new OrderLabels(1, 0, 0, 0));
        cancelAll(two, BOB);
        assertThat(buy(two, ALICE, 1)).containsExactly("repeats 1, accepted");
        assertThat(buy(two, CAROL, 1)).as("the oldest of three").startsWith("accepted 6 at 100");
    }

    @Test
    void anAmendUnderANewIdBringsItsOwnClientOrderId() {
        buy(1);
        amend(1, 10, 99, 2, 5);

        assertThat(floor.order(10).labels().clientOrder()).isEqualTo(5);
        assertThat(buy(5)).containsExactly("repeats 10, accepted");
        assertThat(buy(1)).containsExactly("repeats 1, accepted");
        buy(8);
        buy(9);
        floor.apply(new Command.CancelAll(new CancelScope.OfAccount(ALICE)));
        assertThat(buy(1)).as("it counted as closed, and so was forgotten").startsWith("accepted 6 at 100");
    }

    @Test
    void anAmendWithoutOneKeepsTheOldIdAndTheFirstOrder() {
        buy(1);
        amend(1, 10, 99, 2, 0);

        assertThat(floor.order(10).labels().clientOrder()).isEqualTo(1);
        assertThat(buy(1)).containsExactly("repeats 1, accepted");
    }

    @Test
    void aReductionsIdIsRememberedAsAcceptedAndARejectedAmendsWithItsReason() {
        buy(1);
        amend(1, 1, 100, 1, 5);
        amend(1, 10, -1, 1, 6);

        assertThat(floor.order(1).labels().clientOrder()).isEqualTo(1);
        assertThat(buy(5)).containsExactly("repeats 1, accepted");
        assertThat(buy(6)).containsExactly("repeats 10, rejected PRICE_INVALID");
    }
}
