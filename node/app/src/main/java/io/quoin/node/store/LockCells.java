package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.LOCK_CELL;

import io.quoin.matching.MarketId;
import io.quoin.signer.terms.LockBatch;
import org.jooq.DSLContext;

/**
 * The cells of a market's ring of batches in the vault, used in turn: the next lock takes the cell that the fewest locks
 * took, the lowest of those. A batch's number follows from its cell and how often that was used, so the numbers of the
 * batches rise one by one; and a number that a failed lock left is the next to be used, since accounts' lanes over it
 * wait for it. Runs inside the caller's transaction.
 */
final class LockCells {
    private LockCells() {}

    /** Makes the cells of a new market. */
    static void register(DSLContext tx, MarketId market) {
        for (int cell = 0; cell < LockBatch.CELLS; cell++) {
            tx.insertInto(LOCK_CELL, LOCK_CELL.MARKET_ID, LOCK_CELL.CELL, LOCK_CELL.TURNS)
                    .values(market.value(), cell, 0L)
                    .execute();
        }
    }

    /** Takes the next cell. */
    static int take(DSLContext tx, MarketId market) {
        // Two that take at once would both wait here, and the second must see what the first took: all rows, one order.
        var cells = tx.selectFrom(LOCK_CELL)
                .where(LOCK_CELL.MARKET_ID.eq(market.value()))
                .orderBy(LOCK_CELL.CELL)
                .forUpdate()
                .fetch();
        var next = cells.getFirst();
        for (var cell : cells) {
            if (cell.getTurns() < next.getTurns()) {
                next = cell;
            }
        }
        next.setTurns(next.getTurns() + 1);
        next.store();
        return next.getCell();
    }

    /** Gives the cell of a lock back that came to nothing. */
    static void giveBack(DSLContext tx, MarketId market, int cell) {
        tx.update(LOCK_CELL)
                .set(LOCK_CELL.TURNS, LOCK_CELL.TURNS.minus(1))
                .where(LOCK_CELL.MARKET_ID.eq(market.value()))
                .and(LOCK_CELL.CELL.eq(cell))
                .execute();
    }
}
