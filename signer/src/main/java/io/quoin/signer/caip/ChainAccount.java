package io.quoin.signer.caip;

import io.quoin.signer.evm.EvmAddress;
import java.util.Objects;

/**
 * An account on an EVM chain after CAIP-10, for example {@code eip155:31337:0xab…}.
 *
 * @param chain an {@code eip155} chain
 * @param address the account
 */
public record ChainAccount(ChainId chain, EvmAddress address) {
    /** Refuses a chain that is no EVM chain, with {@link IllegalArgumentException}. */
    public ChainAccount {
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(address, "address");
        if (!chain.isEip155()) {
            throw new IllegalArgumentException("not an EVM chain: " + chain);
        }
    }

    /** Reads {@code eip155:<id>:<address>}; throws {@link IllegalArgumentException} for anything else. */
    public static ChainAccount parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a CAIP-10 account: " + text);
        }
        return new ChainAccount(ChainId.parse(text.substring(0, colon)), EvmAddress.of(text.substring(colon + 1)));
    }

    /** {@code eip155:<id>:<address in lower case>}. */
    @Override
    public String toString() {
        return chain + ":" + address.hex();
    }
}
