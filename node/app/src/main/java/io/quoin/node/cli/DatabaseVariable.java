package io.quoin.node.cli;

import io.quoin.node.schema.DatabaseAddress;
import java.util.Map;
import java.util.Optional;

/** The database of the environment: a URL holds a password, so there is no option for it. Stateless. */
final class DatabaseVariable {
    static final String NAME = "QUOIN_DB_URL";

    private DatabaseVariable() {}

    static Optional<DatabaseAddress> read(Map<String, String> environment) {
        String url = environment.getOrDefault(NAME, "");
        if (url.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DatabaseAddress.parse(url));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    "the environment variable " + NAME + " is wrong: " + e.getMessage(),
                    "correct it, or unset it to use the embedded PostgreSQL",
                    e);
        }
    }
}
