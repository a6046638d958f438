package io.quoin.testnet;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a detached testnet is to be.
 *
 * @param home the project's folder; the manifest lies in its {@code .quoin}
 * @param engine the program that runs the chain
 * @param port TCP port on 127.0.0.1; 0 picks a free one
 * @param blockTime time between blocks
 * @param operatorAddress who may lock and release in the vault that is deployed
 */
public record UpOptions(Path home, ChainEngine engine, int port, Duration blockTime, String operatorAddress) {}
