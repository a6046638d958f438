package io.quoin.node.sequencer;

import io.quoin.matching.AccountId;
import io.quoin.matching.Command;
import io.quoin.matching.Engine;
import io.quoin.matching.Event;
import io.quoin.matching.OpenOrder;
import io.quoin.matching.OrderId;
import io.quoin.matching.RejectReason;
import io.quoin.matching.Side;
import io.quoin.node.market.Asset;
import io.quoin.node.market.Market;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.refusal.Refusal;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.signer.evm.Bytes32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the sequencer does in one database transaction: facts from the chain first, then expiries, then what traders
 * asked for. The answers are kept back until the transaction is durable.
 */
final class Round {
    private static final int WAITING_MAX = 256;

    private final Engine engine;
    private final OrderIndex index;
    private final SequencerStore.Writer writer;
    private final Instant now;
    private final List<Runnable> answers = new ArrayList<>();
    private final List<String> refusedFacts = new ArrayList<>();
    private long position;

    Round(Engine engine, OrderIndex index, SequencerStore.Writer writer, Instant now, long position) {
        this.engine = engine;
        this.index = index;
        this.writer = writer;
        this.now = now;
        this.position = position;
    }

    /** The last position appended. */
    long position() {
        return position;
    }

    /** What to tell those who wait, once the transaction is durable. */
    List<Runnable> answers() {
        return answers;
    }

    /** Facts from the chain that the engine would not take: never expected, and for a person to look at. */
    List<String> refusedFacts() {
        return refusedFacts;
    }

    void run(List<SequencerTask> tasks) {
        for (WaitingCommand fact : writer.waiting(WAITING_MAX)) {
            List<Event> events = append(fact.command(), Optional.empty());
            writer.sequenced(fact, position);
            for (Event event : events) {
                if (event instanceof Event.CommandRefused refused) {
                    refusedFacts.add(fact.command() + " as " + refused.reason());
                }
            }
        }
        long nowSeconds = now.getEpochSecond();
        if (engine.nextExpirySeconds().orElse(Long.MAX_VALUE) < nowSeconds) {
            append(new Command.ExpireOrders(nowSeconds), Optional.empty());
        }
        for (SequencerTask task : tasks) {
            switch (task) {
                case SequencerTask.Place place -> answer(place);
                case SequencerTask.Cancel cancel -> answer(cancel);
                case SequencerTask.Query<?> query -> answers.add(() -> query.run(new EngineView(engine, position)));
                case SequencerTask.Wake() -> {}
            }
        }
    }

    private void answer(SequencerTask.Place place) {
        PlaceOutcome outcome = place(place.order());
        answers.add(() -> place.answer().complete(outcome));
    }

    private void answer(SequencerTask.Cancel cancel) {
        CancelOutcome outcome = cancel(cancel.order());
        answers.add(() -> cancel.answer().complete(outcome));
    }

    private PlaceOutcome place(SubmittedOrder order) {
        if (index.find(order.id()).isPresent()) {
            return new PlaceOutcome.AlreadyAccepted(order.id());
        }
        Optional<AccountId> known = writer.account(order.trader());
        if (known.isEmpty()) {
            return lacking(order, BigInteger.ZERO).orElseThrow(); // never deposited, so nothing is free
        }
        AccountId account = known.get();
        Optional<Bytes32> other = index.underNonce(account, order.terms().nonce());
        if (other.isPresent()) {
            return refused(
                    RefusalCode.NONCE_REUSED,
                    "nonce " + order.terms().nonce() + " belongs to your order " + other.get()
                            + "; sign this one with a nonce that you have not used");
        }
        Optional<PlaceOutcome> lacking = lacking(account, order);
        if (lacking.isPresent()) {
            return lacking.get();
        }
        OrderId id = new OrderId(position + 1);
        List<Event> events = append(command(id, account, order), Optional.of(order));
        for (Event event : events) {
            if (event instanceof Event.OrderRejected rejected) {
                return refused(order, rejected.reason());
            }
        }
        index.accepted(id, account, order);
        return new PlaceOutcome.Accepted(order.id());
    }

