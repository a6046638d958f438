package io.quoin.node.bench;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a proof is given.
 *
 * @param home the folder of the clone
 * @param directory where it may write
 * @param commands how many random commands it is to try, where it tries such
 * @param progress takes a line for people
 */
public record ProofContext(Path home, Path directory, long commands, Consumer<String> progress) {}
