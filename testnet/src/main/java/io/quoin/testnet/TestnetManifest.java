package io.quoin.testnet;

import java.net.URI;
import java.time.Instant;

/**
 * What is known of a running testnet, as written to {@code .quoin/testnet.json}.
 *
 * @param engine the program that runs the chain
 * @param pid its process id; 0 where Docker runs it
 * @param processStart when that process started, so that another one with a reused id is never taken for it
 * @param rpcUrl where the chain answers
 * @param logFile what the engine prints, as a path; empty where Docker keeps it
 * @param deployment the contracts on the chain
 */
public record TestnetManifest(
        ChainEngine engine, long pid, Instant processStart, URI rpcUrl, String logFile, Deployment deployment) {
    private static final long DOCKER = 0;

    /** The manifest of a chain in Docker. */
    static TestnetManifest inDocker(URI rpcUrl, Instant start, Deployment deployment) {
        return new TestnetManifest(ChainEngine.HARDHAT, DOCKER, start, rpcUrl, "", deployment);
    }

    /** Whether Docker runs the chain. */
    public boolean docker() {
        return pid == DOCKER;
    }
}
