package io.quoin.chain.evm;

import io.quoin.chain.Alarms;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a person while the stores fail. Each of the adapter's two threads tells how its own last step went, since one
 * may read while the other cannot write: the alarm stands until both get on. Thread-safe.
 */
final class StoreAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(StoreAlarm.class);

    /** Who uses the stores. */
    enum User {
        WATCHER,
        SENDER
    }

    private final EvmProfile profile;
    private final Alarms alarms;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<User> failing = EnumSet.noneOf(User.class);

    StoreAlarm(EvmProfile profile, Alarms alarms) {
        this.profile = profile;
        this.alarms = alarms;
    }

    /** A step ended because a store threw. */
    void failed(User user, StoreFailure failure) {
        lock.lock();
        try {
            failing.add(user);
            alarms.raise(
                    Alarms.STORE_FAILING,
                    "chain " + profile.chain() + ": the database does not take or give what the adapter needs; nothing"
                            + " is lost, and the same is tried again. Look at the database; the node's log has the"
                            + " cause");
        } finally {
            lock.unlock();
        }
        LOG.atWarn().addKeyValue("chain", profile.chain()).setCause(failure).log("chain.store-failing");
    }

    /** A step went through, and so did every store that it used. */
    void worked(User user) {
        lock.lock();
        try {
            if (failing.remove(user) && failing.isEmpty()) {
                alarms.clear(Alarms.STORE_FAILING);
            }
        } finally {
            lock.unlock();
        }
    }
}
