package io.quoin.node.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a node serves: a chain, the vault on it, and the assets and markets. Written by {@code quoin testnet up} and by
 * the demo for local chains, and by an operator for others.
 *
 * @param chain CAIP-2
 * @param vault the escrow vault's address
 * @param startBlock the first block that can hold an event of the vault
 * @param confirmations how many blocks deep, counting its own, a block is final; at least 1
 * @param assets the assets
 * @param markets the markets
 */
public record DeploymentFile(
        String chain,
        String vault,
        long startBlock,
        int confirmations,
        List<AssetEntry> assets,
        List<MarketEntry> markets) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /**
     * An asset.
     *
     * @param token its contract's address
     * @param symbol its name in market symbols
     * @param decimals 0 to 36
     */
    public record AssetEntry(String token, String symbol, int decimals) {}

    /**
     * A market. Times in seconds.
     *
     * @param symbol base and quote symbol with a dash between
     * @param base the base asset's symbol
     * @param quote the quote asset's symbol
     * @param lotSize whole base tokens
     * @param tickSize whole quote tokens
     * @param mode the settlement mode
     * @param arbiterId 0 for none
     * @param paymentWindow 0 for none
     * @param refundDelay positive
     * @param disputeBound 0 for none
     * @param fallbackArbiter the address that decides when the arbiter stayed silent; zero for none
     * @param fallbackToBuyer the buyer's share of both legs when every arbiter stayed silent, basis points
     */
    public record MarketEntry(
            String symbol,
            String base,
            String quote,
            String lotSize,
            String tickSize,
            String mode,
            long arbiterId,
            long paymentWindow,
            long refundDelay,
            long disputeBound,
            String fallbackArbiter,
            int fallbackToBuyer) {}

    /**
     * Reads a file.
     *
     * @throws IOException if there is none or it does not say what it must; the message names the file
     */
    public static DeploymentFile read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("no deployment file " + file
                    + "; start a local chain with ./quoin testnet up, or name the file with --deployment");
        }
        try {
            return JSON.readValue(file.toFile(), DeploymentFile.class);
        } catch (JsonProcessingException e) {
            throw new IOException("deployment file " + file + " is wrong: " + e.getOriginalMessage(), e);
        }
    }

    /** Writes this to a file, whole or not at all. */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("no folder for " + file);
        }
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "deployment", ".json");
        Files.writeString(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
        Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
