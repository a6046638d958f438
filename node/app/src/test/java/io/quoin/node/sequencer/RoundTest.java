package io.quoin.node.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.matching.AccountId;
import io.quoin.matching.Command;
import io.quoin.matching.OrderId;
import io.quoin.matching.OrderLabels;
import io.quoin.matching.OrderTerms;
import io.quoin.matching.PostOnly;
import io.quoin.matching.SelfTradePrevention;
import io.quoin.matching.Side;
import io.quoin.node.Samples;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.signer.caip.ChainAccount;
import io.quoin.signer.terms.OrderSide;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the engine is told the time, and what it is told of an order. */
class RoundTest {
    private static final long NOW = 1_900_000_000L;
    private static final AccountId ALICE = new AccountId(1);
    private static final long DEPOSIT = 10_000_000_000L;

    private final FakeLog log = new FakeLog();
    private final LogState state = new LogState(1);

    @BeforeEach
    void openAMarketAndDeposit() {
        log.facts.add(new Command.OpenMarket(Samples.MARKET.spec()));
        log.facts.add(new Command.Credit(ALICE, Samples.BASE.id(), DEPOSIT));
        round(NOW);
        log.entries.clear();
    }

    @Test
    void anOrder_isPlacedAsALimitOrderUntilItsMargin_onceTheEngineKnowsTheTime() {
        SubmittedOrder order = order("1", 1, NOW + 1_000);

        assertThat(round(NOW, order)).containsExactly(new PlaceOutcome.Accepted(order.id()));

        assertThat(log.commands())
                .containsExactly(
                        new Command.AdvanceTime(NOW),
                        new Command.PlaceOrder(
                                new OrderId(4),
                                Samples.MARKET.id(),
                                ALICE,
                                OrderTerms.limit(Side.SELL, 200_000, 1_000)
                                        .until(NOW + 1_000 - SubmittedOrder.LOCK_MARGIN_SECONDS)
                                        .selfTrade(SelfTradePrevention.CANCEL_NEWEST),
                                OrderLabels.NONE));
    }

    @Test
    void aPostOnlyOrder_isToBeRejectedRatherThanSlid() {
        round(NOW, TestTraders.ALICE.postOnlyOrder(Samples.MARKET, OrderSide.SELL, "2000", "1", 1));

        assertThat(log.commands())
                .last()
                .isInstanceOfSatisfying(
                        Command.PlaceOrder.class,
                        place -> assertThat(place.terms().postOnly()).isEqualTo(PostOnly.REJECT));
    }

    @Test
    void theTime_isToldOnceASecond_andNeverBackwards() {
        round(NOW, order("1", 1, NOW + 1_000), order("1", 2, NOW + 1_000));
        round(NOW, order("1", 3, NOW + 1_000));
        round(NOW - 5, order("1", 4, NOW + 1_000));
        round(NOW + 1, order("1", 5, NOW + 1_000));

        assertThat(log.times()).containsExactly(NOW, NOW + 1);
    }

    @Test
    void aRoundWithoutOrdersAndExpiries_logsNothing() {
        round(NOW);

        assertThat(log.entries).isEmpty();
    }

    @Test
    void anOrderThatIsNotCovered_isRefused_andLogsNothing() {
        assertThat(round(NOW, order("11", 1, NOW + 1_000))).singleElement().isInstanceOf(PlaceOutcome.Refused.class);

        assertThat(log.entries).isEmpty();
    }

    @Test
    void anOrderExpires_inTheFirstRoundPastItsMargin_withNobodyAsking() {
        round(NOW, order("1", 1, NOW + 100));
        long last = NOW + 100 - SubmittedOrder.LOCK_MARGIN_SECONDS;
        round(last);
        assertThat(state.engine().nextExpirySeconds()).hasValue(last);

        round(last + 1);
        round(last + 2);

        assertThat(log.times()).containsExactly(NOW, last + 1);
        assertThat(state.engine().nextExpirySeconds()).isEmpty();
        assertThat(state.engine().balance(ALICE, Samples.BASE.id()).available()).isEqualTo(DEPOSIT);
    }

    @Test
    void aReplay_givesTheSameEngineAndTheSameTime_underAnotherSalt() {
        FakeLog whole = new FakeLog();
        LogState first = new LogState(1);
        whole.facts.add(new Command.OpenMarket(Samples.MARKET.spec()));
        whole.facts.add(new Command.Credit(ALICE, Samples.BASE.id(), DEPOSIT));
        run(first, whole, NOW, order("1", 1, NOW + 1_000));

        LogState second = new LogState(2);
        whole.entries.forEach(second::apply);

        assertThat(second.engine().nowSeconds()).isEqualTo(NOW);
        assertThat(second.position()).isEqualTo(first.position());
        assertThat(second.engine().stateHash()).isEqualTo(first.engine().stateHash());
    }

    private List<PlaceOutcome> round(long nowSeconds, SubmittedOrder... orders) {
        return run(state, log, nowSeconds, orders);
    }

    private static List<PlaceOutcome> run(LogState state, FakeLog log, long nowSeconds, SubmittedOrder... orders) {
        List<SequencerTask> tasks = new ArrayList<>();
        List<CompletableFuture<PlaceOutcome>> answers = new ArrayList<>();
        for (SubmittedOrder order : orders) {
            CompletableFuture<PlaceOutcome> answer = new CompletableFuture<>();
            answers.add(answer);
            tasks.add(new SequencerTask.Place(order, answer));
        }
        Round round = new Round(state, log, Instant.ofEpochSecond(nowSeconds));
        round.run(tasks);
        round.answers().forEach(Runnable::run);
        assertThat(round.refusedFacts()).isEmpty();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static SubmittedOrder order(String quantity, long nonce, long expirySeconds) {
        return TestTraders.ALICE.order(Samples.MARKET, OrderSide.SELL, "2000", quantity, nonce, expirySeconds);
    }

    /** A log in memory, and an inbox that hands out its facts once. */
    private static final class FakeLog implements SequencerStore.Writer {
        private final List<Command> facts = new ArrayList<>();
        private final List<LogEntry> entries = new ArrayList<>();

        List<Command> commands() {
            return entries.stream().map(LogEntry::command).toList();
        }

        List<Long> times() {
            return entries.stream()
                    .map(LogEntry::command)
                    .filter(Command.AdvanceTime.class::isInstance)
                    .map(command -> ((Command.AdvanceTime) command).nowSeconds())
                    .toList();
        }

        @Override
        public Optional<AccountId> account(ChainAccount trader) {
            return Optional.of(ALICE);
        }

        @Override
        public List<WaitingCommand> waiting(int limit) {
            List<WaitingCommand> waiting = new ArrayList<>();
            for (Command fact : facts) {
                waiting.add(new WaitingCommand(waiting.size(), fact));
            }
            facts.clear();
            return waiting;
        }

        @Override
        public void append(AppliedEntry applied) {
            entries.add(applied.entry());
        }

        @Override
        public void sequenced(WaitingCommand command, long position) {
            // Handed out once only.
        }
    }
}
