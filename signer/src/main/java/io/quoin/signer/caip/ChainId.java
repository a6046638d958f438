package io.quoin.signer.caip;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A chain's identity after CAIP-2, for example {@code eip155:31337}.
 *
 * @param namespace 3 to 8 of {@code [-a-z0-9]}
 * @param reference 1 to 32 of {@code [-_a-zA-Z0-9]}; for {@code eip155} a decimal number without leading zero
 */
public record ChainId(String namespace, String reference) {
    /** The namespace of EVM chains. */
    public static final String EIP155 = "eip155";

    private static final Pattern NAMESPACE = Pattern.compile("[-a-z0-9]{3,8}");
    private static final Pattern REFERENCE = Pattern.compile("[-_a-zA-Z0-9]{1,32}");
    private static final Pattern EIP155_REFERENCE = Pattern.compile("[1-9][0-9]{0,17}");

    /** Refuses what CAIP-2 does not allow, with {@link IllegalArgumentException}. */
    public ChainId {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(reference, "reference");
        if (!NAMESPACE.matcher(namespace).matches()
                || !REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException("not a CAIP-2 chain id: " + namespace + ":" + reference);
        }
        if (namespace.equals(EIP155) && !EIP155_REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException("an eip155 chain is named by a number from 1 to 10^18-1: " + reference);
        }
    }

    /** Reads {@code namespace:reference}; throws {@link IllegalArgumentException} for anything else. */
    public static ChainId parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a CAIP-2 chain id: " + text);
        }
        return new ChainId(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The EVM chain with that EIP-155 id (1 to 10^18-1). */
    public static ChainId eip155(long id) {
        return new ChainId(EIP155, Long.toString(id));
    }

    /** Whether this is an EVM chain. */
    public boolean isEip155() {
        return namespace.equals(EIP155);
    }

    /** The EIP-155 number; throws {@link IllegalStateException} when this is no EVM chain. */
    public long eip155Id() {
        if (!isEip155()) {
            throw new IllegalStateException("not an EVM chain: " + this);
        }
        return Long.parseLong(reference);
    }

    /** {@code namespace:reference}. */
    @Override
    public String toString() {
        return namespace + ":" + reference;
    }
}
