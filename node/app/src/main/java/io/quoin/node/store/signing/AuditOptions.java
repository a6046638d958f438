package io.quoin.node.store.signing;

import io.quoin.signer.audit.CheckpointSchedule;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.InstantSource;
import java.util.Objects;

/**
 * How an audit log is opened.
 *
 * @param checkpoints the file that checkpoints are appended to
 * @param key the second key, Ed25519
 * @param schedule when a checkpoint is due
 * @param time the signer's clock
 */
public record AuditOptions(Path checkpoints, PrivateKey key, CheckpointSchedule schedule, InstantSource time) {
    /** Takes any. */
    public AuditOptions {
        Objects.requireNonNull(checkpoints, "checkpoints");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(time, "time");
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "AuditOptions[checkpoints=" + checkpoints + ", key=***, schedule=" + schedule + "]";
    }
}
