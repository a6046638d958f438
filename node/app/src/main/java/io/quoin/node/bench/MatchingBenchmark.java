package io.quoin.node.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures matching beside other open engines. These are no part of the node, only of module matching's tests, so that
 * Maven compiles those and says where the engines are, and a JVM of its own runs the benchmark that is among them. It
 * prints its figures as lines, which are read here.
 */
final class MatchingBenchmark implements Benchmark {
    private static final String MODULE = "matching";
    private static final String MAIN = "io.quoin.matching.bench.MatchingBench";

    @Override
    public String name() {
        return MODULE;
    }

    @Override
    public String describe() {
        return "time per command of the order book and of the whole engine, beside exchange-core and parity-match";
    }

    @Override
    public List<Figure> run(BenchContext context) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(context.directory().toAbsolutePath());
        String classPath = compile(context, folder);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                MAIN));
        if (context.quick()) {
            command.add("--quick");
        }
        List<Figure> figures = new ArrayList<>();
        List<String> last = new ArrayList<>(List.of("it said nothing"));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(context.home().toFile());
        int status = new ChildProcess(builder)
                .run(line -> Figure.parse(line).ifPresentOrElse(figures::add, () -> {
                    context.progress().accept(line);
                    last.set(0, line);
                }));
        if (status != 0) {
            throw new BenchFailure("the matching benchmark failed: " + last.getFirst());
        }
        return List.copyOf(figures);
    }

    /** Compiles the benchmark and returns the class path that it runs with. */
    private static String compile(BenchContext context, Path folder) throws IOException, InterruptedException {
        Path classPath = folder.resolve("matching.classpath");
        Path log = folder.resolve("matching-build.log");
        Files.deleteIfExists(classPath);
        context.progress().accept("compiling the benchmark (details: " + log + ")");
        int status = new Maven(context.home(), log).run(maven(classPath), _ -> {});
        if (status != 0 || Files.notExists(classPath)) {
            throw new BenchFailure("Maven could not compile the benchmark; what it said is in " + log);
        }
        Path target = context.home().resolve(MODULE).resolve("target");
        return String.join(
                File.pathSeparator,
                target.resolve("test-classes").toString(),
                target.resolve("classes").toString(),
                Files.readString(classPath).strip());
    }

    private static List<String> maven(Path classPath) {
        return List.of(
                "--projects",
                MODULE,
                "--also-make",
                "test-compile",
                "dependency:build-classpath",
                "-Dmdep.outputFile=" + classPath);
    }
}
