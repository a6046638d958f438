package io.quoin.node.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db.example:5433/q?user=u&password=s3cret, jdbc:postgresql://db.example:5433/q, u, s3cret",
        "postgres://u:s3cret@db.example/q?sslmode=require, jdbc:postgresql://db.example/q?sslmode=require, u, s3cret",
        "postgresql://db.example/q, jdbc:postgresql://db.example/q, quoin, ''"
    })
    void parse_readsWhatOperatorsWrite(String url, String jdbcUrl, String user, String password) {
        assertThat(DatabaseAddress.parse(url)).isEqualTo(new DatabaseAddress(jdbcUrl, user, password));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://u:s3cret@host/q", "s3cret", "jdbc:postgresql:q?password=s3cret", "http://[s3cret"})
    void parse_whenItIsNoPostgresUrl_isRefused_withoutItsText(String url) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains("expected jdbc:postgresql://")
                .doesNotContain("s3cret");
    }

    @Test
    void toString_hidesThePassword() {
        assertThat(DatabaseAddress.parse("postgres://u:s3cret@h/q").toString()).doesNotContain("s3cret");
    }
}
