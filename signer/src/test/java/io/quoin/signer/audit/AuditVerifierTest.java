package io.quoin.signer.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.signer.audit.AuditVerdict.Broken;
import io.quoin.signer.audit.AuditVerdict.Damage;
import io.quoin.signer.audit.AuditVerdict.Intact;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.Hex;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditVerifierTest {
    private static final int ROWS = 60;

    private final List<AuditRow> rows = new ArrayList<>();
    private final List<AuditCheckpoint> checkpoints = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set below
    private KeyPair key;

    @BeforeEach
    void write() throws GeneralSecurityException {
        key = newKey();
        AuditHead head = AuditHead.NONE;
        for (int i = 1; i <= ROWS; i++) {
            AuditRow row = AuditRow.after(head, fact(i, "request " + i));
            rows.add(row);
            head = row.head();
            if (i % 20 == 0) {
                checkpoints.add(checkpoint(head));
            }
        }
    }

    @Test
    void log_asItWasWritten_isIntact() {
        assertThat(verify()).isEqualTo(new Intact(rows.getLast().head(), 3, 60));
    }

    @Test
    void log_withoutRows_isIntact() {
        rows.clear();
        checkpoints.clear();

        assertThat(verify()).isEqualTo(new Intact(AuditHead.NONE, 0, 0));
    }

    @Test
    void deletedRow_isNamed_whicheverItIs() {
        for (int number = 1; number <= ROWS; number++) {
            AuditRow gone = rows.remove(number - 1);

            assertBroken(
                    Damage.DELETED, number, number == ROWS ? "after " + (number - 1) : "row " + number + " is missing");

            rows.add(number - 1, gone);
        }
    }

    @Test
    void editedRow_isNamed_whicheverItIs() {
        long seed = System.nanoTime();
        System.out.println("AuditVerifierTest seed " + seed);
        Random random = new Random(seed);
        for (int number = 1; number <= ROWS; number++) {
            AuditRow row = rows.get(number - 1);
            byte[] entry = row.entry().bytes();
            entry[random.nextInt(entry.length)] ^= (byte) (1 << random.nextInt(8));
            rows.set(number - 1, new AuditRow(number, Hex.of(entry), row.previous(), row.hash()));

            assertBroken(Damage.EDITED, number, "row " + number + " was edited");

            rows.set(number - 1, row);
        }
    }

    @Test
    void rowsThatChangedPlaces_areNamed_whicheverTheyAre() {
        for (int first = 1; first < ROWS; first++) {
            for (int second = first + 1; second <= ROWS; second += 7) {
                swap(first, second);

                assertBroken(Damage.REORDERED, first, "row " + first + " is out of its place");

                swap(first, second);
            }
        }
    }

    @Test
    void replacedRow_withARightHash_isFoundByTheRowAfter() {
        rows.set(29, AuditRow.after(rows.get(28).head(), fact(30, "something else")));

        assertBroken(Damage.EDITED, 30, "row 30 or row 31 was replaced");
    }

    @Test
    void rowsWrittenAnew_hashesAndAll_areFoundByTheNextCheckpoint() {
        for (int i = 30; i <= ROWS; i++) {
            rows.set(i - 1, AuditRow.after(rows.get(i - 2).head(), fact(i, "something else")));
        }

        assertBroken(Damage.REWRITTEN, 21, "between row 21 and row 40");
    }

    @Test
    void tailThatWasCut_isFoundByTheLastCheckpoint() {
        rows.subList(50, ROWS).clear();

        assertBroken(Damage.DELETED, 51, "vouches for row 60");
    }

    @Test
    void checkpointOfAnotherKey_orChanged_isNotBelieved() throws GeneralSecurityException {
        AuditCheckpoint good = checkpoints.getFirst();
        checkpoints.set(0, AuditCheckpoint.sign(good.head(), good.at(), newKey().getPrivate()));
        assertBroken(Damage.CHECKPOINT, 20, "not signed by this key");

        checkpoints.set(0, new AuditCheckpoint(new AuditHead(20, Bytes32.ZERO), good.at(), good.signature()));
        assertBroken(Damage.CHECKPOINT, 20, "not signed by this key");

        checkpoints.set(0, new AuditCheckpoint(good.head(), good.at(), new Hex("0x00")));
        assertBroken(Damage.CHECKPOINT, 20, "not signed by this key");
    }

    @Test
    void checkpointsThatContradictEachOther_areBothShown() {
        checkpoints.add(checkpoint(new AuditHead(20, Bytes32.ZERO)));

        assertBroken(Damage.CHECKPOINT, 20, "two logs were written with one key");
    }

    @Test
    void checkpoint_asALine_isReadBack() {
        assertThat(checkpoints.stream().map(AuditCheckpoint::line).map(AuditCheckpoint::parse))
                .isEqualTo(checkpoints);
    }

    private AuditVerdict verify() {
        return AuditVerifier.verify(rows.iterator(), checkpoints, key.getPublic(), AuditVerifier.RowPlaces.among(rows));
    }

    private void assertBroken(Damage damage, long number, String words) {
        assertThat(verify()).isInstanceOfSatisfying(Broken.class, broken -> {
            assertThat(broken.damage()).isEqualTo(damage);
            assertThat(broken.number()).isEqualTo(number);
            assertThat(broken.explanation()).contains(words);
        });
    }

    private void swap(int first, int second) {
        Collections.swap(rows, first - 1, second - 1);
        renumber(first);
        renumber(second);
    }

    private void renumber(int number) {
        AuditRow row = rows.get(number - 1);
        rows.set(number - 1, new AuditRow(number, row.entry(), row.previous(), row.hash()));
    }

    private AuditCheckpoint checkpoint(AuditHead head) {
        return AuditCheckpoint.sign(head, Instant.ofEpochSecond(head.number()), key.getPrivate());
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static AuditFact fact(int number, String request) {
        return new AuditFact(
                Instant.ofEpochSecond(number), AuditFact.Kind.SIGNED, request, "operator", "", Bytes32.ZERO, "a lock");
    }
}
