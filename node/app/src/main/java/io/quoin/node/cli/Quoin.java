package io.quoin.node.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program: finds the command that was asked for, runs it, and turns what went wrong into words. */
@Command(
        name = "quoin",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Quoin, a settlement node: signed orders match, each fill is locked and released on chain.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%n",
        footer = {
            "Exit status: 0 done; 1 failed, disagreed or fell short; 2 the command line was not understood;",
            "130 ended by Ctrl-C; 143 ended by a termination signal.",
            "Environment: QUOIN_DB_URL (PostgreSQL to use instead of the embedded one, with its password),",
            "QUOIN_JAVA_OPTS (options for Java), and what each command's help names."
        })
public final class Quoin implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private Quoin() {}

    /** Runs a command line and ends the process with its exit status. */
    public static void main(String[] arguments) {
        int status;
        try (Console console = Console.ofProcess(System.getenv())) {
            CliContext context = CliContext.ofProcess(console);
            status = commandLine(context).execute(arguments);
        }
        System.exit(status);
    }

    /** Puts the commands together. */
    static CommandLine commandLine(CliContext context) {
        var defaults = new EnvironmentDefaults(context.environment());
        var line = new CommandLine(new Quoin());
        line.addSubcommand(new DemoCommand(context));
        line.addSubcommand(new NodeCommand(context));
        line.addSubcommand(TestnetCommand.line(context));
        line.addSubcommand(new DeployCommand(context));
        line.addSubcommand(new BenchCommand(context));
        line.addSubcommand(new ProveCommand(context));
        line.addSubcommand(SwitchCommand.line(context));
        line.addSubcommand(SignerCommand.line(context));
        line.addSubcommand(new DoctorCommand(context));
        line.addSubcommand(new HelpCommand());
        var errors = new Errors(context, defaults);
        line.setDefaultValueProvider(defaults);
        line.setExecutionExceptionHandler(errors);
        line.setParameterExceptionHandler(errors);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        return line;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }
}
