package io.quoin.node.demo.trader;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/**
 * A market as {@code GET /v1/markets} describes it: all that an order must state.
 *
 * @param symbol its name
 * @param chainId the EIP-155 chain id
 * @param vault the escrow contract that orders are signed for
 * @param base what is traded
 * @param quote what is paid
 * @param priceScale base units of the base token that a signed price is for
 * @param mode the settlement mode's name
 * @param terms what both sides of a trade sign alike
 * @param baseLot base units of the base token that the vault's books count in
 * @param quoteLot base units of the quote token that the vault's books count in
 * @param serverTimeMillis the node's clock when it answered, in Unix milliseconds
 */
public record MarketView(
        String symbol,
        long chainId,
        String vault,
        Token base,
        Token quote,
        BigInteger priceScale,
        String mode,
        EscrowTermsView terms,
        BigInteger baseLot,
        BigInteger quoteLot,
        long serverTimeMillis) {
    private static final String EIP155 = "eip155:";

    static MarketView of(JsonNode market, long serverTimeMillis) {
        String account = market.path("vault").asText();
        String[] parts = account.split(":", -1);
        if (!account.startsWith(EIP155) || parts.length != 3) {
            throw new TraderException("the market's vault is no EVM account: " + account);
        }
        return new MarketView(
                market.path("symbol").asText(),
                Long.parseLong(parts[1]),
                parts[2],
                token(market.path("base")),
                token(market.path("quote")),
                new BigInteger(market.path("priceScale").asText()),
                market.path("mode").asText(),
                EscrowTermsView.of(market.path("terms")),
                new BigInteger(market.at("/vaultLots/baseLot").asText()),
                new BigInteger(market.at("/vaultLots/quoteLot").asText()),
                serverTimeMillis);
    }

    /** Returns the vault as a CAIP-10 account, as orders name it. */
    String vaultAccount() {
        return EIP155 + chainId + ":" + vault;
    }

    /** Returns the settlement mode's number in the signed message. */
    int modeNumber() {
        return switch (mode) {
            case "ATOMIC" -> 0;
            case "ESCROW" -> 1;
            case "SWAP" -> 2;
            case "P2P" -> 3;
            default -> throw new TraderException("unknown settlement mode " + mode);
        };
    }

    private static Token token(JsonNode asset) {
        return new Token(
                asset.path("symbol").asText(),
                asset.path("token").asText(),
                asset.path("decimals").asInt());
    }
}
