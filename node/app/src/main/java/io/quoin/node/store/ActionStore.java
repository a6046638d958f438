package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.CHAIN_ACTION;
import static io.quoin.node.store.generated.Tables.ESCROW;
import static io.quoin.node.store.generated.Tables.MARKET;

import io.quoin.chain.ActionId;
import io.quoin.chain.ChainAction;
import io.quoin.node.market.Markets;
import io.quoin.node.settlement.ActionKind;
import io.quoin.node.settlement.RequestedAction;
import io.quoin.node.settlement.RequestedActions;
import io.quoin.node.store.generated.tables.records.ChainActionRecord;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jooq.impl.DSL;

/** Actions that settlement asked for and no adapter has accepted yet, in PostgreSQL. */
public final class ActionStore implements RequestedActions {
    private static final String LOCK = ActionKind.LOCK.name();

    private final Database database;
    private final Markets markets;
    private final InstantSource clock;

    /** Makes a store of actions on these markets' escrows. */
    public ActionStore(Database database, Markets markets, InstantSource clock) {
        this.database = database;
        this.markets = markets;
        this.clock = clock;
    }

    @Override
    public List<RequestedAction> oldest(ChainId chain, Set<String> stopped, int limit) {
        return database.in(tx -> tx.select(CHAIN_ACTION, MARKET.SYMBOL)
                .from(CHAIN_ACTION)
                .join(ESCROW)
                .on(ESCROW.ID.eq(CHAIN_ACTION.ESCROW_ID))
                .join(MARKET)
                .on(MARKET.ID.eq(ESCROW.MARKET_ID))
                .where(CHAIN_ACTION.CHAIN.eq(chain.toString()))
                .and(CHAIN_ACTION.STATE.eq("REQUESTED"))
                .and(CHAIN_ACTION.NOT_BEFORE.le(clock.instant().atOffset(ZoneOffset.UTC)))
                .and(CHAIN_ACTION.KIND.ne(LOCK).or(MARKET.SYMBOL.notIn(stopped)))
                // Locks in the order of their fills: the vault counts a trader's orders by rising nonces.
                .orderBy(DSL.when(CHAIN_ACTION.KIND.eq(LOCK), 1).otherwise(0), CHAIN_ACTION.CREATED_AT, ESCROW.FILL_ID)
                .limit(limit)
                .fetch(row -> {
                    ChainActionRecord found = row.value1();
                    ActionId id = new ActionId(new Bytes32(found.getId()));
                    ChainAction action = new ChainAction(id, ActionIntents.intent(tx, markets, found));
                    return new RequestedAction(action, ActionKind.valueOf(found.getKind()), row.value2());
                }));
    }
}
