package io.quoin.signer;

import io.quoin.signer.terms.VaultDomain;
import io.quoin.signer.terms.WithdrawalTerms;
import java.util.Objects;

/**
 * The intent to let a trader's withdrawal be paid at once, before the exit delay.
 *
 * @param vault which vault on which chain
 * @param withdrawal what is paid to whom, and until when
 */
public record WithdrawalCosign(VaultDomain vault, WithdrawalTerms withdrawal) implements CosignIntent {
    /** Takes any vault and withdrawal; the signer's rules say which are allowed. */
    public WithdrawalCosign {
        Objects.requireNonNull(vault, "vault");
        Objects.requireNonNull(withdrawal, "withdrawal");
    }
}
