package io.quoin.testnet;

import java.math.BigInteger;
import java.util.List;

/**
 * What stands on a chain after {@link ContractDeployer#deploy}. All addresses are checksummed.
 *
 * @param chainId the chain
 * @param vault the escrow vault
 * @param lens views of the vault for wallets
 * @param registry what the vault takes tokens, markets, arbiters and its operator from (the proxy)
 * @param till code that the vault delegates to, outside its hot path
 * @param cases code that the vault delegates to, for disputes and single legs
 * @param operator the vault's operator
 * @param exitDelaySeconds from an exit request to its withdrawal
 * @param tokens the test tokens, base first
 * @param markets what is traded, all listed
 * @param block height from which the vault's events are complete
 */
public record Deployment(
        long chainId,
        String vault,
        String lens,
        String registry,
        String till,
        String cases,
        String operator,
        long exitDelaySeconds,
        List<Token> tokens,
        List<Market> markets,
        long block) {
    /** Keeps tokens and markets from changing. */
    public Deployment {
        tokens = List.copyOf(tokens);
        markets = List.copyOf(markets);
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
     * The market of those symbols.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Market market(String base, String quote) {
        return markets.stream()
                .filter(market -> market.base().equals(base) && market.quote().equals(quote))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no market %s-%s in %s".formatted(base, quote, markets)));
    }

    /**
     * A test token; anyone may mint it.
     *
     * @param name full name
     * @param symbol short name
     * @param decimals digits after the point
     * @param address where it is
     */
    public record Token(String name, String symbol, int decimals, String address) {}

    /**
     * A market as the vault keeps it; other lots would be another market.
     *
     * @param base symbol of the token that is bought and sold
     * @param quote symbol of the token that pays
     * @param baseLot base units of the base token in one lot
     * @param quoteLot base units of the quote token in one lot; a price of one tick is one quote lot for one base lot
     * @param arbiterId which arbiter its orders must sign
     * @param arbiter who that is
     */
    public record Market(
            String base, String quote, BigInteger baseLot, BigInteger quoteLot, long arbiterId, String arbiter) {}
}
