package io.quoin.node.withdrawal;

import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.terms.WithdrawalTerms;

/** Where the operator's signature under a withdrawal comes from (a port). Signing the same twice is harmless. */
@FunctionalInterface
public interface CoSigner {
    /**
     * Signs a withdrawal whose amount the engine has set aside until its deadline.
     *
     * @throws IllegalStateException if the signer refuses; the message says by which rule
     */
    EvmSignature coSign(WithdrawalTerms withdrawal);
}
