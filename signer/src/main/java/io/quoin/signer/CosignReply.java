package io.quoin.signer;

import io.quoin.signer.evm.EvmSignature;
import java.util.Objects;

/** The signer's answer to a {@link CosignIntent}. */
public sealed interface CosignReply {
    /**
     * The intent was signed.
     *
     * @param signature over the EIP-712 digest of what the intent names
     */
    record Signed(EvmSignature signature) implements CosignReply {
        /** Takes the signature. */
        public Signed {
            Objects.requireNonNull(signature, "signature");
        }
    }

    /**
     * The intent breaks a rule; nothing was signed.
     *
     * @param tag the rule's stable name, see {@link CosignRule}
     * @param explanation what was found and what was expected, without secrets
     */
    record Refused(String tag, String explanation) implements CosignReply {
        /** Takes a tag and its explanation. */
        public Refused {
            Objects.requireNonNull(tag, "tag");
            Objects.requireNonNull(explanation, "explanation");
        }
    }
}
