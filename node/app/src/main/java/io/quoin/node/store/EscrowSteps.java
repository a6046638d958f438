package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.CHAIN_ACTION;
import static io.quoin.node.store.generated.Tables.ESCROW;
import static io.quoin.node.store.generated.Tables.ESCROW_TRANSITION;

import io.quoin.matching.Command;
import io.quoin.matching.FillId;
import io.quoin.matching.MarketId;
import io.quoin.node.settlement.ActionKind;
import io.quoin.node.settlement.EscrowCause;
import io.quoin.node.settlement.EscrowEdge;
import io.quoin.node.settlement.EscrowEffect;
import io.quoin.node.settlement.EscrowIds;
import io.quoin.node.settlement.EscrowState;
import io.quoin.node.settlement.EscrowTable;
import io.quoin.node.settlement.RetryDelay;
import io.quoin.node.store.generated.tables.records.EscrowRecord;
import io.quoin.signer.evm.Bytes32;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes escrows along the edges of {@link EscrowTable}: state, record of the step and effects in one transaction. */
final class EscrowSteps {
    private static final Logger LOG = LoggerFactory.getLogger(EscrowSteps.class);

    private EscrowSteps() {}

    /**
     * What happened to an escrow.
     *
     * @param escrow which
     * @param cause what
     * @param tx the transaction on chain, if there was one
     * @param detail for a person, in the record of the step
     */
    record Happening(Bytes32 escrow, EscrowCause cause, Optional<Bytes32> tx, Optional<String> detail) {
        static Happening of(Bytes32 escrow, EscrowCause cause) {
            return new Happening(escrow, cause, Optional.empty(), Optional.empty());
        }
    }

    /**
     * Takes the step that follows.
     *
     * @return false if the escrow is none of ours or the step is not legal from where it stands: nothing was changed
     */
    static boolean take(DSLContext tx, Happening happening, Instant now) {
        EscrowRecord escrow = tx.selectFrom(ESCROW)
                .where(ESCROW.ID.eq(happening.escrow().hex()))
                .forUpdate()
                .fetchOne();
        if (escrow == null) {
            return false;
        }
        EscrowState from = EscrowState.valueOf(escrow.getState());
        Optional<EscrowEdge> edge = EscrowTable.decide(from, happening.cause());
        if (edge.isEmpty()) {
            LOG.warn("escrow={} state={} refuses cause={}", happening.escrow(), from, happening.cause());
            return false;
        }
        escrow.setState(edge.get().to().name());
        escrow.setUpdatedAt(now.atOffset(ZoneOffset.UTC));
        happening.detail().ifPresent(escrow::setFailure);
        escrow.store();
        record(tx, happening, Optional.of(from), edge.get().to(), now);
        edge.get().effects().forEach(effect -> carryOut(tx, escrow, effect, now));
        return true;
    }

    /** Notes the first state of a new escrow and asks for its lock. */
    static void begin(DSLContext tx, EscrowRecord escrow, Instant now) {
        escrow.setState(EscrowState.MATCHED.name());
        escrow.attach(tx.configuration());
        escrow.store();
        Bytes32 id = new Bytes32(escrow.getId());
        record(tx, Happening.of(id, EscrowCause.FILL_MATCHED), Optional.empty(), EscrowState.MATCHED, now);
        carryOut(tx, escrow, EscrowEffect.REQUEST_LOCK, now);
    }

    private static void carryOut(DSLContext tx, EscrowRecord escrow, EscrowEffect effect, Instant now) {
        FillId fill = new FillId(escrow.getFillId());
        switch (effect) {
            case REQUEST_LOCK -> request(tx, escrow, ActionKind.LOCK, now);
            case REQUEST_RELEASE -> request(tx, escrow, ActionKind.RELEASE, now);
            case REQUEST_REFUND -> request(tx, escrow, ActionKind.REFUND, now);
            case SETTLE_FILL -> Inbox.put(tx, "fill/" + fill.value(), new Command.SettleFill(fill));
            case RETURN_FILL -> Inbox.put(tx, "fill/" + fill.value(), new Command.ReturnFill(fill));
        }
    }

    private static void request(DSLContext tx, EscrowRecord escrow, ActionKind kind, Instant now) {
        Bytes32 id = new Bytes32(escrow.getId());
        int failed =
                tx.fetchCount(CHAIN_ACTION, CHAIN_ACTION.ESCROW_ID.eq(id.hex()).and(CHAIN_ACTION.KIND.eq(kind.name())));
        MarketId market = new MarketId(escrow.getMarketId());
        tx.insertInto(CHAIN_ACTION)
                .set(CHAIN_ACTION.CELL, kind == ActionKind.LOCK ? (Integer) LockCells.take(tx, market) : null)
                .set(CHAIN_ACTION.ID, EscrowIds.action(id, kind, failed + 1).hex())
                .set(CHAIN_ACTION.CHAIN, escrow.getChain())
                .set(CHAIN_ACTION.ESCROW_ID, id.hex())
                .set(CHAIN_ACTION.KIND, kind.name())
                .set(CHAIN_ACTION.ATTEMPT, failed + 1)
                .set(CHAIN_ACTION.STATE, "REQUESTED")
                .set(CHAIN_ACTION.CREATED_AT, now.atOffset(ZoneOffset.UTC))
                .set(CHAIN_ACTION.NOT_BEFORE, now.plus(RetryDelay.after(failed)).atOffset(ZoneOffset.UTC))
                .execute();
    }

    private static void record(
            DSLContext tx, Happening happening, Optional<EscrowState> from, EscrowState to, Instant now) {
        int step = tx.fetchCount(
                ESCROW_TRANSITION,
                ESCROW_TRANSITION.ESCROW_ID.eq(happening.escrow().hex()));
        tx.insertInto(ESCROW_TRANSITION)
                .set(ESCROW_TRANSITION.ESCROW_ID, happening.escrow().hex())
                .set(ESCROW_TRANSITION.STEP, step + 1)
                .set(ESCROW_TRANSITION.FROM_STATE, from.map(Enum::name).orElse(null))
                .set(ESCROW_TRANSITION.TO_STATE, to.name())
                .set(ESCROW_TRANSITION.CAUSE, happening.cause().name())
                .set(ESCROW_TRANSITION.TX_HASH, happening.tx().map(Bytes32::hex).orElse(null))
                .set(ESCROW_TRANSITION.AT, now.atOffset(ZoneOffset.UTC))
                .execute();
        LOG.info(
                "escrow={} from={} to={} cause={} tx={}",
                happening.escrow(),
                from.map(Enum::name).orElse("-"),
                to,
                happening.cause(),
                happening.tx().map(Bytes32::hex).orElse("-"));
    }
}
