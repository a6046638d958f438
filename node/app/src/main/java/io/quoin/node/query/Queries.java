package io.quoin.node.query;

import static io.quoin.node.store.generated.Tables.ACCOUNT;
import static io.quoin.node.store.generated.Tables.CHAIN_ACTION;
import static io.quoin.node.store.generated.Tables.ESCROW;
import static io.quoin.node.store.generated.Tables.ESCROW_TRANSITION;
import static io.quoin.node.store.generated.Tables.LEDGER_BALANCE;
import static io.quoin.node.store.generated.Tables.TRADE;
import static io.quoin.node.store.generated.Tables.TRADE_ORDER;
import static io.quoin.node.store.generated.Tables.WITHDRAWAL;

import io.quoin.matching.AccountId;
import io.quoin.matching.AssetId;
import io.quoin.matching.MarketId;
import io.quoin.node.ledger.LedgerBook;
import io.quoin.node.market.Asset;
import io.quoin.node.market.Market;
import io.quoin.node.market.Markets;
import io.quoin.node.query.Views.AssetView;
import io.quoin.node.query.Views.EscrowView;
import io.quoin.node.query.Views.LegView;
import io.quoin.node.query.Views.OrderFillView;
import io.quoin.node.query.Views.OrderView;
import io.quoin.node.query.Views.OrdersView;
import io.quoin.node.query.Views.StepView;
import io.quoin.node.query.Views.TradeView;
import io.quoin.node.query.Views.TradesView;
import io.quoin.node.query.Views.TransactionView;
import io.quoin.node.query.Views.WithdrawalView;
import io.quoin.node.settlement.EscrowState;
import io.quoin.node.store.Database;
import io.quoin.node.store.generated.tables.records.EscrowRecord;
import io.quoin.node.store.generated.tables.records.TradeOrderRecord;
import io.quoin.node.store.generated.tables.records.TradeRecord;
import io.quoin.node.store.generated.tables.records.WithdrawalRecord;
import io.quoin.signer.caip.ChainAccount;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record3;
import org.jooq.impl.DSL;

/** Reads what the API shows. Thread-safe; waits for the database, so call it from virtual threads. */
public final class Queries {
    private final Database database;
    private final Markets markets;

    /** Makes queries on these markets. */
    public Queries(Database database, Markets markets) {
        this.database = database;
        this.markets = markets;
    }

    /**
     * A page of a list.
     *
     * @param limit how many rows at the most
     * @param before the cursor of the page before; {@link Long#MAX_VALUE} for the first page
     */
    public record Page(int limit, long before) {}

    /** Returns an order with its fills. */
    public Optional<OrderView> order(Bytes32 id) {
        return database.in(tx -> Optional.ofNullable(tx.fetchOne(TRADE_ORDER, TRADE_ORDER.ID.eq(id.hex())))
                .map(row -> order(tx, row)));
    }

    /** Returns a trader's orders, newest first. */
    public OrdersView orders(ChainAccount trader, Optional<String> status, Page page) {
        return database.in(tx -> {
            Condition condition = ACCOUNT.CHAIN_ACCOUNT
                    .eq(trader.toString())
                    .and(TRADE_ORDER.POSITION.lt(page.before()))
                    .and(status.<Condition>map(TRADE_ORDER.STATUS::eq).orElse(DSL.noCondition()));
            List<TradeOrderRecord> rows = tx.select(TRADE_ORDER.fields())
                    .from(TRADE_ORDER)
                    .join(ACCOUNT)
                    .on(ACCOUNT.ID.eq(TRADE_ORDER.ACCOUNT_ID))
                    .where(condition)
                    .orderBy(TRADE_ORDER.POSITION.desc())
                    .limit(page.limit())
                    .fetchInto(TRADE_ORDER);
            Optional<String> next = rows.size() < page.limit()
                    ? Optional.empty()
                    : Optional.of(rows.getLast().getPosition().toString());
            return new OrdersView(rows.stream().map(row -> order(tx, row)).toList(), next);
        });
    }

