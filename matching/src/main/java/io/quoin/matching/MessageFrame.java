package io.quoin.matching;

import io.quoin.matching.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

/**
 * Where one message lies and which it is, after all was checked that can be checked of every message.
 *
 * @param buffer the bytes
 * @param block where the block begins, behind the header
 * @param blockLength how many bytes the block has; they are in the buffer
 * @param templateId which message it is
 * @param version the version of the schema that it was written with, not newer than this one
 */
record MessageFrame(DirectBuffer buffer, int block, int blockLength, int templateId, int version) {
    /** The length of the header before each block. */
    static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

    /**
     * Reads the header of a message.
     *
     * @param length how many bytes may belong to the message
     * @throws MalformedMessage if they are no message of this schema, or of a newer version, or not all of it
     */
    static MessageFrame read(DirectBuffer buffer, int offset, int length) {
        if (offset < 0 || length < 0 || length > buffer.capacity() - offset) {
            throw new MalformedMessage("a buffer of " + buffer.capacity() + " bytes does not have the " + length
                    + " bytes from " + offset);
        }
        if (length < HEADER_LENGTH) {
            throw new MalformedMessage(
                    "a message begins with a header of " + HEADER_LENGTH + " bytes, but only " + length + " are there");
        }
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            throw new MalformedMessage("schema " + header.schemaId() + " is not this engine's, which is "
                    + MessageHeaderDecoder.SCHEMA_ID);
        }
        if (header.version() < 1 || header.version() > MessageHeaderDecoder.SCHEMA_VERSION) {
            throw new MalformedMessage("version " + header.version() + " of the schema is unknown; known are 1 to "
                    + MessageHeaderDecoder.SCHEMA_VERSION);
        }
        if (header.blockLength() > length - HEADER_LENGTH) {
            throw new MalformedMessage("the message says that its block has " + header.blockLength() + " bytes, but "
                    + (length - HEADER_LENGTH) + " are there");
        }
        return new MessageFrame(
                buffer, offset + HEADER_LENGTH, header.blockLength(), header.templateId(), header.version());
    }

    /** Returns where the message ends and the next may begin. */
    int end() {
        return block + blockLength;
    }

    /**
     * Refuses a block that is shorter than the fields that this version reads from it.
     *
     * @throws MalformedMessage if it is
     */
    void needs(int fieldsLength) {
        if (blockLength < fieldsLength) {
            throw new MalformedMessage("message " + templateId + " needs a block of " + fieldsLength
                    + " bytes, but this one has " + blockLength);
        }
    }
}
