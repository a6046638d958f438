package io.quoin.node.ops;

import io.quoin.chain.ChainAdapter;
import io.quoin.chain.ChainHealth;
import io.quoin.node.sequencer.Sequencer;
import io.quoin.node.store.Database;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether the node can serve, part by part. Thread-safe; asks the database, so call it from a virtual thread. */
public final class Readiness {
    private final Database database;
    private final Sequencer sequencer;
    private final ChainAdapter chain;
    private final Operations operations;

    /** Makes a view of these parts. */
    public Readiness(Database database, Sequencer sequencer, ChainAdapter chain, Operations operations) {
        this.database = database;
        this.sequencer = sequencer;
        this.chain = chain;
        this.operations = operations;
    }

    /**
     * One part's answer.
     *
     * @param ready whether it serves
     * @param text for a person
     */
    public record Part(boolean ready, String text) {}

    /**
     * The answer of the whole.
     *
     * @param ready whether every part is ready
     * @param parts part by part
     * @param alarms the alarms that stand
     */
    public record Report(boolean ready, Map<String, Part> parts, Map<String, String> alarms) {}

    /** Asks every part. */
    public Report report() {
        Map<String, Part> parts = new LinkedHashMap<>();
        boolean answers = database.answers();
        parts.put("database", new Part(answers, answers ? "answers" : "does not answer; it is tried again"));
        boolean sequencing = sequencer.ready();
        parts.put("sequencer", new Part(sequencing, sequencing ? "takes commands" : "reads its log"));
        ChainHealth health = chain.health();
        parts.put("chain " + chain.chain(), new Part(health.isUp(), health.state() + ": " + health.text()));
        boolean ready = parts.values().stream().allMatch(Part::ready);
        return new Report(ready, parts, operations.alarms());
    }
}
