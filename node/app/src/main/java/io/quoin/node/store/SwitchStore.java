package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.OPERATOR_SWITCH;

import java.time.Instant;
import java.util.List;

/** The switches that an operator has set, in the database, so that the node and its command line see the same. */
public final class SwitchStore {
    private final Database database;

    /** Makes a store. */
    public SwitchStore(Database database) {
        this.database = database;
    }

    /**
     * A switch that was set.
     *
     * @param name its name
     * @param enabled whether it is on
     * @param reason why it was set
     * @param actor who set it
     * @param changedAt when
     */
    public record Setting(String name, boolean enabled, String reason, String actor, Instant changedAt) {}

    /** Returns every switch that was ever set, by name. */
    public List<Setting> all() {
        return database.in(tx -> tx.selectFrom(OPERATOR_SWITCH)
                .orderBy(OPERATOR_SWITCH.NAME)
                .fetch(row -> new Setting(
                        row.getName(),
                        row.getEnabled(),
                        row.getReason(),
                        row.getActor(),
                        row.getChangedAt().toInstant())));
    }

    /** Sets a switch. */
    public void set(Setting setting) {
        database.run(tx -> {
            var row = tx.newRecord(OPERATOR_SWITCH);
            row.setName(setting.name());
            row.setEnabled(setting.enabled());
            row.setReason(setting.reason());
            row.setActor(setting.actor());
            row.setChangedAt(setting.changedAt().atOffset(java.time.ZoneOffset.UTC));
            row.merge();
        });
    }
}
