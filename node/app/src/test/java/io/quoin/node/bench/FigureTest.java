package io.quoin.node.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quoin.node.bench.Figure.Better;
import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void line_whenWithinTheBar_saysOk() {
        assertThat(new Figure("demo_settled", 26.5, "s", 60, Better.LESS).line())
                .isEqualTo("figure demo_settled = 26.5 s (bar <= 60) ok");
    }

    @Test
    void line_whenLessIsBetterAndItIsMore_saysShort() {
        assertThat(new Figure("demo_settled", 60.0004, "s", 60, Better.LESS).line())
                .isEqualTo("figure demo_settled = 60 s (bar <= 60) short");
    }

    @Test
    void line_whenMoreIsBetterAndItIsLess_saysShort() {
        assertThat(new Figure("orders", 999.5, "1/s", 1000, Better.MORE).line())
                .isEqualTo("figure orders = 999.5 1/s (bar >= 1000) short");
    }

    @Test
    void isOk_whenExactlyOnTheBar_isTrueEitherWay() {
        assertThat(new Figure("a", 5, "s", 5, Better.LESS).isOk()).isTrue();
        assertThat(new Figure("a", 5, "s", 5, Better.MORE).isOk()).isTrue();
    }

    @Test
    void isOk_whenNothingWasMeasured_isFalse() {
        Figure unmeasured = new Figure("a", Double.NaN, "s", 5, Better.LESS);

        assertThat(unmeasured.isOk()).isFalse();
        assertThat(unmeasured.line()).endsWith("= NaN s (bar <= 5) short");
    }

    @Test
    void name_whenSeveralWords_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Figure("two words", 1, "s", 2, Better.LESS));
    }

    @Test
    void parse_ofALine_givesTheFigureAgain() {
        Figure more = new Figure("matching_book_ratio_mkt", 2.5, "x", 2, Better.MORE);
        Figure less = new Figure("matching_book_bytes", 1.25, "B/command", 0.99, Better.LESS);

        assertThat(Figure.parse(more.line())).contains(more);
        assertThat(Figure.parse(less.line())).contains(less);
    }

    @Test
    void parse_ofAFigureThatWasNotMeasured_isShortAgain() {
        Figure unmeasured = new Figure("a", Double.NaN, "s", 5, Better.LESS);

        assertThat(Figure.parse(unmeasured.line()))
                .hasValueSatisfying(figure -> assertThat(figure.isOk()).isFalse());
    }

    @Test
    void parse_ofAnyOtherLine_isEmpty() {
        assertThat(Figure.parse("round 1 of 3  mkt  exchange-core  82.1 ns")).isEmpty();
        assertThat(Figure.parse("figure of speech")).isEmpty();
    }
}
