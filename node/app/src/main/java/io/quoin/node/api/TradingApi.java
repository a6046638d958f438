package io.quoin.node.api;

import io.quoin.chain.ChainAdapter;
import io.quoin.matching.AccountId;
import io.quoin.matching.Balance;
import io.quoin.matching.BookLevel;
import io.quoin.matching.BookSnapshot;
import io.quoin.node.ledger.LedgerBook;
import io.quoin.node.market.Asset;
import io.quoin.node.market.Market;
import io.quoin.node.market.Markets;
import io.quoin.node.ops.Switches;
import io.quoin.node.order.OrderDoor;
import io.quoin.node.order.OrderRequest;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.query.Queries;
import io.quoin.node.query.Queries.LedgerView;
import io.quoin.node.query.Queries.Page;
import io.quoin.node.query.Views.BalanceView;
import io.quoin.node.query.Views.BalancesView;
import io.quoin.node.query.Views.BookView;
import io.quoin.node.query.Views.LevelView;
import io.quoin.node.query.Views.MarketView;
import io.quoin.node.query.Views.MarketsView;
import io.quoin.node.query.Views.OrderView;
import io.quoin.node.query.Views.TermsView;
import io.quoin.node.query.Views.VaultBalanceView;
import io.quoin.node.query.Views.VaultLotsView;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import io.quoin.node.sequencer.CancelOutcome;
import io.quoin.node.sequencer.PlaceOutcome;
import io.quoin.node.sequencer.Sequencer;
import io.quoin.node.store.DatabaseAwayException;
import io.quoin.node.store.SwitchStore.Setting;
import io.quoin.signer.caip.ChainAccount;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.MarketLots;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the API's operations do, apart from HTTP. Every method waits, so call it from a virtual thread; a refusal comes
 * as {@link RefusedException} and has changed nothing.
 */
final class TradingApi {
    private final Markets markets;
    private final OrderDoor door;
    private final Sequencer sequencer;
    private final Queries queries;
    private final Switches switches;
    private final ChainAdapter chain;
    private final int confirmations;
    private final Clock clock;

    TradingApi(ApiParts parts) {
        this.markets = parts.markets();
        this.door = new OrderDoor(parts.markets(), parts.clock());
        this.sequencer = parts.sequencer();
        this.queries = parts.queries();
        this.switches = parts.switches();
        this.chain = parts.chain();
        this.confirmations = parts.confirmations();
        this.clock = parts.clock();
    }

    Reply markets() {
        return Reply.ok(new MarketsView(
                clock.millis(), markets.all().stream().map(this::view).toList()));
    }

    Reply book(String symbol, int depth) {
        Market market = markets.bySymbol(symbol);
        return Reply.ok(Answers.read(sequencer.query(view -> {
            BookSnapshot book = view.engine().book(market.id(), depth);
            return new BookView(
                    symbol, Long.toString(view.position()), levels(market, book.bids()), levels(market, book.asks()));
        })));
    }

    Reply place(OrderRequest request) {
        SubmittedOrder order = door.admit(request);
        stopped(order.market()).ifPresent(setting -> {
            throw new RefusedException(
                    RefusalCode.MARKET_STOPPED,
                    order.market().symbol() + " takes no new orders: " + setting.reason()
                            + "; cancelling and withdrawing go on");
        });
        return switch (Answers.await(sequencer.place(order))) {
            case PlaceOutcome.Accepted accepted -> new Reply(201, requireDone(accepted.order()));
            case PlaceOutcome.AlreadyAccepted accepted -> Reply.ok(require(accepted.order()));
            case PlaceOutcome.Refused refused -> throw new RefusedException(refused.refusal());
        };
    }

    Reply cancel(Bytes32 order, String signature) {
        OrderView view = require(order);
        Market market = markets.bySymbol(view.market());
        OrderDoor.requireCancelSignature(market.vault(), order, EvmAddress.of(view.trader()), signature);
        return switch (Answers.await(sequencer.cancel(order))) {
            case CancelOutcome.Cancelled() -> Reply.ok(requireDone(order));
            case CancelOutcome.Refused refused -> throw new RefusedException(refused.refusal());
        };
    }

    Reply order(Bytes32 order) {
        return Reply.ok(require(order));
    }

    Reply orders(String trader, Optional<String> status, Page page) {
        return Reply.ok(queries.orders(account(trader), status, page));
    }

    Reply trades(String symbol, Page page) {
        return Reply.ok(queries.trades(markets.bySymbol(symbol), page));
    }

