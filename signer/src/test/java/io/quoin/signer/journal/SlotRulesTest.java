package io.quoin.signer.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.fingerprint.Fingerprint;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of slot against everything that it can hold: same or other intent, payload, and a lower, same, higher fee. */
class SlotRulesTest {
    private static final ChainId CHAIN = ChainId.eip155(31337);
    private static final ChainId BITCOIN = ChainId.parse("bip122:0f9188f13cb7b2c71f2a335e3a4fc328");
    private static final EvmAddress SENDER = new EvmAddress("0x" + "11".repeat(20));
    private static final KeyName KEY = new KeyName("operator");
    private static final int FEE = 100;

    private final InMemoryJournal journal = new InMemoryJournal(List.of(), () -> Instant.EPOCH);

    enum Result {
        FRESH,
        SAME,
        REPLACED,
        CONFLICT
    }

    /** One want with an intent or outcome, whose payees or action is named too. */
    @FunctionalInterface
    private interface Wanting {
        Want of(String intent, String bound);
    }

    private static final Wanting SEND = (intent, bound) -> new Want.EvmSend(turn(7), word(intent), word(bound));
    private static final Wanting CANCEL = (intent, bound) -> new Want.EvmNonceCancel(turn(7));
    private static final Wanting FUND = (intent, bound) -> new Want.Spend(outpoint(), word(intent), Optional.empty());
    private static final Wanting SPEND =
            (intent, bound) -> new Want.Spend(outpoint(), word(intent), Optional.of(word(bound)));
    private static final Wanting END = (intent, bound) -> new Want.End(leg(), outcome(intent));
    private static final Wanting ATTEST = (intent, bound) -> new Want.Attest(message(), word(intent));

    static Stream<Arguments> pairs() {
        return Stream.of(
                        // a nonce: one intent, replaced at a higher fee only
                        table(SEND, SEND, "a", "A", "same payload", Result.SAME, Result.SAME, Result.SAME),
                        table(SEND, SEND, "a", "A", "new payload", Result.CONFLICT, Result.CONFLICT, Result.REPLACED),
                        table(SEND, SEND, "b", "A", "new payload", Result.CONFLICT, Result.CONFLICT, Result.CONFLICT),
                        table(SEND, SEND, "a", "B", "new payload", Result.CONFLICT, Result.CONFLICT, Result.CONFLICT),
                        table(SEND, SEND, "b", "B", "same payload", Result.CONFLICT, Result.CONFLICT, Result.CONFLICT),
                        // a cancel follows any intent, nothing but a cancel follows it
                        table(SEND, CANCEL, "", "", "new payload", Result.CONFLICT, Result.CONFLICT, Result.REPLACED),
                        table(CANCEL, SEND, "a", "A", "new payload", Result.CONFLICT, Result.CONFLICT, Result.CONFLICT),
                        table(CANCEL, CANCEL, "", "", "same payload", Result.SAME, Result.SAME, Result.SAME),
                        table(CANCEL, CANCEL, "", "", "new payload", Result.CONFLICT, Result.CONFLICT, Result.REPLACED),
                        // an output of no escrow: as a nonce
                        table(FUND, FUND, "a", "", "same payload", Result.SAME, Result.SAME, Result.SAME),
                        table(FUND, FUND, "a", "", "new payload", Result.CONFLICT, Result.CONFLICT, Result.REPLACED),
                        table(FUND, FUND, "b", "", "new payload", Result.CONFLICT, Result.CONFLICT, Result.CONFLICT),
                        // an escrow's output: a rebuilt batch that pays its payees the same, at any fee
                        table(SPEND, SPEND, "a", "A", "same payload", Result.SAME, Result.SAME, Result.SAME),
                        table(SPEND, SPEND, "b", "A", "new payload", Result.REPLACED, Result.REPLACED, Result.REPLACED),
                        table(SPEND, SPEND, "a", "B", "new payload", Result.CONFLICT, Result.CONFLICT, Result.CONFLICT),
                        table(SPEND, FUND, "a", "", "new payload", Result.CONFLICT, Result.CONFLICT, Result.CONFLICT),
                        table(FUND, SPEND, "a", "A", "new payload", Result.CONFLICT, Result.CONFLICT, Result.CONFLICT),
                        // a leg: one outcome, whatever the bytes and the fee
                        table(END, END, "a", "", "same payload", Result.SAME, Result.SAME, Result.SAME),
                        table(END, END, "a", "", "new payload", Result.SAME, Result.SAME, Result.SAME),
                        table(END, END, "b", "", "new payload", Result.CONFLICT, Result.CONFLICT, Result.CONFLICT),
                        table(END, END, "b", "", "same payload", Result.CONFLICT, Result.CONFLICT, Result.CONFLICT),
                        // a numbered message: one payload
                        table(ATTEST, ATTEST, "a", "", "same payload", Result.SAME, Result.SAME, Result.SAME),
                        table(
                                ATTEST,
                                ATTEST,
                                "a",
                                "",
                                "new payload",
                                Result.CONFLICT,
                                Result.CONFLICT,
                                Result.CONFLICT),
                        table(
                                ATTEST,
                                ATTEST,
                                "b",
                                "",
                                "new payload",
                                Result.CONFLICT,
                                Result.CONFLICT,
                                Result.CONFLICT))
                .flatMap(rows -> rows);
    }

