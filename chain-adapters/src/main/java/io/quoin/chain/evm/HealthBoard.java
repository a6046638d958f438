package io.quoin.chain.evm;

import io.quoin.chain.Alarms;
import io.quoin.chain.ChainHealth;
import io.quoin.chain.ChainHealth.State;
import io.quoin.chain.ChainHealth.View;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the adapter's health and turns its changes into log lines and alarms. Written by the watcher alone, read by
 * anyone.
 */
final class HealthBoard {
    private static final Logger LOG = LoggerFactory.getLogger(HealthBoard.class);

    private final EvmProfile profile;
    private final Alarms alarms;
    private volatile ChainHealth health;

    HealthBoard(EvmProfile profile, Alarms alarms) {
        this.profile = profile;
        this.alarms = alarms;
        this.health = new ChainHealth(State.STARTING, where() + " was not asked yet", Optional.empty());
    }

    ChainHealth health() {
        return health;
    }

    /** Returns whether this is news. */
    boolean up(View view) {
        String text = where() + " is at block " + view.head() + ", final up to " + view.finalHeight();
        boolean news = change(new ChainHealth(State.UP, text, Optional.of(view)));
        if (news) {
            alarms.clear(Alarms.CHAIN_UNREACHABLE);
            // A halted adapter never comes up again: this is a new start, by a person.
            alarms.clear(Alarms.CHAIN_HALTED);
        }
        return news;
    }

    /** The chain gives no usable answers. */
    void down(String text) {
        if (change(new ChainHealth(State.DOWN, text, health.view()))) {
            alarms.raise(Alarms.CHAIN_UNREACHABLE, text);
        }
    }

    /** The chain answers, but its events cannot be stored; {@link StoreAlarm} tells a person. */
    void storeFailing() {
        change(new ChainHealth(
                State.DOWN, where() + ": events cannot be stored now, the same are tried again", health.view()));
    }

    /** The chain's history is another one. */
    void halted(String text) {
        change(new ChainHealth(State.HALTED, text, health.view()));
        alarms.raise(Alarms.CHAIN_HALTED, text);
    }

    String where() {
        return "chain " + profile.chain() + " at " + profile.shownUrl();
    }

    private boolean change(ChainHealth next) {
        ChainHealth before = health;
        health = next;
        boolean news = before.state() != next.state()
                || (!next.isUp() && !before.text().equals(next.text()));
        if (news) {
            LOG.atInfo()
                    .addKeyValue("chain", profile.chain())
                    .addKeyValue("state", next.state())
                    .log(next.text());
        }
        return news;
    }
}
