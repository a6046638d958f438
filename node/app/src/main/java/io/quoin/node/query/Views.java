package io.quoin.node.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/** The answers of the API, as its document describes them. Amounts are decimal strings in whole tokens. */
public final class Views {
    private Views() {}

    /** An asset: CAIP-19 name, symbol, contract address, decimals. */
    public record AssetView(String asset, String symbol, String token, int decimals) {}

    /** What both sides of a trade sign alike; times in seconds, shares in basis points. */
    public record TermsView(
            long arbiterId,
            long paymentWindow,
            long refundDelay,
            long disputeBound,
            String fallbackArbiter,
            int fallbackToBuyer,
            int buyerBond,
            int sellerBond) {}

    /** A market and every term that its orders sign. The lots name its account in the vault, in base units. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record MarketView(
            String symbol,
            String chain,
            String vault,
            AssetView base,
            AssetView quote,
            String lotSize,
            String tickSize,
            String priceScale,
            String mode,
            TermsView terms,
            VaultLotsView vaultLots,
            int confirmations,
            String status,
            Optional<String> reason) {}

    /** What the vault's books of a market count in, base units, and the market's id there. */
    public record VaultLotsView(String marketId, String baseLot, String quoteLot) {}

    /** Every market; server time in unix milliseconds. */
    public record MarketsView(long serverTime, List<MarketView> markets) {}

    /** One price of a book. */
    public record LevelView(String price, String quantity, int orders) {}

    /** A book, best prices first, as of a log position. */
    public record BookView(String market, String sequence, List<LevelView> bids, List<LevelView> asks) {}

    /** One fill of an order. */
    public record OrderFillView(
            String trade, String role, String price, String quantity, String escrow, String escrowState) {}

    /** An order as it now is. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record OrderView(
            String id,
            String sequence,
            String market,
            String trader,
            String side,
            String price,
            String quantity,
            String filled,
            String remaining,
            String status,
            Optional<String> reason,
            String nonce,
            long expiry,
            String acceptedAt,
            List<OrderFillView> fills) {}

    /** A page of orders. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record OrdersView(List<OrderView> orders, Optional<String> next) {}

    /** A trade. */
    public record TradeView(
            String id,
            String market,
            String price,
            String quantity,
            String takerSide,
            String escrow,
            String escrowState,
            String at) {}

    /** A page of trades. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record TradesView(List<TradeView> trades, Optional<String> next) {}

    /** One side's payment in an escrow. */
    public record LegView(String payer, String payee, AssetView asset, String amount) {}

    /** A step that an escrow took. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record StepView(String state, String cause, String at, Optional<String> tx) {}

    /** A transaction of an escrow. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record TransactionView(
            String kind, String state, Optional<String> tx, Optional<Long> gasUsed, Optional<String> failure) {}

    /** An escrow: its state, who must act, by when, what happens then, and every transaction. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record EscrowView(
            String id,
            String trade,
            String chain,
            String state,
            String whoseMove,
            Optional<Long> deadline,
            String then,
            Optional<String> failure,
            List<LegView> legs,
            String buyOrder,
            String sellOrder,
            List<StepView> steps,
            List<TransactionView> transactions) {}

    /** A withdrawal, with all that its wallet needs to have it paid. Times in unix seconds. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record WithdrawalView(
            String id,
            String state,
            String account,
            AssetView asset,
            String amount,
            String baseUnits,
            String to,
            String nonce,
            long deadline,
            String requestedAt,
            Optional<String> operatorSignature,
            Optional<String> tx) {}

    /** What the ledger says that the vault holds for an account. */
    public record VaultBalanceView(String available, String locked) {}

    /** What an account has of an asset. */
    public record BalanceView(
            AssetView asset, String available, String reserved, String settling, VaultBalanceView vault) {}

    /** What an account has. */
    public record BalancesView(String account, List<BalanceView> balances) {}
}