    @DisplayName("R9 what may follow what in one slot")
    @ParameterizedTest
    @MethodSource("pairs")
    void second_afterFirst_isAsTheTableSays(Want first, Want second, String payload, int fee, Result expected) {
        assertThat(journal.take(claim(first, "same payload", FEE))).isEqualTo(new Taken.Fresh());
        List<Held> before = journal.rows();

        Taken taken = journal.take(claim(second, payload, fee));

        assertThat(result(taken)).isEqualTo(expected);
        switch (taken) {
            case Taken.Fresh _, Taken.OverLimit _ -> throw new AssertionError("not in this table: " + taken);
            case Taken.SameAgain _ -> assertThat(journal.rows()).isEqualTo(before);
            case Taken.Replacement(Bytes32 replaced) -> {
                assertThat(replaced).isEqualTo(word("same payload"));
                assertThat(journal.rows().getFirst().turn()).isEqualTo(2);
            }
            case Taken.Conflict(Slot slot, String words) -> {
                assertThat(slot).isEqualTo(second.slot());
                assertThat(words).startsWith(slot.text() + ": ");
                assertThat(journal.rows()).as("a refusal writes nothing").isEqualTo(before);
            }
        }
    }

    @Test
    @DisplayName("R9 an outcome is the same whatever the order of its payouts, and another one with any other part")
    void outcome_isItsEndingPayeesAndAmounts() {
        Payout one = new Payout("0xa", "eip155:1/slip44:60", BigInteger.ONE);
        Payout two = new Payout("0xb", "eip155:1/slip44:60", BigInteger.TWO);
        Outcome outcome = new Outcome(Outcome.Ending.RELEASE, List.of(one, two));

        assertThat(new Outcome(Outcome.Ending.RELEASE, List.of(two, one)).hash())
                .isEqualTo(outcome.hash());
        assertThat(Stream.of(
                        new Outcome(Outcome.Ending.REFUND, List.of(one, two)),
                        new Outcome(Outcome.Ending.RELEASE, List.of(one)),
                        new Outcome(Outcome.Ending.RELEASE, List.of(one, two, two)),
                        new Outcome(Outcome.Ending.RELEASE, List.of(one, new Payout("0xc", two.asset(), two.amount()))),
                        new Outcome(
                                Outcome.Ending.RELEASE, List.of(one, new Payout("0xb", two.asset(), BigInteger.TEN))),
                        new Outcome(
                                Outcome.Ending.RELEASE,
                                List.of(one, new Payout("0xb", "eip155:2/slip44:60", two.amount())))))
                .noneMatch(other -> other.hash().equals(outcome.hash()));
    }

    @Test
    void signature_whenAskedAgain_isTheOneKept_andIsNeverChanged() {
        Claim claim = claim(SEND.of("a", "A"), "same payload", FEE);
        journal.take(claim);

        assertThat(journal.signed(claim, new Hex("0x01"))).isEqualTo(new Hex("0x01"));
        assertThat(journal.signed(claim, new Hex("0x02")))
                .as("the first is kept")
                .isEqualTo(new Hex("0x01"));

        assertThat(journal.take(claim)).isEqualTo(new Taken.SameAgain(Optional.of(new Hex("0x01"))));
    }

    @Test
    void signature_ofAReplacedPayload_isNotKept() {
        Claim first = claim(SEND.of("a", "A"), "same payload", FEE);
        Claim second = claim(SEND.of("a", "A"), "new payload", FEE + 1);
        journal.take(first);
        journal.take(second);

        journal.signed(first, new Hex("0x01"));

        assertThat(journal.take(second)).isEqualTo(new Taken.SameAgain(Optional.empty()));
        assertThat(journal.take(first)).isInstanceOf(Taken.Conflict.class);
    }

    @Test
    void signature_ofAnotherBatchWithTheSameOutcome_isNotGiven() {
        Claim first = claim(END.of("a", ""), "batch one", FEE);
        journal.take(first);
        journal.signed(first, new Hex("0x01"));

        assertThat(journal.take(claim(END.of("a", ""), "batch two", FEE)))
                .isEqualTo(new Taken.SameAgain(Optional.empty()));
        assertThat(journal.take(first)).isEqualTo(new Taken.SameAgain(Optional.of(new Hex("0x01"))));
    }

    @Test
    @DisplayName("R9 all slots of a claim are taken or none")
    void claim_whenOneSlotConflicts_takesNone() {
        journal.take(claim(END.of("a", ""), "batch one", FEE));
        Want.EvmSend send = new Want.EvmSend(turn(8), word("release"), word("A"));

        Taken taken = journal.take(Claim.evm(
                KEY, word("batch two"), BigInteger.ONE, send, List.of(new Want.End(leg(), outcome("b"))), List.of()));

        assertThat(taken).isInstanceOf(Taken.Conflict.class);
        assertThat(journal.rows()).hasSize(1);
    }

