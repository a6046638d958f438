package io.quoin.signer.audit;

import io.quoin.signer.audit.AuditVerdict.Broken;
import io.quoin.signer.audit.AuditVerdict.Damage;
import io.quoin.signer.evm.Bytes32;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the log from its first row and says whether it is as it was written; if not, which row is the first that is not, and
 * what was done to it. It believes no hash that it did not work out. Stateless.
 */
public final class AuditVerifier {
    private AuditVerifier() {}

    /**
     * Checks.
     *
     * @param rows in the order of their numbers
     * @param checkpoints all that were kept
     * @param key the second key's public half
     * @param places gives the number of the row that has a hash, to say where a moved row came from
     */
    public static AuditVerdict verify(
            Iterator<AuditRow> rows, List<AuditCheckpoint> checkpoints, PublicKey key, RowPlaces places) {
        TreeMap<Long, AuditCheckpoint> vouching = new TreeMap<>();
        for (AuditCheckpoint checkpoint : checkpoints) {
            Optional<AuditVerdict> fault = admit(vouching, checkpoint, key);
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        AuditHead head = AuditHead.NONE;
        long vouched = 0;
        while (rows.hasNext()) {
            AuditRow row = rows.next();
            Optional<Broken> fault = fault(head, row, places);
            if (fault.isPresent()) {
                return fault.get();
            }
            head = row.head();
            AuditCheckpoint checkpoint = vouching.get(row.number());
            if (checkpoint != null && !checkpoint.head().equals(head)) {
                return rewritten(vouched, row.number(), checkpoint);
            }
            vouched = checkpoint == null ? vouched : row.number();
        }
        Map.Entry<Long, AuditCheckpoint> last = vouching.lastEntry();
        if (last != null && last.getKey() > head.number()) {
            return broken(
                    Damage.DELETED,
                    head.number() + 1,
                    "the log ends at row " + head.number() + ", but a checkpoint of "
                            + last.getValue().at() + " vouches for row " + last.getKey()
                            + ": every row after " + head.number() + " was deleted");
        }
        return new AuditVerdict.Intact(head, vouching.size(), vouched);
    }

    /** Gives the number of the row that stores a hash. */
    @FunctionalInterface
    public interface RowPlaces {
        /** The row's number; empty if no row stores it. */
        Optional<Long> of(Bytes32 hash);

        /** Places of rows that are all at hand. */
        static RowPlaces among(List<AuditRow> rows) {
            Map<Bytes32, Long> places = new HashMap<>();
            rows.forEach(row -> places.put(row.hash(), row.number()));
            return hash -> Optional.ofNullable(places.get(hash));
        }
    }

    private static Optional<AuditVerdict> admit(
            Map<Long, AuditCheckpoint> vouching, AuditCheckpoint checkpoint, PublicKey key) {
        long number = checkpoint.head().number();
        if (!checkpoint.isSignedBy(key)) {
            return Optional.of(broken(
                    Damage.CHECKPOINT,
                    number,
                    "the checkpoint at row " + number + " is not signed by this key: it was changed, or the key is"
                            + " another one"));
        }
        AuditCheckpoint other = vouching.put(number, checkpoint);
        return other == null || other.head().equals(checkpoint.head())
                ? Optional.empty()
                : Optional.of(broken(
                        Damage.CHECKPOINT,
                        number,
                        "two checkpoints, both signed, say different things of row " + number
                                + ": two logs were written with one key"));
    }

    private static Optional<Broken> fault(AuditHead head, AuditRow row, RowPlaces places) {
        long expected = head.number() + 1;
        if (row.number() != expected) {
            return Optional.of(broken(
                    Damage.DELETED,
                    expected,
                    "row " + expected + " is missing: after row " + head.number() + " comes row " + row.number()));
        }
        if (!row.isWhole()) {
            return Optional.of(broken(
                    Damage.EDITED, expected, "row " + expected + " was edited: its hash is not that of what it says"));
        }
        if (row.previous().equals(head.hash())) {
            return Optional.empty();
        }
        Optional<Long> before = row.previous().isZero() ? Optional.of(0L) : places.of(row.previous());
        return Optional.of(before.map(place -> broken(
                        Damage.REORDERED,
                        expected,
                        "row " + expected + " is out of its place: it was written after row " + place
                                + "'s present content, not after row " + head.number() + "'s"))
                .orElseGet(() -> broken(
                        Damage.EDITED,
                        expected - 1 == 0 ? expected : expected - 1,
                        "row " + (expected - 1) + " or row " + expected + " was replaced, hash and all: row " + expected
                                + " does not follow on row " + (expected - 1))));
    }

    private static Broken rewritten(long vouched, long number, AuditCheckpoint checkpoint) {
        return broken(
                Damage.REWRITTEN,
                vouched + 1,
                "rows were written anew, hashes and all, between row " + (vouched + 1) + " and row " + number
                        + ": the checkpoint of " + checkpoint.at() + " vouches for another row " + number);
    }

    private static Broken broken(Damage damage, long number, String explanation) {
        return new Broken(damage, number, explanation);
    }
}
