package io.quoin.signer.terms;

import io.quoin.signer.evm.EvmSignature;
import java.util.Objects;

/**
 * An order with its signature. That the signature is the trader's is not checked here: see
 * {@link OrderTyping#recover}.
 *
 * @param terms what was signed
 * @param signature the signature over the order's EIP-712 digest
 */
public record SignedOrder(OrderTerms terms, EvmSignature signature) {
    /** Takes any terms and signature. */
    public SignedOrder {
        Objects.requireNonNull(terms, "terms");
        Objects.requireNonNull(signature, "signature");
    }
}
