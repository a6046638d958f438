package io.quoin.node.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the vault's calls cost, beside other systems on the same chain. Hardhat runs it in a chain in memory; the build
 * script of module contracts fetches and compiles what it needs. It prints its figures as lines, which are read here.
 */
final class GasBenchmark implements Benchmark {
    @Override
    public String name() {
        return "gas";
    }

    @Override
    public String describe() {
        return "gas per fill of the vault, beside CoW Protocol, Seaport, Safe, Kleros and hash locks on the same chain";
    }

    @Override
    public List<Figure> run(BenchContext context) throws InterruptedException {
        List<Figure> figures = new ArrayList<>();
        List<String> last = new ArrayList<>(List.of("it said nothing"));
        ProcessBuilder builder = new ProcessBuilder(command(context.quick()))
                .directory(context.home().toFile());
        int status = start(
                builder,
                line -> Figure.parse(line).ifPresentOrElse(figures::add, () -> {
                    context.progress().accept(line);
                    last.set(0, line);
                }));
        if (status != 0) {
            throw new BenchFailure("the gas benchmark failed: " + last.getFirst());
        }
        return List.copyOf(figures);
    }

    /** The peers take two minutes more: their packages are fetched and Seaport is compiled, both once. */
    static List<String> command(boolean quick) {
        List<String> command = new ArrayList<>(List.of("node", "contracts/tools/build.mjs", "gas"));
        if (!quick) {
            command.add("--peers");
        }
        return List.copyOf(command);
    }

    private static int start(ProcessBuilder builder, Consumer<String> line) throws InterruptedException {
        try {
            return new ChildProcess(builder).run(line);
        } catch (IOException e) {
            throw new BenchFailure("Hardhat measures gas, and Node cannot be started (" + e.getMessage()
                    + "). ./quoin doctor says how to install it.");
        }
    }
}
