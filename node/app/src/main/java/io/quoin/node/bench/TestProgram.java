package io.quoin.node.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A benchmark that is among the tests of a module, because what it measures beside is no part of the node: Maven
 * compiles it and says where the others are, and a JVM of its own runs it. It prints its figures as lines, which are
 * read here.
 *
 * @param module the module, a folder of the clone
 * @param main the class to run
 * @param flags of its JVM
 */
record TestProgram(String module, String main, List<String> flags) {
    /** Compiles and runs it; throws {@link BenchFailure} if it does not compile or fails. */
    List<Figure> run(BenchContext context) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(context.directory().toAbsolutePath());
        List<String> command = command(compile(context, folder), context);
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
            throw new BenchFailure("the " + module + " benchmark failed: " + last.getFirst());
        }
        return List.copyOf(figures);
    }

    private List<String> command(String classPath, BenchContext context) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-Dquoin.home=" + context.home().toAbsolutePath(), "-cp", classPath, main));
        if (context.quick()) {
            command.add("--quick");
        }
        return List.copyOf(command);
    }

    /** Compiles the benchmark and returns the class path that it runs with. */
    private String compile(BenchContext context, Path folder) throws IOException, InterruptedException {
        Path classPath = folder.resolve(module + ".classpath");
        Path log = folder.resolve(module + "-build.log");
        Files.deleteIfExists(classPath);
        context.progress().accept("compiling the benchmark (details: " + log + ")");
        int status = new Maven(context.home(), log).run(maven(classPath), _ -> {});
        if (status != 0 || Files.notExists(classPath)) {
            throw new BenchFailure("Maven could not compile the benchmark; what it said is in " + log);
        }
        Path target = context.home().resolve(module).resolve("target");
        return String.join(
                File.pathSeparator,
                target.resolve("test-classes").toString(),
                target.resolve("classes").toString(),
                Files.readString(classPath).strip());
    }

    private List<String> maven(Path classPath) {
        return List.of(
                "--projects",
                module,
                "--also-make",
                "test-compile",
                "dependency:build-classpath",
                "-Dmdep.outputFile=" + classPath);
    }
}
