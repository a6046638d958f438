package io.quoin.signer;

import io.quoin.signer.terms.VaultCall;
import io.quoin.signer.terms.VaultDomain;
import java.util.Objects;

/**
 * The intent to call an escrow vault.
 *
 * @param vault which vault on which chain
 * @param call lock, settle, release or refund
 */
public record EvmEscrowCall(VaultDomain vault, VaultCall call) implements Intent {
    /** Takes any vault and call; the signer's policy says which are allowed. */
    public EvmEscrowCall {
        Objects.requireNonNull(vault, "vault");
        Objects.requireNonNull(call, "call");
    }
}
