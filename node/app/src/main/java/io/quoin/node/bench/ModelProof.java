package io.quoin.node.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The matching engine beside the slow model of its rules, on random commands: module matching's {@code ModelTest}. */
final class ModelProof implements Proof {
    private static final String SAYS = "ModelTest: ";

    @Override
    public String name() {
        return "matching-model";
    }

    @Override
    public String describe() {
        return "the matching engine answers random commands (--commands) as the slow model of its rules does";
    }

    @Override
    public List<Figure> run(ProofContext context) throws IOException, InterruptedException {
        Path log = context.directory().toAbsolutePath().resolve(name() + ".log");
        context.progress().accept("%d random commands (details: %s)".formatted(context.commands(), log));
        List<String> last = new ArrayList<>(List.of("it said nothing"));
        int status = new Maven(context.home(), log).run(arguments(context.commands()), line -> {
            if (line.startsWith(SAYS)) {
                last.set(0, line.substring(SAYS.length()));
                context.progress().accept(last.getFirst());
            }
        });
        if (status != 0) {
            throw new BenchFailure("the engine and the model differ, or could not be compared. The last word was: "
                    + last.getFirst() + ". Commands that show the difference, shrunk to a few, are in " + log);
        }
        return List.of(new Figure(
                "matching_model_commands", context.commands(), "commands", context.commands(), Figure.Better.MORE));
    }

    static List<String> arguments(long commands) {
        return List.of(
                "--projects",
                "matching",
                "--also-make",
                "-Dtest=ModelTest",
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dquoin.commands=" + commands,
                "test");
    }
}
