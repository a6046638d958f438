package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.ENGINE_INBOX;

import io.quoin.matching.Command;
import io.quoin.node.sequencer.WaitingCommand;
import java.util.List;
import org.jooq.DSLContext;

/** Facts on their way to the engine, put there in the transaction that established them. */
final class Inbox {
    private Inbox() {}

    /** Puts a command in; the same source twice is a fault and fails the transaction. */
    static void put(DSLContext tx, String source, Command command) {
        tx.insertInto(ENGINE_INBOX, ENGINE_INBOX.SOURCE, ENGINE_INBOX.KIND, ENGINE_INBOX.COMMAND)
                .values(source, LogKind.of(command).name(), StoredCommand.write(command))
                .execute();
    }

    /** Returns what is not in the log yet, oldest first. */
    static List<WaitingCommand> waiting(DSLContext tx, int limit) {
        return tx.select(ENGINE_INBOX.ID, ENGINE_INBOX.COMMAND)
                .from(ENGINE_INBOX)
                .where(ENGINE_INBOX.POSITION.isNull())
                .orderBy(ENGINE_INBOX.ID)
                .limit(limit)
                .fetch(row -> new WaitingCommand(row.value1(), StoredCommand.read(row.value2())));
    }

    static void sequenced(DSLContext tx, long id, long position) {
        tx.update(ENGINE_INBOX)
                .set(ENGINE_INBOX.POSITION, position)
                .where(ENGINE_INBOX.ID.eq(id))
                .execute();
    }
}
