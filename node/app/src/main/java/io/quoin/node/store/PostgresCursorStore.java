package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.CHAIN_ACTION;
import static io.quoin.node.store.generated.Tables.CHAIN_CURSOR;
import static io.quoin.node.store.generated.Tables.CHAIN_EVENT;
import static io.quoin.node.store.generated.Tables.ESCROW;
import static io.quoin.node.store.generated.Tables.TRADE_ORDER;

import io.quoin.chain.BlockHeight;
import io.quoin.chain.ChainBatch;
import io.quoin.chain.ChainCursor;
import io.quoin.chain.ChainEvent;
import io.quoin.chain.CursorStore;
import io.quoin.chain.EventPosition;
import io.quoin.node.market.Markets;
import io.quoin.node.settlement.ActionKind;
import io.quoin.node.settlement.EscrowCause;
import io.quoin.node.store.EscrowSteps.Happening;
import io.quoin.node.store.generated.tables.records.ChainActionRecord;
import io.quoin.node.store.generated.tables.records.ChainCursorRecord;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/**
 * Takes a step of a chain into the database, whole or not at all: the ledger, the escrows, the actions, what the
 * engine must learn, and the cursor. A step that comes again changes nothing.
 */
public final class PostgresCursorStore implements CursorStore {
    private static final Set<String> ENDED = Set.of("MINED", "FAILED");

    private final Database database;
    private final Markets markets;
    private final Clock clock;
    private final Runnable committed;

    /**
     * Makes a store.
     *
     * @param committed run after each step that was taken, by the adapter's thread: there may be work to do
     */
    public PostgresCursorStore(Database database, Markets markets, Clock clock, Runnable committed) {
        this.database = database;
        this.markets = markets;
        this.clock = clock;
        this.committed = committed;
    }

    @Override
    public Optional<ChainCursor> load(ChainId chain) {
        return database.in(tx -> find(tx, chain));
    }

    @Override
    public void commit(ChainBatch batch) {
        database.run(tx -> new Step(tx, batch).take());
        committed.run();
    }

    private static Optional<ChainCursor> find(DSLContext tx, ChainId chain) {
        return tx.selectFrom(CHAIN_CURSOR)
                .where(CHAIN_CURSOR.CHAIN.eq(chain.toString()))
                .fetchOptional()
                .map(row -> new ChainCursor(
                        chain,
                        new BlockHeight(row.getHeight()),
                        new Bytes32(row.getBlockHash()),
                        row.getChainTime().toInstant()));
    }

    private final class Step {
        private final DSLContext tx;
        private final ChainBatch batch;
        private final ChainId chain;
        private final ChainBooks books;
        private final Instant now = clock.instant();

        private Step(DSLContext tx, ChainBatch batch) {
            this.tx = tx;
            this.batch = batch;
            this.chain = batch.to().chain();
            this.books = new ChainBooks(tx, markets, chain, batch.to().chainTime());
        }

        private void take() {
            Optional<ChainCursor> before = find(tx, chain);
            if (before.isPresent() && before.get().height().compareTo(batch.to().height()) > 0) {
                return;
            }
            batch.events().forEach(this::apply);
            moveCursor();
            endWaiting();
        }

        private void apply(ChainEvent event) {
            switch (event) {
                case ChainEvent.Deposited deposited -> {
                    if (served(deposited.token()) && first(deposited.at(), "DEPOSITED")) {
                        books.deposited(deposited);
                    }
                }
                case ChainEvent.Withdrawn withdrawn -> {
                    if (served(withdrawn.token()) && first(withdrawn.at(), "WITHDRAWN")) {
                        books.withdrawn(withdrawn);
                    }
                }
                case ChainEvent.Locked locked -> {
                    if (first(locked.at(), "LOCKED")) {
                        locked(locked);
                    }
                }
                case ChainEvent.Released released -> {
                    if (first(released.at(), "RELEASED")) {
                        boolean ours = happened(released.escrowId(), EscrowCause.RELEASE_FINAL, released.at());
                        books.ended(released.at(), released.escrowId(), true, ours);
                    }
                }
                case ChainEvent.Refunded refunded -> {
                    if (first(refunded.at(), "REFUNDED")) {
                        boolean ours = happened(refunded.escrowId(), EscrowCause.REFUND_FINAL, refunded.at());
                        books.ended(refunded.at(), refunded.escrowId(), false, ours);
                    }
                }
                case ChainEvent.ActionMined mined -> mined(mined);
                case ChainEvent.ActionFailed failed -> failed(failed);
            }
        }

        private boolean served(EvmAddress token) {
            return markets.byToken(token).isPresent();
        }

