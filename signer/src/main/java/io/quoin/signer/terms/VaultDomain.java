package io.quoin.signer.terms;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.EvmAddress;
import java.util.Objects;

/**
 * One escrow vault: the EIP-712 domain under which orders are signed (name {@code Quoin EscrowVault}, version 2).
 *
 * @param chain the {@code eip155} chain
 * @param vault the contract's address, not zero
 */
public record VaultDomain(ChainId chain, EvmAddress vault) {
    /** The domain's name. */
    public static final String NAME = "Quoin EscrowVault";

    /** The domain's version. */
    public static final String VERSION = "2";

    /** Refuses a chain that is no EVM chain and the zero address, with {@link IllegalArgumentException}. */
    public VaultDomain {
        Objects.requireNonNull(vault, "vault");
        if (!chain.isEip155()) {
            throw new IllegalArgumentException("not an EVM chain: " + chain);
        }
        if (vault.isZero()) {
            throw new IllegalArgumentException("the vault's address is zero");
        }
    }
}
