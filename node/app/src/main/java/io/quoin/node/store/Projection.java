package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.TRADE;
import static io.quoin.node.store.generated.Tables.TRADE_ORDER;
import static io.quoin.node.store.generated.Tables.WITHDRAWAL;

import io.quoin.matching.Event;
import io.quoin.matching.OrderId;
import io.quoin.matching.Side;
import io.quoin.node.market.Market;
import io.quoin.node.market.Markets;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.sequencer.AppliedEntry;
import io.quoin.node.sequencer.LogEntry;
import io.quoin.node.settlement.EscrowIds;
import io.quoin.node.store.generated.tables.records.EscrowRecord;
import io.quoin.node.withdrawal.SubmittedWithdrawal;
import io.quoin.node.withdrawal.WithdrawalState;
import io.quoin.signer.evm.Bytes32;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jooq.DSLContext;

/** Keeps the tables of orders, trades, escrows and withdrawals in step with the engine's events. */
final class Projection {
    private final DSLContext tx;
    private final Markets markets;

    Projection(DSLContext tx, Markets markets) {
        this.tx = tx;
        this.markets = markets;
    }

    void project(AppliedEntry applied) {
        for (Event event : applied.events()) {
            switch (event) {
                case Event.OrderAccepted accepted -> accepted(applied.entry(), accepted);
                case Event.Filled filled -> filled(applied.entry(), filled);
                case Event.OrderCancelled cancelled -> cancelled(cancelled);
                case Event.WithdrawalChanged changed -> withdrawal(applied.entry(), changed);
                // Nothing is derived from these yet: books and balances are asked of the engine and the ledger.
                case Event.MarketOpened _,
                        Event.MarketStateChanged _,
                        Event.ReferencePriceChanged _,
                        Event.IndicativePrice _,
                        Event.AuctionUncrossed _,
                        Event.OrderRejected _,
                        Event.OrderRested _,
                        Event.AllCancelled _,
                        Event.LevelChanged _,
                        Event.BalanceChanged _,
                        Event.FillSettled _,
                        Event.FillReturned _,
                        Event.CommandRefused _ -> {}
                // The node tells the engine nothing that these follow from. They would change orders or money without
                // a trace in the tables here, so they fail the transaction.
                case Event.ClientOrderRepeated _,
                        Event.OrderTriggered _,
                        Event.OrderReduced _,
                        Event.OrderAmended _,
                        Event.AmendRejected _,
                        Event.FillForfeited _,
                        Event.ExitChanged _ -> throw new IllegalStateException("the tables have no place for " + event);
            }
        }
    }

    private void accepted(LogEntry entry, Event.OrderAccepted accepted) {
        SubmittedOrder order = entry.order().orElseThrow();
        tx.insertInto(TRADE_ORDER)
                .set(TRADE_ORDER.ID, order.id().hex())
                .set(TRADE_ORDER.POSITION, entry.position())
                .set(TRADE_ORDER.ACCOUNT_ID, accepted.account().value())
                .set(TRADE_ORDER.MARKET_ID, accepted.market().value())
                .set(TRADE_ORDER.SIDE, order.terms().side().name())
                .set(TRADE_ORDER.PRICE, order.terms().price())
                .set(TRADE_ORDER.QUANTITY, order.terms().quantity())
                .set(TRADE_ORDER.PRICE_TICKS, order.ticks())
                .set(TRADE_ORDER.QUANTITY_LOTS, order.lots())
                .set(TRADE_ORDER.REMAINING_LOTS, order.lots())
                .set(TRADE_ORDER.NONCE, order.terms().nonce())
                .set(TRADE_ORDER.EXPIRY_SECONDS, order.terms().expirySeconds())
                .set(TRADE_ORDER.SIGNED, StoreJson.write(order.signed()))
                .set(TRADE_ORDER.STATUS, "OPEN")
                .set(TRADE_ORDER.ACCEPTED_AT, at(entry))
                .execute();
    }

