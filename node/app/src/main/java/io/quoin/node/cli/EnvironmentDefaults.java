package io.quoin.node.cli;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Lets an environment variable stand in for an option that was not given. A blank variable counts as absent. */
final class EnvironmentDefaults implements IDefaultValueProvider {
    /** The options that have one. */
    private static final Map<String, String> VARIABLES = Map.of(
            "--rpc-url", "QUOIN_RPC_URL",
            "--deployment", "QUOIN_DEPLOYMENT",
            "--http-host", "QUOIN_HTTP_HOST",
            "--http-port", "QUOIN_HTTP_PORT",
            "--keystore", "QUOIN_KEYSTORE",
            "--password-file", "QUOIN_KEYSTORE_PASSWORD_FILE");

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? set(option).orElse(option.defaultValue())
                : argument.defaultValue();
    }

    /** Returns the variable that an option takes its value from, if it is set. */
    Optional<String> variable(ArgSpec argument) {
        return argument instanceof OptionSpec option && set(option).isPresent() ? name(option) : Optional.empty();
    }

    private Optional<String> set(OptionSpec option) {
        return name(option).map(environment::get).filter(value -> !value.isBlank());
    }

    private static Optional<String> name(OptionSpec option) {
        return Optional.ofNullable(VARIABLES.get(option.longestName()));
    }
}
