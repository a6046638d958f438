package io.quoin.node.settlement;

import io.quoin.matching.FillId;
import io.quoin.node.market.Market;
import io.quoin.signer.evm.Bytes32;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids that follow from what they name, so that doing a thing twice is doing it once, here and on chain. Stateless.
 */
public final class EscrowIds {
    private EscrowIds() {}

    /**
     * Returns the id of a fill's escrow. It holds the two orders beside the fill's number, so that a node that starts
     * with an empty database on an old vault makes other ids than before.
     */
    public static Bytes32 escrow(Market market, FillId fill, Bytes32 maker, Bytes32 taker) {
        return hash("escrow/" + market.vault().chain() + ":" + market.vault().vault() + "/" + market.symbol() + "/"
                + fill.value() + "/" + maker + "/" + taker);
    }

    /** Returns the id of an action on an escrow; the attempts of a kind count from 1. */
    public static Bytes32 action(Bytes32 escrow, ActionKind kind, int attempt) {
        return hash("action/" + escrow + "/" + kind + "/" + attempt);
    }

    private static Bytes32 hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return Bytes32.of(digest.digest(("quoin/" + text).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
