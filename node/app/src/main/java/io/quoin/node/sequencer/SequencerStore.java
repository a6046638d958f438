package io.quoin.node.sequencer;

import io.quoin.matching.AccountId;
import io.quoin.signer.caip.ChainAccount;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Where the log and what follows from it are kept. Called by the sequencer's thread only. */
public interface SequencerStore {
    /** Gives every logged entry, in order, to the consumer. */
    void replay(Consumer<LogEntry> consumer);

    /**
     * Runs work in one transaction: what the work appends and projects takes effect whole or not at all.
     *
     * @throws RuntimeException if the transaction failed or its outcome is unknown; the log must then be read again
     */
    <T> T inTransaction(Function<Writer, T> work);

    /** What may be written, inside one transaction. */
    interface Writer {
        /** Returns the number that stands for a trader; empty for one who never had anything in the vault. */
        Optional<AccountId> account(ChainAccount trader);

        /**
         * Returns facts from the chain that are not in the log yet, oldest first.
         *
         * @param limit how many at the most
         */
        List<WaitingCommand> waiting(int limit);

        /** Appends to the log, and updates all that is derived from it. */
        void append(AppliedEntry applied);

        /** Notes that a waiting fact got this position in the log. */
        void sequenced(WaitingCommand command, long position);
    }
}
