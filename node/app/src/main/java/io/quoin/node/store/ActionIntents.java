package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.ESCROW;
import static io.quoin.node.store.generated.Tables.TRADE_ORDER;

import io.quoin.matching.MarketId;
import io.quoin.node.market.Market;
import io.quoin.node.market.Markets;
import io.quoin.node.settlement.ActionKind;
import io.quoin.node.store.generated.tables.records.EscrowRecord;
import io.quoin.node.store.generated.tables.records.TradeOrderRecord;
import io.quoin.signer.EvmEscrowCall;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.terms.EscrowFill;
import io.quoin.signer.terms.SignedOrder;
import io.quoin.signer.terms.VaultCall;
import java.util.List;
import org.jooq.DSLContext;

/** Makes the intent of an action from the escrow that it is for; the same every time. */
final class ActionIntents {
    private ActionIntents() {}

    static EvmEscrowCall intent(DSLContext tx, Markets markets, String escrowId, ActionKind kind) {
        EscrowRecord escrow = tx.fetchSingle(ESCROW, ESCROW.ID.eq(escrowId));
        TradeOrderRecord buy = tx.fetchSingle(TRADE_ORDER, TRADE_ORDER.ID.eq(escrow.getBuyOrder()));
        TradeOrderRecord sell = tx.fetchSingle(TRADE_ORDER, TRADE_ORDER.ID.eq(escrow.getSellOrder()));
        Market market = markets.byId(new MarketId(buy.getMarketId()));
        Bytes32 id = new Bytes32(escrowId);
        VaultCall call = switch (kind) {
            case LOCK ->
                new VaultCall.Lock(List.of(new EscrowFill(
                        id, signed(buy), signed(sell), escrow.getBuyerIsMaker(), escrow.getBaseAmount())));
            case RELEASE -> new VaultCall.Release(List.of(id));
            case REFUND -> new VaultCall.Refund(List.of(id));
        };
        return new EvmEscrowCall(market.vault(), call);
    }

    private static SignedOrder signed(TradeOrderRecord order) {
        return StoreJson.read(order.getSigned(), SignedOrder.class);
    }
}
