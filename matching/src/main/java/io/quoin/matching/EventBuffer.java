package io.quoin.matching;

import io.quoin.matching.sbe.MessageHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Memory for the messages of one command, one behind the other; it grows, and is used again and again. */
class EventBuffer {
    private static final int SMALLEST = 1 << 16;
    private static final int LONGEST = 256;

    /** Schema and version in their places of a header, which has four numbers of 16 bits. */
    private static final long SCHEMA = ((long) MessageHeaderEncoder.SCHEMA_VERSION << (Integer.SIZE + Short.SIZE))
            | ((long) MessageHeaderEncoder.SCHEMA_ID << Integer.SIZE);

    private byte[] bytes = new byte[SMALLEST];
    private final UnsafeBuffer view = new UnsafeBuffer(bytes);
    private int length;

    /** The same memory for the flyweights; another one once it has grown. */
    UnsafeBuffer view() {
        return view;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /**
     * Makes room for the longest message, and returns the memory that has it. Messages are written as whole
     * {@code long}s, the last of which may reach beyond the message: the next one, or nobody, has that place.
     */
    byte[] room() {
        if (length + LONGEST > bytes.length) {
            grow();
        }
        return bytes;
    }

    /** Writes a message's header as one number into the memory that has room, and returns where its block begins. */
    int begin(byte[] memory, int templateId, int blockLength) {
        int at = length;
        LittleEndian.putLong(memory, at, SCHEMA | ((long) templateId << Short.SIZE) | blockLength);
        length = at + MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
        return at + MessageHeaderEncoder.ENCODED_LENGTH;
    }

    /** The same for the flyweights, which write into the {@link #view}. */
    int begin(int templateId, int blockLength) {
        return begin(room(), templateId, blockLength);
    }

    /** Makes room for the longest message, and returns where it begins. */
    int end() {
        room();
        return length;
    }

    /** Counts a message in that was written at the end. */
    void wrote(int messageLength) {
        length += messageLength;
    }

    private void grow() {
        byte[] more = new byte[bytes.length << 1];
        System.arraycopy(bytes, 0, more, 0, length);
        bytes = more;
        view.wrap(more);
    }
}
