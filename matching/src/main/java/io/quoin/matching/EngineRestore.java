package io.quoin.matching;

import io.quoin.matching.sbe.SnapshotBalanceDecoder;
import io.quoin.matching.sbe.SnapshotBeginDecoder;
import io.quoin.matching.sbe.SnapshotClientOrderDecoder;
import io.quoin.matching.sbe.SnapshotEndDecoder;
import io.quoin.matching.sbe.SnapshotFillDecoder;
import io.quoin.matching.sbe.SnapshotMarketDecoder;
import io.quoin.matching.sbe.SnapshotOrderDecoder;
import io.quoin.matching.sbe.SnapshotWithdrawalDecoder;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes an engine from a snapshot, message by message. One thread.
 *
 * <pre>{@code
 * EngineRestore restore = new EngineRestore(salt);
 * messages.forEach(message -> restore.accept(message.buffer(), message.offset(), message.length()));
 * Engine engine = restore.engine().orElseThrow();
 * }</pre>
 */
public final class EngineRestore implements MessageSink {
    private final long salt;
    private final StateHash hash = new StateHash();
    private @Nullable SnapshotReader reader;
    private int version;
    private boolean ended;
    private boolean refused;

    /**
     * Begins.
     *
     * @param salt as for {@link Engine#Engine(EngineLimits, long)}; it need not be that of the engine that was saved
     */
    public EngineRestore(long salt) {
        this.salt = salt;
    }

    /**
     * Takes the next message. Once one was refused there is no engine any more: begin anew.
     *
     * @throws MalformedMessage if it is no message of a snapshot of a known version, does not fit to those before, or
     *     if the snapshot is damaged, which is known for certain at its end only
     */
    @Override
    public void accept(DirectBuffer buffer, int offset, int length) {
        try {
            take(buffer, offset, length);
        } catch (MalformedMessage malformed) {
            refused = true;
            throw malformed;
        }
    }

    private void take(DirectBuffer buffer, int offset, int length) {
        MessageFrame frame = MessageFrame.read(buffer, offset, length);
        if (frame.end() != offset + length) {
            throw new MalformedMessage((offset + length - frame.end()) + " bytes follow the message");
        }
        if (ended) {
            throw new MalformedMessage("message " + frame.templateId() + " follows the snapshot's end");
        }
        try {
            read(frame);
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new MalformedMessage(
                    "message " + hash.messages() + " does not fit to those before it: " + damaged.getMessage());
        }
        hash.accept(buffer, offset, length);
    }

    /** Returns the engine; empty until the snapshot's end was taken, and after a message that was refused. */
    public Optional<Engine> engine() {
        return ended && !refused && reader != null ? Optional.of(reader.engine()) : Optional.empty();
    }

    private void read(MessageFrame frame) {
        if (frame.templateId() == SnapshotBeginDecoder.TEMPLATE_ID) {
            if (reader != null) {
                throw new MalformedMessage("the snapshot begins twice");
            }
            reader = SnapshotReader.begin(frame, salt);
            version = frame.version();
            return;
        }
        if (reader == null) {
            throw new MalformedMessage("a snapshot begins with message " + SnapshotBeginDecoder.TEMPLATE_ID + ", not "
                    + frame.templateId());
        }
        if (frame.version() != version) {
            throw new MalformedMessage("message " + hash.messages() + " is of version " + frame.version()
                    + ", but the snapshot began with version " + version);
        }
        switch (frame.templateId()) {
            case SnapshotMarketDecoder.TEMPLATE_ID -> reader.market(frame);
            case SnapshotBalanceDecoder.TEMPLATE_ID -> reader.balance(frame);
            case SnapshotOrderDecoder.TEMPLATE_ID -> reader.order(frame);
            case SnapshotFillDecoder.TEMPLATE_ID -> reader.fill(frame);
            case SnapshotWithdrawalDecoder.TEMPLATE_ID -> reader.withdrawal(frame);
            case SnapshotClientOrderDecoder.TEMPLATE_ID -> reader.clientOrder(frame);
            case SnapshotEndDecoder.TEMPLATE_ID -> end(frame);
            default -> throw new MalformedMessage("message " + frame.templateId() + " is not of a snapshot");
        }
    }

    private void end(MessageFrame frame) {
        frame.needs(SnapshotEndDecoder.BLOCK_LENGTH);
        SnapshotEndDecoder end =
                new SnapshotEndDecoder().wrap(frame.buffer(), frame.block(), frame.blockLength(), frame.version());
        if (end.messages() != hash.messages() || end.stateHash() != hash.value()) {
            throw new MalformedMessage("the snapshot is damaged: it ends with " + end.messages() + " messages and hash "
                    + Long.toHexString(end.stateHash()) + ", but " + hash.messages() + " came, with hash "
                    + Long.toHexString(hash.value()) + "; take another snapshot");
        }
        ended = true;
    }
}