    Reply escrow(Bytes32 escrow) {
        return Reply.ok(queries.escrow(escrow)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.UNKNOWN_ESCROW,
                        "there is no escrow " + escrow + "; the fills of an order name theirs")));
    }

    Reply balances(String text) {
        ChainAccount account = account(text);
        List<BalanceView> balances = queries.ledger(account)
                .map(ledger -> {
                    Map<Asset, Balance> engine = engineBalances(ledger.account());
                    return markets.assets().stream()
                            .map(asset -> balance(asset, engine.getOrDefault(asset, Balance.ZERO), ledger))
                            .toList();
                })
                .orElse(List.of());
        return Reply.ok(new BalancesView(account.toString(), balances));
    }

    private Map<Asset, Balance> engineBalances(AccountId account) {
        return Answers.read(sequencer.query(view -> {
            Map<Asset, Balance> balances = new HashMap<>();
            markets.assets().forEach(asset -> balances.put(asset, view.engine().balance(account, asset.id())));
            return balances;
        }));
    }

    private static BalanceView balance(Asset asset, Balance engine, LedgerView ledger) {
        return new BalanceView(
                Queries.asset(asset),
                asset.format(asset.baseUnits(engine.available())),
                asset.format(asset.baseUnits(engine.reserved())),
                asset.format(asset.baseUnits(engine.settling())),
                new VaultBalanceView(
                        asset.format(ledger.amount(LedgerBook.AVAILABLE, asset)),
                        asset.format(ledger.amount(LedgerBook.LOCKED, asset))));
    }

    private OrderView require(Bytes32 order) {
        return queries.order(order)
                .orElseThrow(() -> new RefusedException(RefusalCode.UNKNOWN_ORDER, "there is no order " + order));
    }

    /** Reads an order after a command took effect: a database that is away now must not be answered as "not done". */
    private OrderView requireDone(Bytes32 order) {
        try {
            return require(order);
        } catch (DatabaseAwayException e) {
            throw new RefusedException(
                    RefusalCode.OUTCOME_UNKNOWN,
                    "order " + order + " was taken, but the database does not answer; GET the order to see it");
        }
    }

    private ChainAccount account(String text) {
        ChainAccount account;
        try {
            account = text.startsWith("0x")
                    ? new ChainAccount(chain.chain(), EvmAddress.of(text))
                    : ChainAccount.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusalCode.MALFORMED_REQUEST, "account: " + e.getMessage());
        }
        if (!account.chain().equals(chain.chain())) {
            throw new RefusedException(
                    RefusalCode.WRONG_CHAIN,
                    "account " + account + " is on " + account.chain() + ", this node serves " + chain.chain());
        }
        return account;
    }

    private Optional<Setting> stopped(Market market) {
        return switches.off(
                Switches.market(market.symbol()), Switches.chain(market.vault().chain()));
    }

    private MarketView view(Market market) {
        Optional<Setting> stopped = stopped(market);
        return new MarketView(
                market.symbol(),
                market.vault().chain().toString(),
                market.vault().chain() + ":" + market.vault().vault().checksummed(),
                Queries.asset(market.base()),
                Queries.asset(market.quote()),
                market.base().format(market.lotSize()),
                market.quote().format(market.tickSize()),
                market.priceScale().toString(),
                market.terms().mode().name(),
                terms(market.terms().escrow()),
                lots(market.vaultLots()),
                confirmations,
                stopped.isPresent() ? "STOPPED" : "OPEN",
                stopped.map(Setting::reason));
    }

    private static TermsView terms(EscrowTerms terms) {
        return new TermsView(
                terms.arbiterId(),
                terms.paymentWindowSeconds(),
                terms.refundDelaySeconds(),
                terms.disputeBoundSeconds(),
                terms.fallbackArbiter().checksummed(),
                terms.fallbackToBuyerBps(),
                terms.buyerBondBps(),
                terms.sellerBondBps());
    }

    private static VaultLotsView lots(MarketLots lots) {
        return new VaultLotsView(
                lots.id().hex(), lots.baseLot().toString(), lots.quoteLot().toString());
    }

    private static List<LevelView> levels(Market market, List<BookLevel> levels) {
        return levels.stream()
                .map(level -> new LevelView(
                        market.formatPrice(level.priceTicks()),
                        market.formatQuantity(level.totalLots()),
                        level.orderCount()))
                .toList();
    }
}
