package io.quoin.signer.caip;

import io.quoin.signer.evm.EvmAddress;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An asset on a chain after CAIP-19, for example {@code eip155:31337/erc20:0xab…}.
 *
 * @param chain the chain that the asset lives on
 * @param namespace 3 to 8 of {@code [-a-z0-9]}, for example {@code erc20} or {@code slip44}
 * @param reference 1 to 128 of {@code [-.%a-zA-Z0-9]}; for {@code erc20} the token's address in lower case
 */
public record ChainAsset(ChainId chain, String namespace, String reference) {
    /** The namespace of ERC-20 tokens. */
    public static final String ERC20 = "erc20";

    private static final Pattern NAMESPACE = Pattern.compile("[-a-z0-9]{3,8}");
    private static final Pattern REFERENCE = Pattern.compile("[-.%a-zA-Z0-9]{1,128}");

    /**
     * Refuses what CAIP-19 does not allow, with {@link IllegalArgumentException}; an ERC-20 reference is checked as an
     * address and brought to lower case, so that equal assets are equal values.
     */
    public ChainAsset {
        Objects.requireNonNull(chain, "chain");
        if (!NAMESPACE.matcher(namespace).matches()
                || !REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException("not a CAIP-19 asset: " + chain + "/" + namespace + ":" + reference);
        }
        if (namespace.equals(ERC20)) {
            reference = EvmAddress.of(reference).hex();
        }
    }

    /** The ERC-20 token at that address. */
    public static ChainAsset erc20(ChainId chain, EvmAddress token) {
        return new ChainAsset(chain, ERC20, token.hex());
    }

    /** Reads {@code chain/namespace:reference}; throws {@link IllegalArgumentException} for anything else. */
    public static ChainAsset parse(String text) {
        int slash = text.indexOf('/');
        int colon = text.indexOf(':', slash + 1);
        if (slash < 0 || colon < 0) {
            throw new IllegalArgumentException("not a CAIP-19 asset: " + text);
        }
        ChainId chain = ChainId.parse(text.substring(0, slash));
        return new ChainAsset(chain, text.substring(slash + 1, colon), text.substring(colon + 1));
    }

    /** The token's address; throws {@link IllegalStateException} when this is no ERC-20 token. */
    public EvmAddress erc20Token() {
        if (!namespace.equals(ERC20)) {
            throw new IllegalStateException("not an ERC-20 token: " + this);
        }
        return new EvmAddress(reference);
    }

    /** {@code chain/namespace:reference}. */
    @Override
    public String toString() {
        return chain + "/" + namespace + ":" + reference;
    }
}
