package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.COMMAND_LOG;

import io.quoin.matching.AccountId;
import io.quoin.matching.Command;
import io.quoin.node.market.Market;
import io.quoin.node.market.Markets;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.sequencer.AppliedEntry;
import io.quoin.node.sequencer.LogEntry;
import io.quoin.node.sequencer.SequencerStore;
import io.quoin.node.sequencer.WaitingCommand;
import io.quoin.node.store.generated.tables.records.CommandLogRecord;
import io.quoin.node.withdrawal.SignedWithdrawal;
import io.quoin.node.withdrawal.SubmittedWithdrawal;
import io.quoin.signer.caip.ChainAccount;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.SignedOrder;
import io.quoin.signer.terms.VaultDomain;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/** The sequencer's log and what follows from it, in PostgreSQL. */
public final class PostgresSequencerStore implements SequencerStore {
    private static final int FETCH_ROWS = 1_000;

    private final Database database;
    private final Markets markets;
    private final VaultDomain vault;

    /** Makes a store of the log of these markets, whose escrows lie in that vault. */
    public PostgresSequencerStore(Database database, Markets markets, VaultDomain vault) {
        this.database = database;
        this.markets = markets;
        this.vault = vault;
    }

    @Override
    public void replay(Consumer<LogEntry> consumer) {
        database.run(tx -> {
            try (Cursor<CommandLogRecord> rows = tx.selectFrom(COMMAND_LOG)
                    .orderBy(COMMAND_LOG.POSITION)
                    .fetchSize(FETCH_ROWS)
                    .fetchLazy()) {
                rows.forEach(row -> consumer.accept(read(row)));
            }
        });
    }

    @Override
    public <T> T inTransaction(Function<Writer, T> work) {
        return database.in(tx -> work.apply(new TransactionWriter(tx)));
    }

    private LogEntry read(CommandLogRecord row) {
        Command command = StoredCommand.read(row.getCommand());
        return new LogEntry(
                row.getPosition(),
                command,
                order(command, row.getSigned()),
                withdrawal(command, row.getSigned()),
                row.getAt().toInstant());
    }

    private Optional<SubmittedWithdrawal> withdrawal(Command command, @org.jspecify.annotations.Nullable JSONB signed) {
        if (!(command instanceof Command.RequestWithdrawal request) || signed == null) {
            return Optional.empty();
        }
        SignedWithdrawal withdrawal = StoreJson.read(signed, SignedWithdrawal.class);
        return Optional.of(new SubmittedWithdrawal(
                OrderTyping.withdrawalDigest(vault, withdrawal.terms()),
                vault,
                markets.asset(request.asset()),
                withdrawal,
                request.amount()));
    }

    private Optional<SubmittedOrder> order(Command command, @org.jspecify.annotations.Nullable JSONB signed) {
        if (!(command instanceof Command.PlaceOrder place) || signed == null) {
            return Optional.empty();
        }
        Market market = markets.byId(place.market());
        SignedOrder order = StoreJson.read(signed, SignedOrder.class);
        return Optional.of(new SubmittedOrder(
                OrderTyping.orderDigest(market.vault(), order.terms()),
                market,
                order,
                place.terms().priceTicks(),
                place.terms().quantityLots()));
    }

    private final class TransactionWriter implements Writer {
        private final DSLContext tx;
        private final Projection projection;

        private TransactionWriter(DSLContext tx) {
            this.tx = tx;
            this.projection = new Projection(tx, markets);
        }

        @Override
        public Optional<AccountId> account(ChainAccount trader) {
            return Accounts.find(tx, trader);
        }

        @Override
        public List<WaitingCommand> waiting(int limit) {
            return Inbox.waiting(tx, limit);
        }

        @Override
        public void append(AppliedEntry applied) {
            LogEntry entry = applied.entry();
            tx.insertInto(COMMAND_LOG)
                    .set(COMMAND_LOG.POSITION, entry.position())
                    .set(COMMAND_LOG.KIND, LogKind.of(entry.command()).name())
                    .set(COMMAND_LOG.COMMAND, StoredCommand.write(entry.command()))
                    .set(
                            COMMAND_LOG.SIGNED,
                            entry.order()
                                    .map(order -> StoreJson.write(order.signed()))
                                    .or(() ->
                                            entry.withdrawal().map(withdrawal -> StoreJson.write(withdrawal.signed())))
                                    .orElse(null))
                    .set(COMMAND_LOG.AT, entry.at().atOffset(ZoneOffset.UTC))
                    .execute();
            projection.project(applied);
        }

        @Override
        public void sequenced(WaitingCommand command, long position) {
            Inbox.sequenced(tx, command.id(), position);
        }
    }
}
