package io.quoin.matching;

import io.quoin.matching.sbe.MessageHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Memory for the messages of one command, one behind the other; it grows, and is used again and again. */
final class EventBuffer {
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

    /** Makes room for a message, writes its header as one number, and returns where its block begins. */
    int begin(int templateId, int blockLength) {
        int at = room();
        LittleEndian.putLong(bytes, at, SCHEMA | ((long) templateId << Short.SIZE) | blockLength);
        int block = at + MessageHeaderEncoder.ENCODED_LENGTH;
        length = block + blockLength;
        return block;
    }

    /** Makes room for the longest message, and returns where it begins. */
    int room() {
        if (length + LONGEST > bytes.length) {
            grow();
        }
        return length;
    }

    /** Counts a message in that was written at the end. */
    void wrote(int messageLength) {
        length += messageLength;
    }

    void putLong(int at, long value) {
        LittleEndian.putLong(bytes, at, value);
    }

    void putInt(int at, int value) {
        LittleEndian.putInt(bytes, at, value);
    }

    void putByte(int at, int value) {
        bytes[at] = (byte) value;
    }

    private void grow() {
        byte[] more = new byte[bytes.length << 1];
        System.arraycopy(bytes, 0, more, 0, length);
        bytes = more;
        view.wrap(more);
    }
}
