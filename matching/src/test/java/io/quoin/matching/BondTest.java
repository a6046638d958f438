package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.HOUSE;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BondTest {
    private final Floor sellers = Floor.of(SPEC.with(new OrderBounds(1, 5, 10, 1_000, 10, 9))
            .with(new FeeTerms(0, 20, HOUSE))
            .with(new BondTerms(Backing.VAULT, Backing.BONDED, 1_001)));
    private final Floor buyers = Floor.of(SPEC.with(new BondTerms(Backing.BONDED, Backing.VAULT, 1_001)));

    @Test
    @DisplayName("R6 a bonded seller reserves a bond in what it receives")
    void aBondedSellerReservesABondInQuote() {
        sellers.sell(ALICE, 100, 15);

        assertThat(sellers.cash(ALICE).reserved()).as("ceil(4,500 x 0.1001)").isEqualTo(451);
        assertThat(sellers.gold(ALICE).available()).isEqualTo(START);
    }

    @Test
    @DisplayName("R6 a bonded buyer reserves a bond in what it receives")
    void aBondedBuyerReservesABondInBase() {
        buyers.buy(ALICE, 100, 7);

        assertThat(buyers.gold(ALICE).reserved()).as("ceil(70 x 0.1001)").isEqualTo(8);
        assertThat(buyers.cash(ALICE).available()).isEqualTo(START);
    }

    @Test
    void aFillMovesTheDifferenceOfTheBonds() {
        buyers.buy(ALICE, 100, 7);
        buyers.sell(BOB, 100, 3);

        assertThat(buyers.gold(ALICE)).isEqualTo(new Balance(START - 8, 5, 3, 0, 0, 0));
        assertThat(buyers.gold(BOB).settling()).isEqualTo(30);
        assertThat(buyers.cash(BOB).available()).isEqualTo(START);
    }

    @Test
    void theBondOfASellerIsOfItsOwnPriceNotOfTheFills() {
        sellers.buy(BOB, 120, 10);
        sellers.sell(ALICE, 100, 10);

        assertThat(sellers.cash(ALICE).settling()).as("ceil(3,000 x 0.1001)").isEqualTo(301);
    }

    @Test
    void anOrderThatTakesTheMarketIsNotTakenOnABondedSide() {
        assertThat(sellers.place(ALICE, OrderTerms.market(SELL, 10).price(50)))
                .containsExactly("rejected TERMS_INVALID");
        assertThat(sellers.place(ALICE, OrderTerms.stop(SELL, 120, 10).price(50)))
                .containsExactly("rejected TERMS_INVALID");
    }

    @Test
    void aSettledFillReturnsTheBondAndPaysOnlyWhatLiesInTheVault() {
        sellers.buy(BOB, 100, 10);
        sellers.sell(ALICE, 100, 10);

        sellers.settle(1);

        assertThat(sellers.cash(ALICE).available())
                .as("3,000 less the taker's fee")
                .isEqualTo(START + 2_994);
        assertThat(sellers.gold(BOB).available()).isEqualTo(START);
        assertThat(sellers.cash(BOB).available()).isEqualTo(START - 3_000);
        assertThat(sellers.cash(HOUSE).available()).isEqualTo(6);
    }

    @Test
    @DisplayName("R6 a bond is paid to the other side when the bonded one does not act")
    void aForfeitedFillGivesTheOtherSideItsAmountAndTheBond() {
        sellers.buy(BOB, 100, 10);
        sellers.sell(ALICE, 100, 10);
        assertThat(sellers.apply(new Command.ForfeitFill(new FillId(1)))).containsExactly("forfeited 1");
        assertThat(sellers.cash(BOB).available()).isEqualTo(START + 301);
        assertThat(sellers.cash(ALICE)).isEqualTo(new Balance(START - 301, 0, 0, 0, 0, 0));

        buyers.buy(ALICE, 100, 7);
        buyers.sell(BOB, 100, 7);
        buyers.apply(new Command.ForfeitFill(new FillId(1)));
        assertThat(buyers.gold(BOB).available()).isEqualTo(START + 8);
        assertThat(buyers.gold(ALICE).available()).isEqualTo(START - 8);
    }

    @Test
    void aReturnedFillReturnsTheBond() {
        buyers.buy(ALICE, 100, 7);
        buyers.sell(BOB, 100, 7);

        buyers.apply(new Command.ReturnFill(new FillId(1)));

        assertThat(buyers.gold(ALICE).available()).isEqualTo(START);
        assertThat(buyers.gold(BOB).available()).isEqualTo(START);
    }

    @Test
    @DisplayName("R6 the smallest fill of a market is enforced by the matching rule")
    void noFillIsBelowTheSmallestAndIcebergsAreNotTaken() {
        sellers.buy(BOB, 100, 15);
        assertThat(sellers.sell(ALICE, 100, 5)).containsExactly("rejected QUANTITY_TOO_SMALL");
        assertThat(sellers.sell(ALICE, 100, 10))
                .contains("filled 10 of 1 by 3 at 100", "cancelled 5 of 1: BELOW_MINIMUM_FILL");
        assertThat(sellers.place(ALICE, OrderTerms.limit(SELL, 100, 20).display(10)))
                .containsExactly("rejected TERMS_INVALID");
    }
}
