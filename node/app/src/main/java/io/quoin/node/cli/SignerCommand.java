package io.quoin.node.cli;

import io.quoin.node.store.signing.CheckpointLines;
import io.quoin.node.store.signing.PostgresAuditLog;
import io.quoin.signer.audit.AuditCheckpoint;
import io.quoin.signer.audit.AuditException;
import io.quoin.signer.audit.AuditKey;
import io.quoin.signer.audit.AuditVerdict;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code quoin signer}. */
@Command(
        name = "signer",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "audit",
        description = "Look at what the signer keeps.")
final class SignerCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private SignerCommand() {}

    static CommandLine line(CliContext context) {
        var audit = new CommandLine(new Audit());
        audit.addSubcommand(new Verify(context));
        var line = new CommandLine(new SignerCommand());
        line.addSubcommand(audit);
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: audit?");
    }

    /** {@code quoin signer audit}. */
    @Command(
            name = "audit",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "verify",
            description = "Look at the signer's audit log.")
    static final class Audit implements Runnable {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "which one: verify?");
        }
    }

    /** {@code quoin signer audit verify}. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Say whether the signer's audit log is as it was written; if not, name the first row that was deleted,"
                        + " edited, moved or written anew.",
                "Take the checkpoints and the key from where the signer's host cannot change them."
                        + " Exit status 1 if the log is not as it was written."
            },
            footer = {"", "Environment, as the node has it: QUOIN_DB_URL where it uses a PostgreSQL of yours."})
    static final class Verify implements Callable<Integer> {
        private final CliContext context;

        @Option(
                names = "--checkpoints",
                paramLabel = "FILE",
                required = true,
                description = "The file that the signer's checkpoints were exported to.")
        private Path checkpoints = Path.of("");

        @Option(
                names = "--audit-key",
                paramLabel = "FILE",
                required = true,
                description = "The public half of the key that signs checkpoints (PEM).")
        private Path key = Path.of("");

        Verify(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws IOException {
            context.openLog("signer");
            AuditVerdict verdict = verdict();
            Console console = context.console();
            return switch (verdict) {
                case AuditVerdict.Intact intact -> {
                    lines(intact).forEach(console::line);
                    yield ExitCode.OK;
                }
                case AuditVerdict.Broken broken -> {
                    lines(broken).forEach(console::complain);
                    yield ExitCode.FAILED;
                }
            };
        }

        private AuditVerdict verdict() throws IOException {
            try {
                PublicKey publicKey = AuditKey.publicKey(key);
                List<AuditCheckpoint> read = CheckpointLines.read(checkpoints);
                try (var database = NodeDatabase.open(context)) {
                    return PostgresAuditLog.verify(database.database(), read, publicKey);
                }
            } catch (NoSuchFileException missing) {
                throw new CommandFailure(
                        "there is no file " + missing.getFile(),
                        "the signer writes both; bring them from where they are kept",
                        missing);
            } catch (AuditException wrong) {
                throw new CommandFailure(
                        String.valueOf(wrong.getMessage()), "bring the file from where it is kept", wrong);
            }
        }

        private static List<String> lines(AuditVerdict.Intact intact) {
            long last = intact.head().number();
            String first = "The audit log is intact. Rows: " + last + "; checkpoints that it was held against: "
                    + intact.checkpoints() + ".";
            return intact.vouched() == last
                    ? List.of(first)
                    : List.of(
                            first,
                            "Rows " + (intact.vouched() + 1) + " to " + last + " came after the last checkpoint: they"
                                    + " follow on each other, but no checkpoint vouches for them yet.");
        }

        private static List<String> lines(AuditVerdict.Broken broken) {
            return List.of(
                    "The audit log is NOT as it was written.",
                    "  row     " + broken.number(),
                    "  damage  " + broken.damage().name().toLowerCase(Locale.ROOT),
                    "  " + broken.explanation(),
                    "Keep the database as it is, for who looks into it, and stop the signer.");
        }
    }
}