    @Test
    @DisplayName("R9 an action that a cancel displaced re-opens only when the cancel is final")
    void action_whenCancelled_standsElsewhereOnlyOnceTheCancelIsFinal() {
        assertThat(journal.take(action("A", 7, "at 7"))).isInstanceOf(Taken.Fresh.class);
        assertThat(journal.take(action("A", 8, "at 8"))).isInstanceOf(Taken.Conflict.class);

        assertThat(journal.take(claim(CANCEL.of("", ""), "cancel", FEE + 1))).isInstanceOf(Taken.Replacement.class);
        assertThat(journal.take(action("A", 8, "at 8")))
                .as("the cancel is not final")
                .isInstanceOf(Taken.Conflict.class);
        journal.cancelFinal(turn(7));
        journal.cancelFinal(turn(7));

        assertThat(journal.take(action("A", 8, "at 8"))).isInstanceOf(Taken.Fresh.class);
        assertThat(journal.take(action("A", 9, "at 9"))).isInstanceOf(Taken.Conflict.class);
        journal.cancelFinal(turn(7));
        assertThat(journal.take(action("A", 9, "at 9")))
                .as("the old cancel frees it once only")
                .isInstanceOf(Taken.Conflict.class);
        assertThat(journal.take(claim(CANCEL.of("", ""), "cancel again", FEE + 2)))
                .as("nothing is left to cancel")
                .isInstanceOf(Taken.Conflict.class);
    }

    @Test
    void cancelFinal_whenNobodyCancelled_isRefused() {
        assertThatThrownBy(() -> journal.cancelFinal(turn(7))).hasMessageContaining("never signed for");
        journal.take(action("A", 7, "at 7"));

        assertThatThrownBy(() -> journal.cancelFinal(turn(7))).hasMessageContaining("never cancelled");
    }

    @Test
    void claim_thatNamesASlotTwiceOrNone_isRefused() {
        Want want = SEND.of("a", "A");

        assertThatThrownBy(() -> new Claim(KEY, word("p"), BigInteger.ONE, List.of(want, want), List.of()))
                .hasMessageContaining("two wants for evm-nonce/");
        assertThatThrownBy(() -> new Claim(KEY, word("p"), BigInteger.ONE, List.of(), List.of()))
                .hasMessageContaining("1 to 4096 slots");
        assertThatThrownBy(() -> new Claim(KEY, word("p"), BigInteger.valueOf(-1), List.of(want), List.of()))
                .hasMessageContaining("fee");
    }

    private static Stream<Arguments> table(
            Wanting first,
            Wanting second,
            String intent,
            String bound,
            String payload,
            Result lower,
            Result equal,
            Result higher) {
        Want held = first.of("a", "A");
        Want next = second.of(intent, bound);
        return Stream.of(
                Arguments.of(held, next, payload, FEE - 1, lower),
                Arguments.of(held, next, payload, FEE, equal),
                Arguments.of(held, next, payload, FEE + 1, higher));
    }

    private static Result result(Taken taken) {
        return switch (taken) {
            case Taken.Fresh _ -> Result.FRESH;
            case Taken.SameAgain _ -> Result.SAME;
            case Taken.Replacement _ -> Result.REPLACED;
            case Taken.Conflict _, Taken.OverLimit _ -> Result.CONFLICT;
        };
    }

    private static Claim action(String action, long nonce, String payload) {
        Want.EvmSend send = new Want.EvmSend(turn(nonce), word("intent of " + action), word(action));
        return Claim.evm(KEY, word(payload), BigInteger.valueOf(FEE), send, List.of(), List.of());
    }

    private static Claim claim(Want want, String payload, long fee) {
        return new Claim(KEY, word(payload), BigInteger.valueOf(fee), List.of(want), List.of());
    }

    private static Slot.EvmTurn turn(long nonce) {
        return new Slot.EvmTurn(CHAIN, SENDER, new EvmNonce(nonce));
    }

    private static Slot.Outpoint outpoint() {
        return new Slot.Outpoint(BITCOIN, word("transaction"), 1);
    }

    private static Slot.EscrowLeg leg() {
        return new Slot.EscrowLeg(CHAIN, word("escrow"), 0);
    }

    private static Slot.TypedMessage message() {
        return new Slot.TypedMessage(CHAIN, SENDER, EvmAddress.ZERO, BigInteger.valueOf(5));
    }

    private static Outcome outcome(String payee) {
        return new Outcome(
                Outcome.Ending.RELEASE, List.of(new Payout(payee, "eip155:31337/slip44:60", BigInteger.TEN)));
    }

    private static Bytes32 word(String text) {
        return Fingerprint.of(text).sha256();
    }
}
