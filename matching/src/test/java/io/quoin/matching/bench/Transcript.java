package io.quoin.matching.bench;

import java.util.ArrayList;
import java.util.List;

/** A checksum that also remembers in words what was done since it was last asked. */
final class Transcript extends Checksum {
    private final List<String> said = new ArrayList<>();

    @Override
    void trade(long taker, long maker, long price, long quantity) {
        super.trade(taker, maker, price, quantity);
        said.add("trade of " + quantity + " at " + price + ", taker " + taker + ", maker " + maker);
    }

    @Override
    void cancelled(long id, long quantity) {
        super.cancelled(id, quantity);
        said.add("cancelled " + quantity + " of " + id);
    }

    @Override
    void expired(long id, long quantity) {
        super.expired(id, quantity);
        said.add("expired " + quantity + " of " + id);
    }

    @Override
    void reduced(long id, long by) {
        super.reduced(id, by);
        said.add("reduced " + id + " by " + by);
    }

    @Override
    void rejected(long id) {
        super.rejected(id);
        said.add("rejected, no order " + id);
    }

    /** Returns what was done since the last call, and forgets it. */
    List<String> take() {
        List<String> taken = List.copyOf(said);
        said.clear();
        return taken;
    }
}