    /** Returns a market's trades, newest first. */
    public TradesView trades(Market market, Page page) {
        return database.in(tx -> {
            List<Record3<TradeRecord, String, String>> rows = tx.select(TRADE, ESCROW.ID, ESCROW.STATE)
                    .from(TRADE)
                    .join(ESCROW)
                    .on(ESCROW.FILL_ID.eq(TRADE.FILL_ID))
                    .where(TRADE.MARKET_ID.eq(market.id().value()))
                    .and(TRADE.FILL_ID.lt(page.before()))
                    .orderBy(TRADE.FILL_ID.desc())
                    .limit(page.limit())
                    .fetch();
            Optional<String> next = rows.size() < page.limit()
                    ? Optional.empty()
                    : Optional.of(rows.getLast().value1().getFillId().toString());
            return new TradesView(rows.stream().map(row -> trade(market, row)).toList(), next);
        });
    }

    /** Returns an escrow. */
    public Optional<EscrowView> escrow(Bytes32 id) {
        return database.in(tx ->
                Optional.ofNullable(tx.fetchOne(ESCROW, ESCROW.ID.eq(id.hex()))).map(row -> escrow(tx, row)));
    }

    /** Returns a withdrawal. */
    public Optional<WithdrawalView> withdrawal(Bytes32 id) {
        return database.in(tx -> Optional.ofNullable(tx.fetchOne(WITHDRAWAL, WITHDRAWAL.ID.eq(id.hex())))
                .map(row -> withdrawal(tx, row)));
    }

    /** What the ledger says of an account: base units by asset in each of its books. */
    public record LedgerView(AccountId account, Map<LedgerBook, Map<Integer, BigInteger>> books) {
        /** Returns base units of an asset in a book. */
        public BigInteger amount(LedgerBook book, Asset asset) {
            return books.getOrDefault(book, Map.of()).getOrDefault(asset.id().value(), BigInteger.ZERO);
        }
    }

    /** Returns what the ledger says of an account; empty for an account that was never seen. */
    public Optional<LedgerView> ledger(ChainAccount account) {
        return database.in(tx -> tx.select(ACCOUNT.ID)
                .from(ACCOUNT)
                .where(ACCOUNT.CHAIN_ACCOUNT.eq(account.toString()))
                .fetchOptional(ACCOUNT.ID)
                .map(id -> {
                    Map<LedgerBook, Map<Integer, BigInteger>> books = new HashMap<>();
                    tx.selectFrom(LEDGER_BALANCE)
                            .where(LEDGER_BALANCE.ACCOUNT_ID.eq(id))
                            .forEach(row -> books.computeIfAbsent(
                                            LedgerBook.valueOf(row.getBook()), _ -> new HashMap<>())
                                    .put(row.getAssetId(), row.getAmount()));
                    return new LedgerView(new AccountId(id), books);
                }));
    }

    /** Shows an asset. */
    public static AssetView asset(Asset asset) {
        return new AssetView(
                asset.chainAsset().toString(), asset.symbol(), asset.token().checksummed(), asset.decimals());
    }

    private OrderView order(DSLContext tx, TradeOrderRecord row) {
        Market market = markets.byId(new MarketId(row.getMarketId()));
        long filled = tx
                .select(TRADE.QUANTITY_LOTS)
                .from(TRADE)
                .where(TRADE.MAKER_ORDER.eq(row.getId()).or(TRADE.TAKER_ORDER.eq(row.getId())))
                .fetch(TRADE.QUANTITY_LOTS)
                .stream()
                .mapToLong(Long::longValue)
                .sum();
        return new OrderView(
                row.getId(),
                row.getPosition().toString(),
                market.symbol(),
                trader(tx, row.getAccountId()).checksummed(),
                row.getSide(),
                market.formatPrice(row.getPriceTicks()),
                market.formatQuantity(row.getQuantityLots()),
                market.formatQuantity(filled),
                market.formatQuantity(row.getRemainingLots()),
                row.getStatus(),
                Optional.ofNullable(row.getReason()),
                row.getNonce().toString(),
                row.getExpirySeconds(),
                row.getAcceptedAt().toInstant().toString(),
                fills(tx, market, row.getId()));
    }

    private static List<OrderFillView> fills(DSLContext tx, Market market, String order) {
        return tx.select(TRADE, ESCROW.ID, ESCROW.STATE)
                .from(TRADE)
                .join(ESCROW)
                .on(ESCROW.FILL_ID.eq(TRADE.FILL_ID))
                .where(TRADE.MAKER_ORDER.eq(order).or(TRADE.TAKER_ORDER.eq(order)))
                .orderBy(TRADE.FILL_ID)
                .fetch(row -> new OrderFillView(
                        row.value1().getFillId().toString(),
                        row.value1().getMakerOrder().equals(order) ? "MAKER" : "TAKER",
                        market.formatPrice(row.value1().getPriceTicks()),
                        market.formatQuantity(row.value1().getQuantityLots()),
                        row.value2(),
                        row.value3()));
    }