    private void filled(LogEntry entry, Event.Filled fill) {
        requireFree(fill);
        Market market = markets.byId(fill.market());
        Bytes32 maker = remaining(fill.maker(), fill.makerRemainingLots());
        Bytes32 taker = remaining(fill.taker(), fill.takerRemainingLots());
        tx.insertInto(TRADE)
                .set(TRADE.FILL_ID, fill.fill().value())
                .set(TRADE.POSITION, entry.position())
                .set(TRADE.MARKET_ID, fill.market().value())
                .set(TRADE.PRICE_TICKS, fill.priceTicks())
                .set(TRADE.QUANTITY_LOTS, fill.quantityLots())
                .set(TRADE.BASE_AMOUNT, market.quantity(fill.quantityLots()))
                .set(TRADE.QUOTE_AMOUNT, market.cost(fill.priceTicks(), fill.quantityLots()))
                .set(TRADE.MAKER_ORDER, maker.hex())
                .set(TRADE.TAKER_ORDER, taker.hex())
                .set(TRADE.TAKER_SIDE, fill.takerSide().name())
                .set(TRADE.AT, at(entry))
                .execute();
        boolean buyerIsMaker = fill.takerSide() == Side.SELL;
        EscrowRecord escrow = new EscrowRecord();
        escrow.setId(EscrowIds.escrow(market, fill.fill(), maker, taker).hex());
        escrow.setFillId(fill.fill().value());
        escrow.setMarketId(market.id().value());
        escrow.setChain(market.vault().chain().toString());
        escrow.setBuyOrder((buyerIsMaker ? maker : taker).hex());
        escrow.setSellOrder((buyerIsMaker ? taker : maker).hex());
        escrow.setBuyerIsMaker(buyerIsMaker);
        escrow.setBaseAmount(market.quantity(fill.quantityLots()));
        escrow.setQuoteAmount(market.cost(fill.priceTicks(), fill.quantityLots()));
        escrow.setCreatedAt(at(entry));
        escrow.setUpdatedAt(at(entry));
        EscrowSteps.begin(tx, escrow, entry.at());
    }

    /** Escrow and ledger move base and quote amount and no more; {@link Market#spec} opens no market that needs more. */
    private static void requireFree(Event.Filled fill) {
        if (fill.makerFee() != 0 || fill.takerFee() != 0 || fill.bond() != 0) {
            throw new IllegalStateException("neither escrow nor ledger has a place for fees and bonds: " + fill);
        }
    }

    private Bytes32 remaining(OrderId order, long lots) {
        return new Bytes32(Objects.requireNonNull(tx.update(TRADE_ORDER)
                        .set(TRADE_ORDER.REMAINING_LOTS, lots)
                        .set(TRADE_ORDER.STATUS, lots == 0 ? "FILLED" : "OPEN")
                        .where(TRADE_ORDER.POSITION.eq(order.value()))
                        .returning(TRADE_ORDER.ID)
                        .fetchOne())
                .getId());
    }

    private void cancelled(Event.OrderCancelled cancelled) {
        tx.update(TRADE_ORDER)
                .set(TRADE_ORDER.STATUS, "CANCELLED")
                .set(TRADE_ORDER.REASON, cancelled.reason().name())
                .where(TRADE_ORDER.POSITION.eq(cancelled.order().value()))
                .execute();
    }

    private void withdrawal(LogEntry entry, Event.WithdrawalChanged changed) {
        switch (changed.state()) {
            case REQUESTED -> requested(entry, changed);
            case COSIGNED ->
                tx.update(WITHDRAWAL)
                        .set(WITHDRAWAL.STATE, WithdrawalState.COSIGNED.name())
                        .where(WITHDRAWAL.POSITION.eq(changed.withdrawal().value()))
                        .execute();
            // The final block that the engine is told of has set these: WithdrawalSteps.
            case EXPIRED, FINAL -> {}
        }
    }

    private void requested(LogEntry entry, Event.WithdrawalChanged changed) {
        SubmittedWithdrawal withdrawal = entry.withdrawal().orElseThrow();
        tx.insertInto(WITHDRAWAL)
                .set(WITHDRAWAL.ID, withdrawal.id().hex())
                .set(WITHDRAWAL.POSITION, changed.withdrawal().value())
                .set(WITHDRAWAL.ACCOUNT_ID, changed.account().value())
                .set(WITHDRAWAL.ASSET_ID, changed.asset().value())
                .set(WITHDRAWAL.AMOUNT, withdrawal.terms().amount())
                .set(WITHDRAWAL.RECIPIENT, withdrawal.terms().to().hex())
                .set(WITHDRAWAL.NONCE, withdrawal.terms().nonce())
                .set(WITHDRAWAL.DEADLINE_SECONDS, withdrawal.terms().deadlineSeconds())
                .set(WITHDRAWAL.STATE, WithdrawalState.REQUESTED.name())
                .set(WITHDRAWAL.REQUESTED_AT, at(entry))
                .execute();
    }

    private static OffsetDateTime at(LogEntry entry) {
        return entry.at().atOffset(ZoneOffset.UTC);
    }
}
