package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.CHAIN_FILL;
import static io.quoin.node.store.generated.Tables.ESCROW;
import static io.quoin.node.store.generated.Tables.TRADE_ORDER;

import io.quoin.matching.MarketId;
import io.quoin.node.market.Market;
import io.quoin.node.market.Markets;
import io.quoin.node.settlement.ActionKind;
import io.quoin.node.store.generated.tables.records.ChainActionRecord;
import io.quoin.node.store.generated.tables.records.EscrowRecord;
import io.quoin.node.store.generated.tables.records.TradeOrderRecord;
import io.quoin.signer.EvmEscrowCall;
import io.quoin.signer.terms.BatchFees;
import io.quoin.signer.terms.BatchFill;
import io.quoin.signer.terms.BatchSeal;
import io.quoin.signer.terms.LockBatch;
import io.quoin.signer.terms.SignedOrder;
import io.quoin.signer.terms.VaultCall;
import java.util.List;
import java.util.Objects;
import org.jooq.DSLContext;

/** Makes the intent of an action from the escrow that it is for; the same every time. */
final class ActionIntents {
    private ActionIntents() {}

    static EvmEscrowCall intent(DSLContext tx, Markets markets, ChainActionRecord action) {
        EscrowRecord escrow = tx.fetchSingle(ESCROW, ESCROW.ID.eq(action.getEscrowId()));
        Market market = markets.byId(new MarketId(escrow.getMarketId()));
        VaultCall call = switch (ActionKind.valueOf(action.getKind())) {
            case LOCK ->
                new VaultCall.Lock(batch(tx, market, escrow, Objects.requireNonNull(action.getCell(), "cell")));
            case RELEASE -> new VaultCall.Release(seal(tx, escrow));
            case REFUND -> new VaultCall.Refund(seal(tx, escrow));
        };
        return new EvmEscrowCall(market.vault(), call);
    }

    /** A batch of the one fill, without fees, at the maker's limit. */
    private static LockBatch batch(DSLContext tx, Market market, EscrowRecord escrow, int cell) {
        BatchFill fill = new BatchFill(
                signed(tx, escrow.getBuyOrder()),
                signed(tx, escrow.getSellOrder()),
                escrow.getBuyerIsMaker(),
                false,
                escrow.getBaseAmount().divide(market.lotSize()));
        return new LockBatch(
                market.vaultLots(),
                market.priceScale(),
                cell,
                market.terms().escrow(),
                BatchFees.NONE,
                0,
                List.of(fill));
    }

    /** A release or a refund is asked for only once the lock is final, and that brought the seal. */
    private static BatchSeal seal(DSLContext tx, EscrowRecord escrow) {
        return StoreJson.read(
                tx.fetchSingle(CHAIN_FILL, CHAIN_FILL.ESCROW_ID.eq(escrow.getId()))
                        .getSeal(),
                BatchSeal.class);
    }

    private static SignedOrder signed(DSLContext tx, String order) {
        TradeOrderRecord row = tx.fetchSingle(TRADE_ORDER, TRADE_ORDER.ID.eq(order));
        return StoreJson.read(row.getSigned(), SignedOrder.class);
    }
}
