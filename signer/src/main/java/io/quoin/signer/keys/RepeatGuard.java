package io.quoin.signer.keys;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;

/**
 * Remembers the nonces' points of one key. The same r over two digests gives the private key to whoever sees both, so
 * that the second must never leave the process. The newest {@value #REMEMBERED} are remembered; a broken source of
 * randomness repeats itself at once. Thread-safe.
 */
final class RepeatGuard {
    /** How many signatures of the key are remembered. */
    static final int REMEMBERED = 1 << 16;

    private final LinkedHashMap<Word, Word> digests = new LinkedHashMap<>();

    /** Whether that r came before with another digest; if not, it is remembered. */
    synchronized boolean isRepeat(byte[] r, byte[] digest) {
        Word signed = Word.of(digest);
        Word before = digests.putIfAbsent(Word.of(r), signed);
        if (before == null && digests.size() > REMEMBERED) {
            digests.pollFirstEntry();
        }
        return before != null && !before.equals(signed);
    }

    /** 32 bytes. */
    private record Word(long first, long second, long third, long fourth) {
        static Word of(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, 32);
            return new Word(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
        }
    }
}