    private static TradeView trade(Market market, Record3<TradeRecord, String, String> found) {
        TradeRecord row = found.value1();
        return new TradeView(
                row.getFillId().toString(),
                market.symbol(),
                market.formatPrice(row.getPriceTicks()),
                market.formatQuantity(row.getQuantityLots()),
                row.getTakerSide(),
                found.value2(),
                found.value3(),
                row.getAt().toInstant().toString());
    }

    private EscrowView escrow(DSLContext tx, EscrowRecord row) {
        EscrowState state = EscrowState.valueOf(row.getState());
        return new EscrowView(
                row.getId(),
                row.getFillId().toString(),
                row.getChain(),
                state.name(),
                state.whoseMove().name(),
                state.isFinal() ? Optional.empty() : Optional.ofNullable(row.getDeadlineSeconds()),
                state.then(),
                Optional.ofNullable(row.getFailure()),
                legs(tx, row),
                row.getBuyOrder(),
                row.getSellOrder(),
                steps(tx, row.getId()),
                transactions(tx, row.getId()));
    }

    private List<LegView> legs(DSLContext tx, EscrowRecord row) {
        TradeOrderRecord buy = tx.fetchSingle(TRADE_ORDER, TRADE_ORDER.ID.eq(row.getBuyOrder()));
        TradeOrderRecord sell = tx.fetchSingle(TRADE_ORDER, TRADE_ORDER.ID.eq(row.getSellOrder()));
        Market market = markets.byId(new MarketId(buy.getMarketId()));
        String buyer = trader(tx, buy.getAccountId()).checksummed();
        String seller = trader(tx, sell.getAccountId()).checksummed();
        return List.of(
                new LegView(buyer, seller, asset(market.quote()), market.quote().format(row.getQuoteAmount())),
                new LegView(seller, buyer, asset(market.base()), market.base().format(row.getBaseAmount())));
    }

    private WithdrawalView withdrawal(DSLContext tx, WithdrawalRecord row) {
        Asset asset = markets.asset(new AssetId(row.getAssetId()));
        return new WithdrawalView(
                row.getId(),
                row.getState(),
                trader(tx, row.getAccountId()).checksummed(),
                asset(asset),
                asset.format(row.getAmount()),
                row.getAmount().toString(),
                EvmAddress.of(row.getRecipient()).checksummed(),
                row.getNonce().toString(),
                row.getDeadlineSeconds(),
                row.getRequestedAt().toInstant().toString(),
                Optional.ofNullable(row.getOperatorSignature()),
                Optional.ofNullable(row.getTxHash()));
    }

    private static List<StepView> steps(DSLContext tx, String escrow) {
        return tx.selectFrom(ESCROW_TRANSITION)
                .where(ESCROW_TRANSITION.ESCROW_ID.eq(escrow))
                .orderBy(ESCROW_TRANSITION.STEP)
                .fetch(row -> new StepView(
                        row.getToState(),
                        row.getCause(),
                        row.getAt().toInstant().toString(),
                        Optional.ofNullable(row.getTxHash())));
    }

    private static List<TransactionView> transactions(DSLContext tx, String escrow) {
        return tx.selectFrom(CHAIN_ACTION)
                .where(CHAIN_ACTION.ESCROW_ID.eq(escrow))
                .orderBy(CHAIN_ACTION.CREATED_AT)
                .fetch(row -> new TransactionView(
                        row.getKind(),
                        row.getState(),
                        Optional.ofNullable(row.getTxHash()),
                        Optional.ofNullable(row.getGasUsed()),
                        Optional.ofNullable(row.getFailure())));
    }

    private static EvmAddress trader(DSLContext tx, long account) {
        String name = tx.select(ACCOUNT.CHAIN_ACCOUNT)
                .from(ACCOUNT)
                .where(ACCOUNT.ID.eq(account))
                .fetchSingle(ACCOUNT.CHAIN_ACCOUNT);
        return ChainAccount.parse(Objects.requireNonNull(name)).address();
    }
}
