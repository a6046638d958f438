package io.quoin.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.matching.AccountId;
import io.quoin.matching.AssetId;
import io.quoin.node.ledger.LedgerEntry.Leg;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerEntryTest {
    private static final AccountId BUYER = new AccountId(1);
    private static final AccountId SELLER = new AccountId(2);
    private static final AssetId BASE = new AssetId(1);
    private static final AssetId QUOTE = new AssetId(2);
    private static final List<Leg> LEGS = List.of(
            new Leg(BUYER, SELLER, QUOTE, BigInteger.valueOf(500), BigInteger.valueOf(500)),
            new Leg(SELLER, BUYER, BASE, BigInteger.TWO, BigInteger.TWO));

    @Test
    void depositLockAndRelease_endWithEachSideHavingWhatTheOtherPaid() {
        Map<String, BigInteger> books = new HashMap<>();
        book(books, LedgerEntry.deposit("a", Instant.EPOCH, BUYER, QUOTE, BigInteger.valueOf(500)));
        book(books, LedgerEntry.deposit("b", Instant.EPOCH, SELLER, BASE, BigInteger.TWO));
        book(books, LedgerEntry.lock("c", Instant.EPOCH, LEGS));
        assertThat(books)
                .containsEntry("LOCKED 1 2", BigInteger.valueOf(500))
                .containsEntry("AVAILABLE 1 2", BigInteger.ZERO);

        book(books, LedgerEntry.release("d", Instant.EPOCH, LEGS));

        assertThat(books)
                .containsEntry("AVAILABLE 2 2", BigInteger.valueOf(500))
                .containsEntry("AVAILABLE 1 1", BigInteger.TWO)
                .containsEntry("LOCKED 1 2", BigInteger.ZERO)
                .containsEntry("LOCKED 2 1", BigInteger.ZERO);
    }

    @Test
    void refund_givesEachSideBackWhatItPaid() {
        Map<String, BigInteger> books = new HashMap<>();
        book(books, LedgerEntry.lock("c", Instant.EPOCH, LEGS));
        book(books, LedgerEntry.refund("d", Instant.EPOCH, LEGS));

        assertThat(books.values()).allMatch(amount -> amount.signum() == 0);
    }

    @Test
    void release_ofALegWithAFee_givesTheDifferenceToTheHouse_andARefundTakesNone() {
        List<Leg> legs = List.of(new Leg(BUYER, SELLER, QUOTE, BigInteger.valueOf(505), BigInteger.valueOf(495)));
        Map<String, BigInteger> released = new HashMap<>();
        book(released, LedgerEntry.lock("c", Instant.EPOCH, legs));
        book(released, LedgerEntry.release("d", Instant.EPOCH, legs));
        Map<String, BigInteger> refunded = new HashMap<>();
        book(refunded, LedgerEntry.lock("c", Instant.EPOCH, legs));
        book(refunded, LedgerEntry.refund("d", Instant.EPOCH, legs));

        assertThat(released)
                .containsEntry("AVAILABLE 1 2", BigInteger.valueOf(-505))
                .containsEntry("LOCKED 1 2", BigInteger.ZERO)
                .containsEntry("AVAILABLE 2 2", BigInteger.valueOf(495))
                .containsEntry("HOUSE 0 2", BigInteger.TEN);
        assertThat(refunded.values()).allMatch(amount -> amount.signum() == 0);
    }

    @Test
    void leg_whenMoreWouldArriveThanWasPaid_isRefused() {
        assertThatThrownBy(() -> new Leg(BUYER, SELLER, QUOTE, BigInteger.ONE, BigInteger.TWO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withdrawal_ofMoreThanTheLedgerHas_showsAsUnexplained() {
        Map<String, BigInteger> books = new HashMap<>();
        book(
                books,
                LedgerEntry.withdrawal(
                        "a", Instant.EPOCH, BUYER, QUOTE, BigInteger.valueOf(500), BigInteger.valueOf(501)));

        assertThat(books)
                .containsEntry("AVAILABLE 1 2", BigInteger.valueOf(-500))
                .containsEntry("UNEXPLAINED 0 2", BigInteger.ONE.negate())
                .containsEntry("CUSTODY 0 2", BigInteger.valueOf(501));
    }

    @Test
    void entry_whenItDoesNotBalance_isRefused() {
        List<LedgerPosting> postings =
                List.of(new LedgerPosting(LedgerBook.AVAILABLE, Optional.of(BUYER), BASE, BigInteger.ONE));

        assertThatThrownBy(() -> new LedgerEntry(LedgerKind.DEPOSIT, "x", Instant.EPOCH, postings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not balance");
    }

    private static void book(Map<String, BigInteger> books, LedgerEntry entry) {
        entry.postings()
                .forEach(posting -> books.merge(
                        posting.book() + " "
                                + posting.owner().map(AccountId::value).orElse(0L) + " "
                                + posting.asset().value(),
                        posting.amount(),
                        BigInteger::add));
    }
}
