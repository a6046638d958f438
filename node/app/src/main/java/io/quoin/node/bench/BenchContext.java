package io.quoin.node.bench;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a benchmark is given.
 *
 * @param home the folder of the clone
 * @param directory where it may write
 * @param quick whether it must end within a minute or so
 * @param progress takes a line for people
 */
public record BenchContext(Path home, Path directory, boolean quick, Consumer<String> progress) {}