    private CancelOutcome cancel(Bytes32 order) {
        Optional<OrderId> id = index.find(order);
        if (id.isEmpty()) {
            return new CancelOutcome.Refused(
                    new Refusal(RefusalCode.UNKNOWN_ORDER, "there is no order " + order + " to cancel"));
        }
        Optional<OpenOrder> open = engine.order(id.get());
        if (open.isEmpty()) {
            return new CancelOutcome.Refused(new Refusal(
                    RefusalCode.ORDER_CLOSED, "order " + order + " is filled or was cancelled before; GET it to see"));
        }
        append(new Command.CancelOrder(id.get(), open.get().account()), Optional.empty());
        return new CancelOutcome.Cancelled();
    }

    private Optional<PlaceOutcome> lacking(AccountId account, SubmittedOrder order) {
        Asset paid = paid(order);
        return lacking(order, paid.baseUnits(engine.balance(account, paid.id()).available()));
    }

    /** Says it with amounts, and keeps an order that cannot be covered out of the log. */
    private static Optional<PlaceOutcome> lacking(SubmittedOrder order, BigInteger available) {
        Market market = order.market();
        Asset paid = paid(order);
        BigInteger needed =
                order.side() == Side.BUY ? market.cost(order.ticks(), order.lots()) : market.quantity(order.lots());
        if (needed.compareTo(available) <= 0) {
            return Optional.empty();
        }
        return Optional.of(refused(
                RefusalCode.INSUFFICIENT_BALANCE,
                "the order needs " + paid.format(needed) + " " + paid.symbol() + ", " + paid.format(available) + " "
                        + paid.symbol() + " is free; deposit into the vault "
                        + market.vault().vault().checksummed()
                        + " and wait for its confirmations, or cancel another order"));
    }

    private static Asset paid(SubmittedOrder order) {
        return order.side() == Side.BUY
                ? order.market().quote()
                : order.market().base();
    }

    private Command.PlaceOrder command(OrderId id, AccountId account, SubmittedOrder order) {
        return new Command.PlaceOrder(
                id,
                order.market().id(),
                account,
                order.side(),
                order.ticks(),
                order.lots(),
                order.postOnly(),
                order.matchUntilSeconds(),
                now.getEpochSecond());
    }

    private List<Event> append(Command command, Optional<SubmittedOrder> order) {
        LogEntry entry = new LogEntry(++position, command, order, now);
        List<Event> events = engine.apply(command);
        writer.append(new AppliedEntry(entry, events));
        return events;
    }

    private static PlaceOutcome refused(RefusalCode code, String message) {
        return new PlaceOutcome.Refused(new Refusal(code, message));
    }

    private static PlaceOutcome refused(SubmittedOrder order, RejectReason reason) {
        return switch (reason) {
            case POST_ONLY_WOULD_CROSS ->
                refused(
                        RefusalCode.POST_ONLY_WOULD_CROSS,
                        "a post-only order at " + order.market().formatPrice(order.ticks())
                                + " would match at once; choose a price behind the best of the other side");
            case EXPIRED -> refused(RefusalCode.ORDER_EXPIRED, "the order expires too soon to be locked in time");
            case INSUFFICIENT_BALANCE ->
                refused(RefusalCode.INSUFFICIENT_BALANCE, "the deposit does not cover the order");
            case AMOUNT_TOO_LARGE ->
                refused(RefusalCode.AMOUNT_TOO_LARGE, "price times quantity is beyond what the engine holds");
            case PRICE_NOT_POSITIVE -> refused(RefusalCode.PRICE_OFF_TICK, "the price must be positive");
            case QUANTITY_NOT_POSITIVE -> refused(RefusalCode.QUANTITY_OFF_LOT, "the quantity must be positive");
            case UNKNOWN_MARKET, DUPLICATE_ORDER ->
                refused(RefusalCode.INTERNAL, "the engine rejected the order: " + reason);
        };
    }
}
