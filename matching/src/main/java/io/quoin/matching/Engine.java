package io.quoin.matching;

import io.quoin.matching.sbe.AmendOrderDecoder;
import io.quoin.matching.sbe.CancelOrderDecoder;
import io.quoin.matching.sbe.MessageHeaderDecoder;
import io.quoin.matching.sbe.PlaceOrderDecoder;
import io.quoin.matching.sbe.SettleFillDecoder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The matching engine: books, balances and unfinished fills, changed by commands alone. It reads no clock and draws
 * no random numbers, so the same commands in the same order give the same bytes of events and the same
 * {@link #stateHash}, on every machine and in every run.
 *
 * <p>A command is applied whole or refused with a reason; no command and no bytes make the engine throw, lose a unit
 * of an asset or make a balance negative. {@code specification.md} beside the module states every rule.
 *
 * <p>One thread at a time: the engine does not guard itself. Once its tables have grown to what is needed, commands
 * that are given as bytes make no garbage.
 *
 * <pre>{@code
 * engine.apply(new Command.OpenMarket(spec));
 * engine.apply(new Command.Credit(alice, gold, 100));
 * List<Event> events = engine.apply(new Command.PlaceOrder(
 *         new OrderId(1), spec.id(), alice, OrderTerms.limit(Side.SELL, 2_000, 5), OrderLabels.NONE));
 * }</pre>
 */
public final class Engine {
    private static final long UNSALTED = 0;
    private static final int SHORT = 0xFFFF;

    private final EngineState state;
    private final EventWriter events = new EventWriter();
    private final Clearing clearing;
    private final Trading trading;
    private final Cancelling cancelling;
    private final Treasury treasury;
    private final MarketRules markets;
    private final Ticket ticket = new Ticket();
    private final byte[] copy = new byte[CommandCodec.MAX_LENGTH];
    private final UnsafeBuffer encoded = new UnsafeBuffer(new byte[CommandCodec.MAX_LENGTH]);

    /** Makes an engine with the default limits, without markets, balances or orders, at time 0. */
    public Engine() {
        this(EngineLimits.DEFAULT);
    }

    /** Makes an engine without markets, balances or orders, at time 0. */
    public Engine(EngineLimits limits) {
        this(limits, UNSALTED);
    }

    /**
     * Makes an engine without markets, balances or orders, at time 0.
     *
     * @param limits how much it may hold
     * @param salt a number that those who choose ids do not know, so that they cannot choose ids which make look-ups
     *     slow. It changes nothing else: engines with other salts give the same events
     */
    public Engine(EngineLimits limits, long salt) {
        this(new EngineState(limits, salt));
    }

    Engine(EngineState state) {
        this.state = state;
        this.clearing = new Clearing(state.funds, state.fills, events);
        this.trading = new Trading(state, clearing, events);
        this.cancelling = new Cancelling(state, events);
        this.treasury = new Treasury(state, clearing, cancelling, events);
        this.markets = new MarketRules(state, clearing, trading, events);
    }

    MarketRules marketRules() {
        return markets;
    }

    /**
     * Applies one command.
     *
     * @param command what to do
     * @return what happened, in order; a refused command gives one event that says why and changes nothing
     */
    public List<Event> apply(Command command) {
        int length = CommandCodec.encode(command, encoded, 0);
        return EventCodec.decode(events(), 0, apply(encoded, 0, length));
    }

    /**
     * Applies one command that is given as an SBE message ({@link CommandCodec}).
     *
     * @param buffer where it is
     * @param offset where it begins
     * @param length how many bytes it has, header included
     * @return how many bytes of events {@link #events} has now
     */
    public int apply(DirectBuffer buffer, int offset, int length) {
        events.clear();
        RefusalReason refusal = dispatch(buffer, offset, length);
        if (refusal != null) {
            events.commandRefused(refusal);
        }
        markets.indicate();
        events.balancesChanged(state.funds, state.accounts);
        return events.length();
    }

    /**
     * Returns the events of the last command, as SBE messages one behind the other from offset 0 ({@link EventCodec}).
     * They are overwritten by the next command.
     */
    public DirectBuffer events() {
        return events.view();
    }

    private @Nullable RefusalReason dispatch(DirectBuffer buffer, int offset, int length) {
        if (offset < 0 || length < MessageHeaderDecoder.ENCODED_LENGTH || length > buffer.capacity() - offset) {
            return RefusalReason.MALFORMED;
        }
        byte[] bytes = buffer.byteArray();
        int at = offset + buffer.wrapAdjustment();
        if (bytes == null) { // memory outside the heap
            bytes = copy;
            at = 0;
            buffer.getBytes(offset, bytes, 0, Math.min(length, bytes.length));
        }
        long header = LittleEndian.getLong(bytes, at); // four numbers of 16 bits
        int blockLength = (int) header & SHORT;
        int schemaId = (int) (header >>> Integer.SIZE) & SHORT;
        int version = (int) (header >>> (Integer.SIZE + Short.SIZE));
        if (schemaId != MessageHeaderDecoder.SCHEMA_ID
                || version < 1
                || version > MessageHeaderDecoder.SCHEMA_VERSION
                || length != MessageHeaderDecoder.ENCODED_LENGTH + blockLength) {
            return RefusalReason.MALFORMED;
        }
        int block = at + MessageHeaderDecoder.ENCODED_LENGTH;
        return switch ((int) (header >>> Short.SIZE) & SHORT) {
            case PlaceOrderDecoder.TEMPLATE_ID -> place(bytes, block, blockLength);
            case CancelOrderDecoder.TEMPLATE_ID -> cancel(bytes, block, blockLength);
            case AmendOrderDecoder.TEMPLATE_ID -> amend(bytes, block, blockLength);
            case SettleFillDecoder.TEMPLATE_ID -> settle(bytes, block, blockLength);
            default -> decodeAndApply(buffer, offset, length);
        };
    }

    private @Nullable RefusalReason place(byte[] bytes, int block, int blockLength) {
        if (blockLength < PlaceOrderDecoder.BLOCK_LENGTH || !OrderReader.readOrder(bytes, block, ticket)) {
            return RefusalReason.MALFORMED;
        }
        trading.place(ticket);
        return null;
    }

    private @Nullable RefusalReason amend(byte[] bytes, int block, int blockLength) {
        if (blockLength < AmendOrderDecoder.BLOCK_LENGTH) {
            return RefusalReason.MALFORMED;
        }
        trading.amend(OrderReader.readAmend(bytes, block, ticket), ticket);
        return null;
    }

    private @Nullable RefusalReason cancel(byte[] bytes, int block, int blockLength) {
        if (blockLength < CancelOrderDecoder.BLOCK_LENGTH) {
            return RefusalReason.MALFORMED;
        }
        long order = LittleEndian.getLong(bytes, block + CancelOrderDecoder.orderEncodingOffset());
        return cancelling.one(order, LittleEndian.getLong(bytes, block + CancelOrderDecoder.accountEncodingOffset()));
    }

    private @Nullable RefusalReason settle(byte[] bytes, int block, int blockLength) {
        if (blockLength < SettleFillDecoder.BLOCK_LENGTH) {
            return RefusalReason.MALFORMED;
        }
        return treasury.settle(LittleEndian.getLong(bytes, block + SettleFillDecoder.fillEncodingOffset()));
    }

    private @Nullable RefusalReason decodeAndApply(DirectBuffer buffer, int offset, int length) {
        Command command;
        try {
            command = CommandCodec.decode(buffer, offset, length);
        } catch (MalformedMessage malformed) {
            return RefusalReason.MALFORMED;
        }
        return execute(command);
    }

    private @Nullable RefusalReason execute(Command command) {
        return switch (command) {
            case Command.OpenMarket it -> markets.open(it.spec());
            case Command.SetMarketState it -> markets.setState(it.market().value(), it.state());
            case Command.SetReferencePrice it ->
                markets.setReference(it.market().value(), it.priceTicks());
            case Command.AdvanceTime it -> cancelling.advanceTime(it.nowSeconds());
            case Command.Credit it ->
                treasury.credit(it.account().value(), it.asset().value(), it.amount());
            case Command.Debit it ->
                treasury.debit(it.account().value(), it.asset().value(), it.amount());
            case Command.CancelAll it -> cancelling.all(it.scope());
            case Command.ReturnFill it -> treasury.giveBack(it.fill().value());
            case Command.ForfeitFill it -> treasury.forfeit(it.fill().value());
            case Command.RequestWithdrawal it ->
                treasury.requestWithdrawal(
                        it.withdrawal().value(),
                        it.account().value(),
                        it.asset().value(),
                        it.amount());
            case Command.CoSignWithdrawal it ->
                treasury.coSignWithdrawal(it.withdrawal().value(), it.deadlineSeconds());
            case Command.ExpireWithdrawal it ->
                treasury.expireWithdrawal(it.withdrawal().value(), it.finalBlockSeconds());
            case Command.FinaliseWithdrawal it ->
                treasury.finaliseWithdrawal(it.withdrawal().value());
            case Command.RequestExit it ->
                treasury.requestExit(it.account().value(), it.asset().value());
            case Command.CancelExit it ->
                treasury.cancelExit(it.account().value(), it.asset().value());
            case Command.FinaliseExit it ->
                treasury.finaliseExit(it.account().value(), it.asset().value(), it.amount());
            case Command.PlaceOrder _, Command.AmendOrder _, Command.CancelOrder _, Command.SettleFill _ ->
                throw new AssertionError("read without making an object of it");
        };
    }

    // ---- reading ----

    /**
     * Returns the best levels of a market's book, with what they show.
     *
     * @param market the market
     * @param depth how many levels of each side to return at most
     * @return the levels; none for a market that is not open
     */
    public BookSnapshot book(MarketId market, int depth) {
        return new EngineView(state).book(market, depth);
    }

    /**
     * Returns what an account has of an asset, in engine units.
     *
     * @return the balance; {@link Balance#ZERO} for an account or asset that the engine never saw
     */
    public Balance balance(AccountId account, AssetId asset) {
        int row = state.findBalance(account.value(), asset.value());
        return row == Funds.NONE ? Balance.ZERO : state.funds.balance(row);
    }

    /**
     * Returns an open order.
     *
     * @return the order; empty if it never was open, is filled, or was cancelled
     */
    public Optional<OpenOrder> order(OrderId order) {
        return new EngineView(state).order(order);
    }

    /**
     * Returns the earliest expiry of an open order. One second later {@link Command.AdvanceTime} has something to do.
     *
     * @return seconds since 1970-01-01T00:00:00Z; empty if no order expires
     */
    public OptionalLong nextExpirySeconds() {
        ExpiryQueue expiries = state.open.expiries();
        return expiries.isEmpty() ? OptionalLong.empty() : OptionalLong.of(state.orders.expiry(expiries.first()));
    }

    /** Returns the latest time that the engine was told, in seconds since 1970-01-01T00:00:00Z. */
    public long nowSeconds() {
        return state.nowSeconds();
    }

    /**
     * Writes the whole state as SBE messages, from which {@link EngineRestore} makes an engine that goes on as this one
     * does. Takes time and makes garbage in proportion to the state.
     *
     * @param sink takes the messages, one after the other
     * @return the {@link #stateHash}
     */
    public long snapshot(MessageSink sink) {
        return new SnapshotWriter(state, sink).write();
    }

    /**
     * Returns a hash of the whole state. Two engines that have the same state have the same hash.
     *
     * @return FNV-1a, 64 bits, over the messages of a snapshot but the last; takes time in proportion to the state
     */
    public long stateHash() {
        return snapshot((_, _, _) -> {});
    }
}
