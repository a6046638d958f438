package io.quoin.signer;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.Hex;
import java.util.Objects;

/** The signer's answer to a request. */
public sealed interface SignReply {
    /**
     * The request was signed.
     *
     * @param transactionHash the transaction's id on the chain
     * @param rawTransaction the bytes for {@code eth_sendRawTransaction}
     */
    record Signed(Bytes32 transactionHash, Hex rawTransaction) implements SignReply {
        /** Takes the hash and the bytes it is of. */
        public Signed {
            Objects.requireNonNull(transactionHash, "transactionHash");
            Objects.requireNonNull(rawTransaction, "rawTransaction");
        }
    }

    /**
     * The request breaks a rule; nothing was signed. Asking again does not help.
     *
     * @param tag the rule's stable name, see {@link SigningRule}
     * @param explanation what was found and what was expected, without secrets
     */
    record Refused(String tag, String explanation) implements SignReply {
        /** Takes a tag and its explanation. */
        public Refused {
            Objects.requireNonNull(tag, "tag");
            Objects.requireNonNull(explanation, "explanation");
        }
    }
}
