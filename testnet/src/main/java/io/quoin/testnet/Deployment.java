package io.quoin.testnet;

import java.util.List;

/**
 * What stands on a chain after {@link ContractDeployer#deploy}.
 *
 * @param chainId the chain
 * @param vault checksummed address of the escrow vault
 * @param operator checksummed address of the vault's operator
 * @param tokens the test tokens, base first
 * @param block height from which the vault's events are complete
 */
public record Deployment(long chainId, String vault, String operator, List<Token> tokens, long block) {
    /** Keeps the tokens from changing. */
    public Deployment {
        tokens = List.copyOf(tokens);
    }

    /**
     * The token of that symbol.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Token token(String symbol) {
        return tokens.stream()
                .filter(token -> token.symbol().equals(symbol))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no token %s in %s".formatted(symbol, tokens)));
    }

    /**
     * A test token; anyone may mint it.
     *
     * @param name full name
     * @param symbol short name
     * @param decimals digits after the point
     * @param address checksummed address
     */
    public record Token(String name, String symbol, int decimals, String address) {}
}
