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
import io.quoin.matching.MarketId;
import io.quoin.node.market.Markets;
import io.quoin.node.settlement.ActionKind;
import io.quoin.node.settlement.EscrowCause;
import io.quoin.node.store.EscrowSteps.Happening;
import io.quoin.node.store.generated.tables.records.ChainActionRecord;
import io.quoin.node.store.generated.tables.records.ChainCursorRecord;
import io.quoin.node.store.generated.tables.records.EscrowRecord;
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
 * Takes a step of a chain into the database, whole or not at all: the ledger, the escrows, the withdrawals, the actions,
 * what the engine must learn, and the cursor. A step that comes again changes nothing.
 */
public final class PostgresCursorStore implements CursorStore {
    private static final Set<String> ENDED = Set.of("MINED", "FAILED");
    private static final String WINDOW_CLOSED = "an order expired before the lock was sent";

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
                    if (first(locked.at(), "LOCKED", locked.index())) {
                        locked(locked);
                    }
                }
                case ChainEvent.FillSkipped skipped -> {
                    if (first(skipped.at(), "FILL_SKIPPED")) {
                        skipped(skipped);
                    }
                }
                case ChainEvent.Released released -> {
                    if (first(released.at(), "RELEASED")) {
                        books.ended(released.at(), released.marketId(), released.seq(), true)
                                .forEach(escrow -> happened(escrow, EscrowCause.RELEASE_FINAL, released.at()));
                    }
                }
                case ChainEvent.Refunded refunded -> {
                    if (first(refunded.at(), "REFUNDED")) {
                        books.ended(refunded.at(), refunded.marketId(), refunded.seq(), false)
                                .forEach(escrow -> happened(escrow, EscrowCause.REFUND_FINAL, refunded.at()));
                    }
                }
                case ChainEvent.FillClosed closed -> {
                    if (first(closed.at(), "FILL_CLOSED")) {
                        closed(closed);
                    }
                }
                case ChainEvent.ActionMined mined -> mined(mined);
                case ChainEvent.ActionFailed failed -> failed(failed);
            }
        }

        private boolean served(EvmAddress token) {
            return markets.byToken(token).isPresent();
        }

        private boolean first(EventPosition at, String kind) {
            return first(at, kind, 0);
        }

        /** Notes the event, or the part of it that one fill is; false if it was noted before. */
        private boolean first(EventPosition at, String kind, int part) {
            return tx.insertInto(CHAIN_EVENT)
                            .set(CHAIN_EVENT.CHAIN, chain.toString())
                            .set(CHAIN_EVENT.BLOCK_HASH, at.blockHash().hex())
                            .set(CHAIN_EVENT.LOG_INDEX, at.logIndex())
                            .set(CHAIN_EVENT.PART, part)
                            .set(CHAIN_EVENT.HEIGHT, at.height().value())
                            .set(CHAIN_EVENT.TX_HASH, at.txHash().hex())
                            .set(CHAIN_EVENT.KIND, kind)
                            .onConflictDoNothing()
                            .execute()
                    == 1;
        }

        private void locked(ChainEvent.Locked event) {
            Optional<Bytes32> escrow = waitingFor(event);
            books.locked(event, escrow);
            escrow.ifPresent(id -> {
                tx.update(ESCROW)
                        .set(ESCROW.DEADLINE_SECONDS, event.deadlineSeconds())
                        .where(ESCROW.ID.eq(id.hex()))
                        .execute();
                happened(id, EscrowCause.LOCK_FINAL, event.at());
            });
        }

        /** The oldest escrow of these orders and amount that is not locked: two such fills are alike in all. */
        private Optional<Bytes32> waitingFor(ChainEvent.Locked event) {
            return tx.select(ESCROW.ID)
                    .from(ESCROW)
                    .where(ESCROW.CHAIN.eq(chain.toString()))
                    .and(ESCROW.BUY_ORDER.eq(event.buyOrder().hex()))
                    .and(ESCROW.SELL_ORDER.eq(event.sellOrder().hex()))
                    .and(ESCROW.BASE_AMOUNT.eq(event.baseAmount()))
                    .and(ESCROW.STATE.in("MATCHED", "LOCKING"))
                    .orderBy(ESCROW.FILL_ID)
                    .limit(1)
                    .fetchOptional(ESCROW.ID)
                    .map(Bytes32::new);
        }

        /** The vault left the fill out of our lock, so the lock came to nothing. Of others' locks nothing follows. */
        private void skipped(ChainEvent.FillSkipped event) {
            tx.select(ESCROW.ID)
                    .from(ESCROW)
                    .join(CHAIN_ACTION)
                    .on(CHAIN_ACTION.ESCROW_ID.eq(ESCROW.ID))
                    .where(CHAIN_ACTION.TX_HASH.eq(event.at().txHash().hex()))
                    .and(CHAIN_ACTION.KIND.eq(ActionKind.LOCK.name()))
                    .and(ESCROW.BUY_ORDER.eq(event.buyOrder().hex()))
                    .and(ESCROW.SELL_ORDER.eq(event.sellOrder().hex()))
                    .fetch(ESCROW.ID)
                    .forEach(id -> EscrowSteps.take(
                            tx,
                            new Happening(
                                    new Bytes32(id),
                                    EscrowCause.LOCK_FAILED,
                                    Optional.of(event.at().txHash()),
                                    Optional.of("the vault left the fill out: " + SkipReasons.text(event.reason()))),
                            now));
        }

        private void closed(ChainEvent.FillClosed event) {
            FillOutcome outcome = FillOutcome.of(event.outcome());
            EscrowCause cause = switch (outcome) {
                case RELEASED -> EscrowCause.RELEASE_FINAL;
                case REFUNDED -> EscrowCause.REFUND_FINAL;
                case DISPUTED -> EscrowCause.DISPUTE_FINAL;
            };
            books.closed(event, outcome).ifPresent(escrow -> happened(escrow, cause, event.at()));
        }

        private void happened(Bytes32 escrow, EscrowCause cause, EventPosition at) {
            EscrowSteps.take(tx, new Happening(escrow, cause, Optional.of(at.txHash()), Optional.empty()), now);
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
            giveCellBack(row);
            EscrowSteps.take(
                    tx,
                    new Happening(
                            new Bytes32(row.getEscrowId()),
                            kind.failed(),
                            failed.txHash(),
                            Optional.of(failed.reason())),
                    now);
        }

        /** The vault has not used the cell of a lock that came to nothing: the next lock takes it. */
        private void giveCellBack(ChainActionRecord action) {
            if (action.getCell() != null) {
                EscrowRecord escrow = tx.fetchSingle(ESCROW, ESCROW.ID.eq(action.getEscrowId()));
                LockCells.giveBack(tx, new MarketId(escrow.getMarketId()), action.getCell());
            }
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
            WithdrawalSteps.expire(tx, chainSeconds);
        }

        private void closeLockWindow(String escrow) {
            tx.selectFrom(CHAIN_ACTION)
                    .where(CHAIN_ACTION.ESCROW_ID.eq(escrow))
                    .and(CHAIN_ACTION.STATE.eq("REQUESTED"))
                    .fetch()
                    .forEach(action -> {
                        action.setState("FAILED");
                        action.setFailure(WINDOW_CLOSED);
                        action.store();
                        giveCellBack(action);
                    });
            EscrowSteps.take(
                    tx,
                    new Happening(
                            new Bytes32(escrow),
                            EscrowCause.LOCK_WINDOW_CLOSED,
                            Optional.empty(),
                            Optional.of(WINDOW_CLOSED)),
                    now);
        }
    }
}