        /** Notes the event; false if it was noted before. */
        private boolean first(EventPosition at, String kind) {
            return tx.insertInto(CHAIN_EVENT)
                            .set(CHAIN_EVENT.CHAIN, chain.toString())
                            .set(CHAIN_EVENT.BLOCK_HASH, at.blockHash().hex())
                            .set(CHAIN_EVENT.LOG_INDEX, at.logIndex())
                            .set(CHAIN_EVENT.HEIGHT, at.height().value())
                            .set(CHAIN_EVENT.TX_HASH, at.txHash().hex())
                            .set(CHAIN_EVENT.KIND, kind)
                            .onConflictDoNothing()
                            .execute()
                    == 1;
        }

        private void locked(ChainEvent.Locked event) {
            tx.update(ESCROW)
                    .set(ESCROW.DEADLINE_SECONDS, event.deadlineSeconds())
                    .where(ESCROW.ID.eq(event.escrowId().hex()))
                    .execute();
            books.locked(event, happened(event.escrowId(), EscrowCause.LOCK_FINAL, event.at()));
        }

        private boolean happened(Bytes32 escrow, EscrowCause cause, EventPosition at) {
            return EscrowSteps.take(tx, new Happening(escrow, cause, Optional.of(at.txHash()), Optional.empty()), now);
        }

        private void mined(ChainEvent.ActionMined mined) {
            tx.update(CHAIN_ACTION)
                    .set(CHAIN_ACTION.STATE, "MINED")
                    .set(CHAIN_ACTION.GAS_USED, mined.gasUsed())
                    .set(CHAIN_ACTION.GAS_PRICE, mined.effectiveGasPrice().value())
                    .where(CHAIN_ACTION.ID.eq(mined.action().value().hex()))
                    .and(CHAIN_ACTION.STATE.notIn(ENDED))
                    .execute();
        }

        private void failed(ChainEvent.ActionFailed failed) {
            ChainActionRecord row = tx.selectFrom(CHAIN_ACTION)
                    .where(CHAIN_ACTION.ID.eq(failed.action().value().hex()))
                    .forUpdate()
                    .fetchOne();
            if (row == null || ENDED.contains(row.getState())) {
                return;
            }
            if (!row.getState().equals("SIGNED")) {
                // Never signed, so the nonce was never used: the next action may have it.
                row.setNonce(null);
            }
            row.setState("FAILED");
            row.setFailure(failed.reason());
            row.store();
            ActionKind kind = ActionKind.valueOf(row.getKind());
            EscrowSteps.take(
                    tx,
                    new Happening(
                            new Bytes32(row.getEscrowId()),
                            kind.failed(),
                            failed.txHash(),
                            Optional.of(failed.reason())),
                    now);
        }

        private void moveCursor() {
            ChainCursorRecord row = tx.newRecord(CHAIN_CURSOR);
            row.setChain(chain.toString());
            row.setHeight(batch.to().height().value());
            row.setBlockHash(batch.to().blockHash().hex());
            row.setChainTime(batch.to().chainTime().atOffset(ZoneOffset.UTC));
            row.merge();
        }

        /** What the chain's time alone brings about. */
        private void endWaiting() {
            long chainSeconds = batch.to().chainTime().getEpochSecond();
            tx.select(ESCROW.ID)
                    .from(ESCROW)
                    .where(ESCROW.CHAIN.eq(chain.toString()))
                    .and(ESCROW.STATE.in("LOCKED", "RELEASING"))
                    .and(ESCROW.DEADLINE_SECONDS.le(chainSeconds))
                    .fetch(ESCROW.ID)
                    .forEach(id ->
                            EscrowSteps.take(tx, Happening.of(new Bytes32(id), EscrowCause.DEADLINE_PASSED), now));
            tx.select(ESCROW.ID)
                    .from(ESCROW)
                    .join(TRADE_ORDER)
                    .on(TRADE_ORDER.ID.in(ESCROW.BUY_ORDER, ESCROW.SELL_ORDER))
                    .where(ESCROW.CHAIN.eq(chain.toString()))
                    .and(ESCROW.STATE.eq("MATCHED"))
                    .and(TRADE_ORDER.EXPIRY_SECONDS.lt(chainSeconds))
                    .fetchSet(ESCROW.ID)
                    .forEach(this::closeLockWindow);
        }

        private void closeLockWindow(String escrow) {
            tx.update(CHAIN_ACTION)
                    .set(CHAIN_ACTION.STATE, "FAILED")
                    .set(CHAIN_ACTION.FAILURE, "an order expired before the lock was sent")
                    .where(CHAIN_ACTION.ESCROW_ID.eq(escrow))
                    .and(CHAIN_ACTION.STATE.eq("REQUESTED"))
                    .execute();
            EscrowSteps.take(
                    tx,
                    new Happening(
                            new Bytes32(escrow),
                            EscrowCause.LOCK_WINDOW_CLOSED,
                            Optional.empty(),
                            Optional.of("an order expired before the lock was sent")),
                    now);
        }
    }
}
