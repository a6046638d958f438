package io.quoin.node.demo.trader;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * What the node's ledger has of one token for one account, in whole tokens.
 *
 * @param available free for orders
 * @param reserved held by open orders
 * @param settling paid into fills that have not ended
 * @param vaultAvailable what the vault has free for the account, as the ledger has it
 * @param vaultLocked what escrows hold of it, as the ledger has it
 */
public record LedgerView(
        BigDecimal available,
        BigDecimal reserved,
        BigDecimal settling,
        BigDecimal vaultAvailable,
        BigDecimal vaultLocked) {
    /** The ledger of an account that never had any. */
    public static final LedgerView NOTHING =
            new LedgerView(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    static LedgerView of(JsonNode balance) {
        return new LedgerView(
                decimal(balance, "/available"),
                decimal(balance, "/reserved"),
                decimal(balance, "/settling"),
                decimal(balance, "/vault/available"),
                decimal(balance, "/vault/locked"));
    }

    /** Returns whether nothing is under way: no open order holds any, no fill is settling. */
    public boolean isQuiet() {
        return reserved.signum() == 0 && settling.signum() == 0 && vaultLocked.signum() == 0;
    }

    private static BigDecimal decimal(JsonNode balance, String pointer) {
        return new BigDecimal(balance.at(pointer).asText());
    }
}
