package io.quoin.node;

import io.quoin.node.schema.DatabaseAddress;
import io.quoin.signer.keystore.PasswordSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that a node must be told.
 *
 * @param rpcUrl the chain's JSON-RPC endpoint; credentials in it are never shown
 * @param deploymentFile what the node serves
 * @param database an own PostgreSQL; empty for the embedded one
 * @param schema the database schema
 * @param directory where the node keeps what is its own
 * @param cache where programs are unpacked, shared between nodes
 * @param httpHost the address to listen on
 * @param httpPort the port to listen on; 0 for any free one
 * @param keystore the operator's encrypted key; made if there is none
 * @param password where the key's password is read from
 * @param pollInterval how often the chain is asked for new blocks
 */
public record NodeConfig(
        URI rpcUrl,
        Path deploymentFile,
        Optional<DatabaseAddress> database,
        String schema,
        Path directory,
        Path cache,
        String httpHost,
        int httpPort,
        Path keystore,
        PasswordSource password,
        Duration pollInterval) {}
