package io.quoin.chain.evm;

import java.util.Locale;

/** Why a node did not take signed bytes. Clients have no codes for it, so their words are read. */
enum SendRefusal {
    /** It has them already: as good as success. */
    KNOWN,
    /** The nonce is used: by these very bytes, or by others. */
    NONCE_USED,
    /** The account cannot pay for the gas. */
    UNFUNDED,
    /** Anything else. */
    OTHER;

    static SendRefusal of(RpcErrorException error) {
        String words = error.rpcMessage().toLowerCase(Locale.ROOT);
        if (words.contains("already known")
                || words.contains("already imported")
                || words.contains("known transaction")) {
            return KNOWN;
        }
        if (words.contains("insufficient funds") || words.contains("enough funds")) {
            return UNFUNDED;
        }
        return words.contains("nonce too low") || words.contains("nonce is too low") ? NONCE_USED : OTHER;
    }
}
