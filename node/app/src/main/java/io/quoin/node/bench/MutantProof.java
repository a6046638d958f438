package io.quoin.node.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many faults that are planted into the matching engine its tests find: mutation testing with PIT. */
final class MutantProof implements Proof {
    private static final double BAR = 85; // in matching/pom.xml too
    private static final double PERCENT = 100;
    private static final Pattern SCORE = Pattern.compile(">> Generated (\\d+) mutations Killed (\\d+) \\(\\d+%\\)");
    private static final Pattern PROGRESS = Pattern.compile(".*?(\\d+ mutations completed)");

    @Override
    public String name() {
        return "matching-mutants";
    }

    @Override
    public String describe() {
        return "the matching engine's tests find the faults that PIT plants into it";
    }

    @Override
    public List<Figure> run(ProofContext context) throws IOException, InterruptedException {
        Path log = context.directory().toAbsolutePath().resolve(name() + ".log");
        Path report = context.home().resolve("matching/target/pit-reports/index.html");
        context.progress().accept("planting faults, for the better part of an hour (details: " + log + ")");
        List<Figure> figures = new ArrayList<>();
        int status = new Maven(context.home(), log).run(arguments(), line -> {
            score(line).ifPresent(figures::add);
            Matcher progress = PROGRESS.matcher(line);
            if (progress.matches()) {
                context.progress().accept(progress.group(1));
            }
        });
        if (figures.isEmpty()) {
            throw new BenchFailure(
                    "PIT ended with status " + status + " and without a score; what it said is in " + log);
        }
        context.progress().accept("each fault is in " + report);
        return List.copyOf(figures);
    }

    static List<String> arguments() {
        return List.of("--file", "matching/pom.xml", "test-compile", "org.pitest:pitest-maven:mutationCoverage");
    }

    /** Reads PIT's score; empty if the line is not that. */
    static Optional<Figure> score(String line) {
        Matcher score = SCORE.matcher(line);
        if (!score.matches()) {
            return Optional.empty();
        }
        double killed = PERCENT * Long.parseLong(score.group(2)) / Long.parseLong(score.group(1));
        return Optional.of(new Figure("matching_mutants_killed", killed, "%", BAR, Figure.Better.MORE));
    }
}
