package io.quoin.node.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.matching.AccountId;
import io.quoin.matching.Command;
import io.quoin.matching.Event;
import io.quoin.matching.FillId;
import io.quoin.matching.OrderId;
import io.quoin.matching.Side;
import io.quoin.node.Samples;
import io.quoin.node.sequencer.AppliedEntry;
import io.quoin.node.sequencer.LogEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tables have no place for. There is no database here: nothing may come as far. */
class ProjectionTest {
    private final Projection projection = new Projection(DSL.using(SQLDialect.POSTGRES), Samples.MARKETS);

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "-1, 1, 0", "0, 1, 0", "0, 0, 1"})
    void aFillWithAFeeOrABond_failsTheTransaction(long makerFee, long takerFee, long bond) {
        Event.Filled fill = new Event.Filled(
                new FillId(1),
                Samples.MARKET.id(),
                new OrderId(1),
                new OrderId(2),
                new AccountId(1),
                new AccountId(2),
                Side.BUY,
                200_000,
                1_000,
                1_000_000_000,
                2_000_000_000,
                makerFee,
                takerFee,
                bond,
                0,
                0);

        assertThatThrownBy(() -> project(fill))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("fees and bonds");
    }

    @Test
    void aReplacedOrder_failsTheTransaction() {
        Event.OrderAmended amended =
                new Event.OrderAmended(new OrderId(1), new OrderId(2), new AccountId(1), 200_000, 1_000, 0, 0);

        assertThatThrownBy(() -> project(amended))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("OrderAmended");
    }

    @Test
    void whatABookShows_isNotKept() {
        assertThatCode(() -> project(new Event.LevelChanged(Samples.MARKET.id(), Side.BUY, 200_000, 1_000, 1)))
                .doesNotThrowAnyException();
    }

    private void project(Event event) {
        LogEntry entry = new LogEntry(1, new Command.AdvanceTime(0), Optional.empty(), Optional.empty(), Instant.EPOCH);
        projection.project(new AppliedEntry(entry, List.of(event)));
    }
}
