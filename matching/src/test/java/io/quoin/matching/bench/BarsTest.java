package io.quoin.matching.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.matching.bench.Contender.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarsTest {
    private static final Contender BOOK = Contender.book("quoin-book", Role.BOOK, TreeMapBook::new);
    private static final Contender ENGINE = Contender.book("quoin-engine", Role.ENGINE, TreeMapBook::new);

    private final Results results = new Results();

    @Test
    void lines_ofBookAndEngine_areRatiosToExchangeCoreOfTheSameStream() {
        measured("mkt", "exchange-core", 100, 800, 36);
        measured("mkt", "quoin-book", 40, 400, 0);
        measured("mkt", "quoin-engine", 160, 900, 0.5);
        measured("mkt-mixed", "exchange-core", 120, 800, 36);
        measured("mkt-mixed", "quoin-book", 50, 720, 0);
        measured("mkt-mixed", "quoin-engine", 120, 900, 1.5);

        assertThat(Bars.lines(results, List.of(BOOK, ENGINE)))
                .containsExactly(
                        "figure matching_book_ratio_mkt = 2.5 x (bar >= 2) ok",
                        "figure matching_book_ratio_mkt_mixed = 2.4 x (bar >= 2) ok",
                        "figure matching_book_p999_ratio_mkt = 0.5 x (bar <= 0.75) ok",
                        "figure matching_book_p999_ratio_mkt_mixed = 0.9 x (bar <= 0.75) short",
                        "figure matching_book_scattered_ratio_mkt = 1.25 x (bar <= 1.15) short",
                        "figure matching_book_bytes = 0 B/command (bar <= 0.99) ok",
                        "figure matching_engine_ratio_mkt = 0.625 x (bar >= 0.7) short",
                        "figure matching_engine_ratio_mkt_mixed = 1 x (bar >= 0.7) ok",
                        "figure matching_engine_bytes = 1.5 B/command (bar <= 0.99) short");
    }

    @Test
    void lines_whenTheBaseWasNotMeasured_areShort() {
        measured("ec", "quoin-engine", 100, 900, 0);

        assertThat(Bars.lines(results, List.of(ENGINE)))
                .contains("figure matching_engine_ratio_ec = NaN x (bar >= 0.7) short");
    }

    @Test
    void lines_ofPeersAlone_areNone() {
        measured("ec", "exchange-core", 100, 900, 0);

        assertThat(Bars.lines(
                        results,
                        Contender.all().stream()
                                .filter(contender -> contender.role() == Role.PEER)
                                .toList()))
                .isEmpty();
    }

    private void measured(String stream, String engine, double nanos, long p999, double bytes) {
        results.of(stream, engine).add(List.of(nanos), new ForkReport(bytes, 1, 2, p999, "", ""));
    }
}
