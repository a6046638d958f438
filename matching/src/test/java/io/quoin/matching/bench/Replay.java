package io.quoin.matching.bench;

/** One engine with an empty book, ready to replay one stream from its first command on. */
interface Replay {
    /** Replays the commands of these positions; the first call starts at zero, each next one where the last ended. */
    void replay(int from, int to);

    /**
     * Tells the checksum of everything replayed so far. Not timed: an engine that writes its events to a buffer may
     * decode them here.
     */
    long checksum();
}
