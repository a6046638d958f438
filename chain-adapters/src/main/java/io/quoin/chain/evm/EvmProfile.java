package io.quoin.chain.evm;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Wei;
import io.quoin.signer.terms.VaultDomain;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * One EVM chain as configured.
 *
 * @param chain the chain that must be behind the URL
 * @param rpcUrl its JSON-RPC endpoint, http or https; credentials in it are never shown
 * @param vault the escrow vault that is watched and called
 * @param confirmations how many blocks, its own included, make a block final, from 1
 * @param pollInterval how often the head is asked for
 * @param startBlock the first block that may have events of the vault: where the first start begins
 * @param tuning the rest, which has good defaults
 */
public record EvmProfile(
        ChainId chain,
        URI rpcUrl,
        VaultDomain vault,
        int confirmations,
        Duration pollInterval,
        long startBlock,
        Tuning tuning) {
    /**
     * What seldom needs to be set.
     *
     * @param rpcTimeout the longest that one RPC answer may take
     * @param blocksPerQueryMax the most blocks asked for logs in one call, and in one batch
     * @param rebroadcastInterval how often signed bytes that are not mined are sent again
     * @param stuckAfter the age from which an unfinished action raises an alarm
     * @param priorityFeePerGas the tip
     * @param maxFeePerGas the most that is offered for a unit of gas, tip included; while gas costs more, nothing new
     *     is sent. The signer has a cap of its own, which fails what is above it: this one should not be higher
     */
    public record Tuning(
            Duration rpcTimeout,
            int blocksPerQueryMax,
            Duration rebroadcastInterval,
            Duration stuckAfter,
            Wei priorityFeePerGas,
            Wei maxFeePerGas) {
        /** Ten seconds, 500 blocks, 15 seconds, five minutes, one gwei, 500 gwei. */
        public static final Tuning DEFAULT = new Tuning(
                Duration.ofSeconds(10),
                500,
                Duration.ofSeconds(15),
                Duration.ofMinutes(5),
                Wei.ofGwei(1),
                Wei.ofGwei(500));

        /** Refuses what is not positive, and a tip above the fee, with {@link IllegalArgumentException}. */
        public Tuning {
            requirePositive("rpcTimeout", rpcTimeout);
            requirePositive("rebroadcastInterval", rebroadcastInterval);
            requirePositive("stuckAfter", stuckAfter);
            Objects.requireNonNull(priorityFeePerGas, "priorityFeePerGas");
            if (blocksPerQueryMax < 1) {
                throw new IllegalArgumentException("blocksPerQueryMax must be positive: " + blocksPerQueryMax);
            }
            if (maxFeePerGas.isZero()) {
                throw new IllegalArgumentException("maxFeePerGas must be positive: nothing could be sent");
            }
            if (maxFeePerGas.compareTo(priorityFeePerGas) < 0) {
                throw new IllegalArgumentException(
                        "maxFeePerGas " + maxFeePerGas + " is below the tip " + priorityFeePerGas);
            }
        }
    }

    /** That chain with {@link Tuning#DEFAULT}. */
    public EvmProfile(
            ChainId chain, URI rpcUrl, VaultDomain vault, int confirmations, Duration pollInterval, long startBlock) {
        this(chain, rpcUrl, vault, confirmations, pollInterval, startBlock, Tuning.DEFAULT);
    }

    /** Refuses values that do not fit together or are out of range, with {@link IllegalArgumentException}. */
    public EvmProfile {
        Objects.requireNonNull(tuning, "tuning");
        requirePositive("pollInterval", pollInterval);
        if (!vault.chain().equals(chain)) {
            throw new IllegalArgumentException("the vault is on " + vault.chain() + ", the profile is of " + chain);
        }
        String scheme = rpcUrl.getScheme();
        if (scheme == null || !(scheme.equals("http") || scheme.equals("https")) || rpcUrl.getHost() == null) {
            throw new IllegalArgumentException("the RPC URL must be http:// or https:// with a host");
        }
        if (confirmations < 1) {
            throw new IllegalArgumentException("confirmations must be at least 1: " + confirmations);
        }
        if (startBlock < 0) {
            throw new IllegalArgumentException("negative start block: " + startBlock);
        }
    }

    /** The RPC's URL as it may be shown: scheme, host and port, without user, path and query. */
    public String shownUrl() {
        String port = rpcUrl.getPort() < 0 ? "" : ":" + rpcUrl.getPort();
        return rpcUrl.getScheme() + "://" + rpcUrl.getHost() + port;
    }

    /** The profile with only what may be shown. */
    @Override
    public String toString() {
        return "EvmProfile[" + chain + ", " + shownUrl() + ", vault " + vault.vault() + ", confirmations "
                + confirmations + ", from block " + startBlock + "]";
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive: " + duration);
        }
    }
}
