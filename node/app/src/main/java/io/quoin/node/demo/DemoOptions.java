package io.quoin.node.demo;

import io.quoin.node.schema.DatabaseAddress;
import io.quoin.testnet.ChainEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * How a demonstration is to run.
 *
 * @param home the folder of the clone
 * @param directory where its keys, database and logs lie
 * @param engine which chain
 * @param httpPort the node's port on 127.0.0.1; 0 for any free one
 * @param keep whether to leave all running at the end until {@link Demo#close}
 * @param database the PostgreSQL to use; empty to run one
 * @param commanded when the command was given
 */
public record DemoOptions(
        Path home,
        Path directory,
        ChainEngine engine,
        int httpPort,
        boolean keep,
        Optional<DatabaseAddress> database,
        Instant commanded) {}
