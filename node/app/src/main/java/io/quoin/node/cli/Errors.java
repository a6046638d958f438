package io.quoin.node.cli;

import io.quoin.node.StartRefused;
import io.quoin.node.bench.BenchFailure;
import io.quoin.node.demo.DemoFailure;
import io.quoin.node.demo.trader.TraderException;
import io.quoin.signer.keystore.KeystoreException;
import io.quoin.testnet.TestnetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong in words; the stack trace goes to the log file alone. */
final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private final CliContext context;
    private final EnvironmentDefaults defaults;

    Errors(CliContext context, EnvironmentDefaults defaults) {
        this.context = context;
        this.defaults = defaults;
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine commandLine, ParseResult parsed) {
        context.console().complain("quoin: " + words(thrown));
        context.log().file().ifPresent(file -> {
            LOG.error("{} failed", commandLine.getCommandName(), thrown);
            context.console().complain("Details: " + context.shown(file));
        });
        return ExitCode.FAILED;
    }

    @Override
    public int handleParseException(ParameterException thrown, String[] arguments) {
        CommandLine command = thrown.getCommandLine();
        String source = Optional.ofNullable(thrown.getArgSpec())
                .flatMap(defaults::variable)
                .map(variable -> " (from the environment variable " + variable + ", unless given as an option)")
                .orElse("");
        context.console().complain("quoin: " + thrown.getMessage() + source);
        if (thrown instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            for (String suggestion :
                    unmatched.getSuggestions().stream().limit(3).toList()) {
                context.console().complain("  did you mean " + suggestion + "?");
            }
        }
        context.console().complain("  See: ./" + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static String words(Throwable thrown) {
        boolean plain = thrown instanceof CommandFailure
                || thrown instanceof DemoFailure
                || thrown instanceof TraderException
                || thrown instanceof BenchFailure
                || thrown instanceof TestnetException
                || thrown instanceof KeystoreException
                || thrown instanceof StartRefused
                || thrown instanceof IOException;
        if (plain && thrown.getMessage() != null) {
            return thrown.getMessage();
        }
        if (thrown instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return words(unchecked.getCause());
        }
        return "an error that should not happen: " + thrown;
    }
}
