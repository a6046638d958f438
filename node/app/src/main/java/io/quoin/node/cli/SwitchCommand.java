package io.quoin.node.cli;

import io.quoin.node.ops.Switches;
import io.quoin.node.store.SwitchStore;
import io.quoin.node.store.SwitchStore.Setting;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quoin switch}. */
@Command(
        name = "switch",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|on|off",
        description = {
            "List, set and clear the node's switches, which stop new locks, a market or a chain.",
            "Names: " + Switches.NEW_LOCKS + ", market:QBASE-QUSD, chain:eip155:31337. One that nobody set is on."
                    + " None stops a release, a refund or a withdrawal. A running node sees a change within a second."
        },
        footer = {
            "",
            "Environment, as the node has it: QUOIN_DB_URL where it uses a PostgreSQL of yours, QUOIN_RPC_URL where it",
            "serves another chain than the local testnet."
        })
final class SwitchCommand implements Runnable {
    private static final String NAME_PATTERN =
            Switches.NEW_LOCKS + "|market:[A-Z0-9]{1,12}-[A-Z0-9]{1,12}|chain:[a-z0-9-]{3,8}:[-_a-zA-Z0-9]{1,32}";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private SwitchCommand() {}

    static CommandLine line(CliContext context) {
        var line = new CommandLine(new SwitchCommand());
        line.addSubcommand(new Show(context));
        line.addSubcommand("on", new Change(context, true));
        line.addSubcommand("off", new Change(context, false));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: list, on or off?");
    }

    /** {@code quoin switch list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "List every switch that was ever set.")
    static final class Show implements Callable<Integer> {
        private final CliContext context;

        Show(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException {
            context.openLog("switch");
            try (var database = NodeDatabase.open(context)) {
                List<Setting> settings = new SwitchStore(database.database()).all();
                settings.forEach(setting -> context.console()
                        .line(String.format(
                                "%-3s  %-24s  %s, by %s at %s",
                                setting.enabled() ? "on" : "OFF",
                                setting.name(),
                                setting.reason(),
                                setting.actor(),
                                setting.changedAt())));
                if (settings.isEmpty()) {
                    context.console().line("No switch was ever set: everything is on.");
                }
            }
            return ExitCode.OK;
        }
    }

    /** {@code quoin switch on} and {@code quoin switch off}. */
    @Command(mixinStandardHelpOptions = true, description = "Set a switch.")
    static final class Change implements Callable<Integer> {
        private final CliContext context;
        private final boolean enabled;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Parameters(paramLabel = "NAME", description = "The switch.")
        private String name = "";

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                required = true,
                description = "Why, for those who come after.")
        private String reason = "";

        Change(CliContext context, boolean enabled) {
            this.context = context;
            this.enabled = enabled;
        }

        @Override
        public Integer call() throws IOException {
            if (!name.matches(NAME_PATTERN)) {
                throw new ParameterException(
                        spec.commandLine(),
                        name + " is no switch; there are " + Switches.NEW_LOCKS + ", market:SYMBOL and chain:CAIP-2");
            }
            if (reason.isBlank()) {
                throw new ParameterException(spec.commandLine(), "the reason must say something");
            }
            context.openLog("switch");
            try (var database = NodeDatabase.open(context)) {
                String actor = System.getProperty("user.name", "unknown");
                new SwitchStore(database.database())
                        .set(new Setting(
                                name, enabled, reason, actor, Clock.systemUTC().instant()));
            }
            context.console().line(name + " is " + (enabled ? "on" : "OFF") + ": " + reason);
            return ExitCode.OK;
        }
    }
}
