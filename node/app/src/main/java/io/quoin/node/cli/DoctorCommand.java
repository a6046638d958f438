package io.quoin.node.cli;

import io.quoin.node.machine.Check;
import io.quoin.node.machine.Doctor;
import io.quoin.node.machine.DoctorReport;
import io.quoin.node.machine.Platform;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code quoin doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Say what this machine lacks, and the command that installs it.",
            "Changes nothing. Exit status 1 if something that Quoin needs is missing."
        })
final class DoctorCommand implements Callable<Integer> {
    private final CliContext context;

    DoctorCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.console().waiting("looking around");
        List<Check> checks = new Doctor(context.home(), Platform.current(), context.environment()).examine();
        context.console().arrived();
        DoctorReport.lines(checks).forEach(context.console()::line);
        return DoctorReport.healthy(checks) ? ExitCode.OK : ExitCode.FAILED;
    }
}
