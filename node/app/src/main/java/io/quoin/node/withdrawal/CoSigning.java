package io.quoin.node.withdrawal;

import io.quoin.signer.CosignReply;
import io.quoin.signer.Cosigner;
import io.quoin.signer.WithdrawalCosign;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.terms.VaultDomain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the operator's signature under withdrawals that the engine has set aside until their deadlines. That comes
 * first, so a process that dies in between has given nothing away, and the next request signs. Signing the same again
 * is harmless: it is the same digest, which the vault pays once. Thread-safe.
 */
public final class CoSigning {
    private static final Logger LOG = LoggerFactory.getLogger(CoSigning.class);

    private final VaultDomain vault;
    private final Cosigner signer;
    private final CoSignatures signatures;

    /** Makes it for the withdrawals of one vault. */
    public CoSigning(VaultDomain vault, Cosigner signer, CoSignatures signatures) {
        this.vault = vault;
        this.signer = signer;
        this.signatures = signatures;
    }

    /** Signs a withdrawal, unless it is signed or has ended; a refusal of the signer's is logged, and asked for again. */
    public void sign(Bytes32 withdrawal) {
        signatures.unsigned(withdrawal).ifPresent(terms -> {
            switch (signer.cosign(new WithdrawalCosign(vault, terms))) {
                case CosignReply.Signed signed -> signatures.keep(withdrawal, signed.signature());
                case CosignReply.Refused refused ->
                    LOG.warn(
                            "withdrawal={} is not co-signed, rule={}: {}",
                            withdrawal,
                            refused.tag(),
                            refused.explanation());
            }
        });
    }
}
