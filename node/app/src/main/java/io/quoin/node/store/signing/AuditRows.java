package io.quoin.node.store.signing;

import static io.quoin.node.store.generated.Tables.SIGNER_AUDIT;

import io.quoin.node.store.generated.tables.records.SignerAuditRecord;
import io.quoin.signer.audit.AuditHead;
import io.quoin.signer.audit.AuditRow;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.Hex;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.jooq.DSLContext;

/** The audit log's rows. Stateless. */
final class AuditRows {
    private static final int PAGE = 2_000;
    /** One array for each column, as in {@link JournalRows}. */
    private static final String APPEND = "insert into signer_audit (number, at, entry, previous, hash)"
            + " select * from unnest(?::bigint[], ?::timestamptz[], ?::bytea[], ?::text[], ?::text[])";

    private AuditRows() {}

    /** The end of the chain. */
    static AuditHead head(DSLContext tx) {
        return tx.selectFrom(SIGNER_AUDIT)
                .orderBy(SIGNER_AUDIT.NUMBER.desc())
                .limit(1)
                .fetchOptional(row -> row(row).head())
                .orElse(AuditHead.NONE);
    }

    /** Appends rows, each at its moment; a number that is taken breaks the transaction. */
    static void append(DSLContext tx, List<AuditRow> rows, List<OffsetDateTime> moments) {
        tx.execute(
                APPEND,
                rows.stream().map(AuditRow::number).toArray(Long[]::new),
                moments.toArray(OffsetDateTime[]::new),
                rows.stream().map(row -> row.entry().bytes()).toArray(byte[][]::new),
                rows.stream().map(row -> row.previous().hex()).toArray(String[]::new),
                rows.stream().map(row -> row.hash().hex()).toArray(String[]::new));
    }

    /** The row that stores a hash. */
    static Optional<Long> place(DSLContext tx, Bytes32 hash) {
        return tx.selectFrom(SIGNER_AUDIT)
                .where(SIGNER_AUDIT.HASH.eq(hash.hex()))
                .fetchOptional(SignerAuditRecord::getNumber);
    }

    /** Every row by its number, read page by page. */
    static Iterator<AuditRow> all(DSLContext tx) {
        return new Pages(tx);
    }

    private static final class Pages implements Iterator<AuditRow> {
        private final DSLContext tx;
        private final Queue<AuditRow> page = new ArrayDeque<>();
        private long last = Long.MIN_VALUE;

        Pages(DSLContext tx) {
            this.tx = tx;
        }

        @Override
        public boolean hasNext() {
            if (page.isEmpty()) {
                tx.selectFrom(SIGNER_AUDIT)
                        .where(SIGNER_AUDIT.NUMBER.gt(last))
                        .orderBy(SIGNER_AUDIT.NUMBER)
                        .limit(PAGE)
                        .forEach(row -> page.add(row(row)));
            }
            return !page.isEmpty();
        }

        @Override
        public AuditRow next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the audit log has no further row");
            }
            AuditRow row = page.remove();
            last = row.number();
            return row;
        }
    }

    private static AuditRow row(SignerAuditRecord row) {
        return new AuditRow(
                row.getNumber(), Hex.of(row.getEntry()), new Bytes32(row.getPrevious()), new Bytes32(row.getHash()));
    }
}
