package io.quoin.matching;

import static io.quoin.matching.Floor.ALICE;
import static io.quoin.matching.Floor.BOB;
import static io.quoin.matching.Floor.CAROL;
import static io.quoin.matching.Floor.CASH;
import static io.quoin.matching.Floor.GOLD;
import static io.quoin.matching.Floor.HOUSE;
import static io.quoin.matching.Floor.MARKET;
import static io.quoin.matching.Floor.SPEC;
import static io.quoin.matching.Floor.START;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final long[] HOSTILE = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE};

    @Test
    void aRefusedCommandChangesNothing() {
        Engine engine = new Engine();
        engine.apply(new Command.OpenMarket(SPEC));
        engine.apply(new Command.Credit(ALICE, GOLD, START));
        long before = engine.stateHash();

        engine.apply(new Command.PlaceOrder(
                new OrderId(1), MARKET, ALICE, OrderTerms.limit(SELL, 1, START), OrderLabels.NONE));
        engine.apply(new Command.Debit(ALICE, GOLD, 0));
        engine.apply(new Command.CancelOrder(new OrderId(1), ALICE));
        engine.apply(new Command.OpenMarket(SPEC));

        assertThat(engine.stateHash()).isEqualTo(before);
    }

    @Test
    void hostileNumbersAreAnsweredNotThrown() {
        for (long a : HOSTILE) {
            for (long b : HOSTILE) {
                Floor floor = Floor.of(SPEC);
                floor.sell(BOB, 100, 5);
                hostile(a, b).forEach(floor::apply);
                assertThat(floor.isOpen(1) || a > 0 || b > 0).isTrue();
            }
        }
    }

    private static Stream<Command> hostile(long a, long b) {
        WithdrawalId withdrawal = new WithdrawalId(a);
        return Stream.of(
                new Command.PlaceOrder(new OrderId(2), MARKET, ALICE, OrderTerms.limit(BUY, a, b), OrderLabels.NONE),
                new Command.PlaceOrder(
                        new OrderId(3), MARKET, ALICE, OrderTerms.stopLimit(SELL, a, b, 1), OrderLabels.NONE),
                new Command.PlaceOrder(new OrderId(a), MARKET, ALICE, OrderTerms.market(BUY, b), OrderLabels.NONE),
                new Command.PlaceOrder(
                        new OrderId(4),
                        MARKET,
                        ALICE,
                        OrderTerms.limit(SELL, 200, 5).display(a).minimum(b),
                        OrderLabels.NONE),
                new Command.AmendOrder(new OrderId(1), new OrderId(a), BOB, b, a, b, a, b),
                new Command.AmendOrder(new OrderId(1), new OrderId(9), BOB, 100, b, a, 0, a),
                new Command.CancelOrder(new OrderId(a), new AccountId(b)),
                new Command.CancelAll(new CancelScope.OfSession(new AccountId(a), b)),
                new Command.RequestWithdrawal(withdrawal, ALICE, CASH, b),
                new Command.CoSignWithdrawal(withdrawal, b),
                new Command.ExpireWithdrawal(withdrawal, b),
                new Command.FinaliseWithdrawal(withdrawal),
                new Command.SettleFill(new FillId(a)),
                new Command.Credit(new AccountId(a), CASH, b),
                new Command.RequestExit(CAROL, CASH),
                new Command.FinaliseExit(CAROL, CASH, a),
                new Command.Debit(CAROL, CASH, b),
                new Command.SetReferencePrice(MARKET, a),
                new Command.AdvanceTime(b));
    }

    @Test
    void theSameCommandsGiveTheSameEventsAndTheSameStateHash() {
        SlowModel model = new SlowModel(EngineLimits.DEFAULT);
        RandomCommands drawn = new RandomCommands(new SplittableRandom(5), model, EngineLimits.DEFAULT);
        Engine first = new Engine();
        Engine second = new Engine();
        for (int i = 0; i < 3_000; i++) {
            Command command = drawn.next();
            model.apply(command);
            assertThat(first.apply(command)).isEqualTo(second.apply(command));
            assertThat(first.stateHash()).isEqualTo(second.stateHash());
        }
    }

    @Test
    void balancesAreSaidLastAndEachOnce() {
        Floor floor = Floor.of(SPEC.with(new FeeTerms(1, 5, HOUSE)));
        floor.sell(ALICE, 100, 1);
        floor.sell(ALICE, 101, 1);
        floor.buy(BOB, 101, 3);

        List<Boolean> isBalance = floor.events().stream()
                .map(event -> event instanceof Event.BalanceChanged)
                .toList();
        assertThat(isBalance).isSorted();
        assertThat(floor.touched()).doesNotHaveDuplicates().containsExactly("2 cash", "1 gold");
    }
}
