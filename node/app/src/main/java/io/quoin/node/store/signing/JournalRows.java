package io.quoin.node.store.signing;

import static io.quoin.node.store.generated.Tables.SIGNER_JOURNAL;
import static io.quoin.node.store.generated.Tables.SIGNER_SLOT;
import static io.quoin.node.store.generated.Tables.SIGNER_SPEND;

import io.quoin.node.store.generated.tables.records.SignerSlotRecord;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.journal.Held;
import io.quoin.signer.journal.JournalPosition;
import io.quoin.signer.journal.JournalSnapshot.Counted;
import io.quoin.signer.journal.KeyName;
import io.quoin.signer.journal.Slot;
import io.quoin.signer.journal.Spending;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The journal's rows. A group's rows go as one array for each column in one statement, which costs the database and this
 * program less than a row at a time. Stateless.
 */
final class JournalRows {
    private static final String COLUMNS = "slot, key_name, what, mark, bound, payload, fee, turn, signature";
    private static final String ARRAYS = "unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],"
            + " ?::numeric[], ?::integer[], ?::bytea[]) as u (" + COLUMNS + ")";
    private static final String INSERT =
            "insert into signer_slot (" + COLUMNS + ") select " + COLUMNS + " from " + ARRAYS;
    private static final String UPDATE = "update signer_slot s set key_name = u.key_name, what = u.what, mark = u.mark,"
            + " bound = u.bound, payload = u.payload, fee = u.fee, turn = u.turn, signature = u.signature from "
            + ARRAYS + " where s.slot = u.slot";
    private static final String SPEND = "insert into signer_spend (at, key_name, asset, amount)"
            + " select * from unnest(?::timestamptz[], ?::text[], ?::text[], ?::numeric[])";

    private JournalRows() {}

    /** What those slots hold; slots that hold nothing are not in it. */
    static Map<Slot, Held> read(DSLContext tx, Collection<Slot> slots) {
        String[] names = slots.stream().map(Slot::text).toArray(String[]::new);
        Map<Slot, Held> held = new HashMap<>();
        tx.selectFrom(SIGNER_SLOT)
                .where(SIGNER_SLOT.SLOT.eq(DSL.any(names)))
                .forEach(row -> held.put(Slot.parse(row.getSlot()), held(row)));
        return held;
    }

    /** Every row, by slot. */
    static List<Held> all(DSLContext tx) {
        return tx.selectFrom(SIGNER_SLOT).orderBy(SIGNER_SLOT.SLOT).fetch(JournalRows::held);
    }

    /** Writes new rows; a taken slot breaks the transaction. */
    static void insert(DSLContext tx, List<Held> rows) {
        if (!rows.isEmpty()) {
            requireAll(tx.execute(INSERT, arrays(rows)), rows);
        }
    }

    /** Writes rows that are there. */
    static void update(DSLContext tx, List<Held> rows) {
        if (!rows.isEmpty()) {
            requireAll(tx.execute(UPDATE, arrays(rows)), rows);
        }
    }

    /** Writes what was signed away. */
    static void count(DSLContext tx, List<Counted> counted) {
        if (counted.isEmpty()) {
            return;
        }
        tx.execute(
                SPEND,
                counted.stream().map(one -> one.at().atOffset(ZoneOffset.UTC)).toArray(java.time.OffsetDateTime[]::new),
                texts(counted, one -> one.key().value()),
                texts(counted, one -> one.spending().asset()),
                counted.stream()
                        .map(one -> new BigDecimal(one.spending().amount()))
                        .toArray(BigDecimal[]::new));
    }

    /** What was signed away after a moment. */
    static List<Counted> counted(DSLContext tx, Instant after) {
        return tx.selectFrom(SIGNER_SPEND)
                .where(SIGNER_SPEND.AT.gt(after.atOffset(ZoneOffset.UTC)))
                .orderBy(SIGNER_SPEND.AT, SIGNER_SPEND.ID)
                .fetch(row -> new Counted(
                        row.getAt().toInstant(),
                        new KeyName(row.getKeyName()),
                        new Spending(row.getAsset(), row.getAmount())));
    }

    /** How far the journal has come. */
    static JournalPosition position(DSLContext tx) {
        return tx.select(SIGNER_JOURNAL.JOURNAL, SIGNER_JOURNAL.VERSION, SIGNER_JOURNAL.DIGEST)
                .from(SIGNER_JOURNAL)
                .fetchSingle(row -> new JournalPosition(row.value1(), row.value2(), new Bytes32(row.value3())));
    }

    /** Moves the journal on, if that fencing number is the holder's; returns whether it is. Locks the journal's row. */
    static boolean advance(DSLContext tx, JournalPosition position, long fence) {
        return tx.update(SIGNER_JOURNAL)
                        .set(SIGNER_JOURNAL.VERSION, position.version())
                        .set(SIGNER_JOURNAL.DIGEST, position.digest().hex())
                        .where(SIGNER_JOURNAL.FENCE.eq(fence))
                        .execute()
                == 1;
    }

    /** Whether that fencing number is the holder's. */
    static boolean holds(DSLContext tx, long fence) {
        return tx.fetchExists(SIGNER_JOURNAL, SIGNER_JOURNAL.FENCE.eq(fence));
    }

    private static void requireAll(int written, List<Held> rows) {
        if (written != rows.size()) {
            throw new IllegalStateException("the journal wrote " + written + " of " + rows.size() + " rows");
        }
    }

    private static Object[] arrays(List<Held> rows) {
        return new Object[] {
            texts(rows, row -> row.slot().text()),
            texts(rows, row -> row.key().value()),
            texts(rows, row -> row.what().hex()),
            texts(rows, row -> row.mark().name()),
            texts(rows, row -> row.bound().map(Bytes32::hex).orElse(null)),
            texts(rows, row -> row.payload().hex()),
            rows.stream().map(row -> new BigDecimal(row.fee())).toArray(BigDecimal[]::new),
            rows.stream().map(Held::turn).toArray(Integer[]::new),
            rows.stream()
                    .map(row -> row.signature().map(Hex::bytes).orElse(null))
                    .toArray(byte[][]::new)
        };
    }

    private static <T> String[] texts(List<T> rows, Function<T, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static Held held(SignerSlotRecord row) {
        return new Held(
                Slot.parse(row.getSlot()),
                new KeyName(row.getKeyName()),
                new Bytes32(row.getWhat()),
                Held.Mark.valueOf(row.getMark()),
                Optional.ofNullable(row.getBound()).map(Bytes32::new),
                new Bytes32(row.getPayload()),
                row.getFee(),
                row.getTurn(),
                Optional.ofNullable(row.getSignature()).map(Hex::of));
    }
}
