package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderIdTest {
    @Test
    void equalsByValue() {
        assertThat(new OrderId(7)).isEqualTo(new OrderId(7));
    }
}
