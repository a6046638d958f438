package io.quoin.node.sequencer;

import io.quoin.matching.AccountId;
import io.quoin.matching.Command;
import io.quoin.matching.Event;
import io.quoin.matching.OpenOrder;
import io.quoin.matching.OrderId;
import io.quoin.matching.OrderLabels;
import io.quoin.matching.OrderTerms;
import io.quoin.matching.PostOnly;
import io.quoin.matching.SelfTradePrevention;
import io.quoin.matching.Side;
import io.quoin.node.market.Asset;
import io.quoin.node.market.Market;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.refusal.Refusal;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.withdrawal.SubmittedWithdrawal;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.terms.OrderNonce;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the sequencer does in one database transaction: facts from the chain first, then expiries, then what traders
 * asked for. The engine is told the time when it matters: before an order expires or is placed. The answers are kept
 * back until the transaction is durable.
 */
final class Round {
    private static final int WAITING_MAX = 256;

    private final LogState state;
    private final SequencerStore.Writer writer;
    private final Instant now;
    private final List<Runnable> answers = new ArrayList<>();
    private final List<String> refusedFacts = new ArrayList<>();

    Round(LogState state, SequencerStore.Writer writer, Instant now) {
        this.state = state;
        this.writer = writer;
        this.now = now;
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
            List<Event> events = append(fact.command());
            writer.sequenced(fact, state.position());
            for (Event event : events) {
                if (event instanceof Event.CommandRefused refused) {
                    refusedFacts.add(fact.command() + " as " + refused.reason());
                }
            }
        }
        if (state.engine().nextExpirySeconds().orElse(Long.MAX_VALUE) < now.getEpochSecond()) {
            tellTime();
        }
        for (SequencerTask task : tasks) {
            switch (task) {
                case SequencerTask.Place place -> answer(place);
                case SequencerTask.Cancel cancel -> answer(cancel);
                case SequencerTask.Withdraw withdraw -> answer(withdraw);
                case SequencerTask.Query<?> query ->
                    answers.add(() -> query.run(new EngineView(state.engine(), state.position())));
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

    private void answer(SequencerTask.Withdraw withdraw) {
        WithdrawOutcome outcome = new WithdrawalEntry(
                        state, writer, (command, signed) -> append(command, Optional.empty(), signed))
                .enter(withdraw.withdrawal());
        answers.add(() -> withdraw.answer().complete(outcome));
    }

    private PlaceOutcome place(SubmittedOrder order) {
        if (state.index().find(order.id()).isPresent()) {
            return new PlaceOutcome.AlreadyAccepted(order.id());
        }
        Optional<AccountId> known = writer.account(order.trader());
        if (known.isEmpty()) {
            return lacking(order, BigInteger.ZERO).orElseThrow(); // never deposited, so nothing is free
        }
        AccountId account = known.get();
        Optional<PlaceOutcome> unfit = nonceTaken(account, order).or(() -> lacking(account, order));
        if (unfit.isPresent()) {
            return unfit.get();
        }
        tellTime();
        List<Event> events = append(command(account, order), Optional.of(order), Optional.empty());
        for (Event event : events) {
            if (event instanceof Event.OrderAccepted) {
                return new PlaceOutcome.Accepted(order.id());
            }
            if (event instanceof Event.OrderRejected rejected) {
                return new PlaceOutcome.Refused(Rejection.of(order, rejected.reason()));
            }
        }
        throw new IllegalStateException("the engine neither accepted nor rejected order " + order.id() + ": " + events);
    }

    /**
     * In the vault an order lives in the cell {@code nonce % 256} of its account, market and side, where a higher nonce
     * ends a lower one. So no order is taken that would end an open one, nor one that may be ended already.
     */
    private Optional<PlaceOutcome> nonceTaken(AccountId account, SubmittedOrder order) {
        BigInteger nonce = order.terms().nonce();
        Optional<Bytes32> other = state.index().underNonce(account, order);
        if (other.isPresent()) {
            return Optional.of(refused(
                    RefusalCode.NONCE_REUSED,
                    "nonce " + nonce + " belongs to your order " + other.get()
                            + "; sign this one with a nonce that you have not used"));
        }
        return state.index()
                .holder(account, order)
                .flatMap(holder -> cellTaken(nonce, holder))
                .map(message -> refused(RefusalCode.NONCE_CELL_TAKEN, message));
    }

    private Optional<String> cellTaken(BigInteger nonce, OrderIndex.Holder holder) {
        String cell = "cell " + OrderNonce.cell(nonce) + " of your " + OrderNonce.MANY_BATCHES_CELLS;
        if (nonce.compareTo(holder.nonce()) < 0) {
            return Optional.of("nonce " + nonce + " is in " + cell + ", where your order " + holder.order()
                    + " had the higher nonce " + holder.nonce() + ", and the vault takes no lower one after it; sign"
                    + " with a nonce above that, or of another cell");
        }
        if (state.engine().order(holder.id()).isPresent()) {
            return Optional.of("nonce " + nonce + " is in " + cell + " and would end your open order " + holder.order()
                    + " with nonce " + holder.nonce() + "; cancel that order first, or sign with a nonce of another"
                    + " cell");
        }
        return Optional.empty();
    }

    private CancelOutcome cancel(Bytes32 order) {
        Optional<OrderId> id = state.index().find(order);
        if (id.isEmpty()) {
            return new CancelOutcome.Refused(
                    new Refusal(RefusalCode.UNKNOWN_ORDER, "there is no order " + order + " to cancel"));
        }
        Optional<OpenOrder> open = state.engine().order(id.get());
        if (open.isEmpty()) {
            return new CancelOutcome.Refused(new Refusal(
                    RefusalCode.ORDER_CLOSED, "order " + order + " is filled or was cancelled before; GET it to see"));
        }
        Command cancel = new Command.CancelOrder(id.get(), open.get().account());
        for (Event event : append(cancel)) {
            if (event instanceof Event.CommandRefused refused) {
                return new CancelOutcome.Refused(
                        new Refusal(RefusalCode.INTERNAL, "the engine refused to cancel: " + refused.reason()));
            }
        }
        return new CancelOutcome.Cancelled();
    }

    private Optional<PlaceOutcome> lacking(AccountId account, SubmittedOrder order) {
        Asset paid = paid(order);
        return lacking(
                order, paid.baseUnits(state.engine().balance(account, paid.id()).available()));
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

    /** Its id is its position, so no two orders of a log share one. */
    private Command.PlaceOrder command(AccountId account, SubmittedOrder order) {
        OrderTerms terms = OrderTerms.limit(order.side(), order.ticks(), order.lots())
                .until(order.matchUntilSeconds())
                .postOnly(order.postOnly() ? PostOnly.REJECT : PostOnly.NO)
                .selfTrade(SelfTradePrevention.CANCEL_NEWEST);
        return new Command.PlaceOrder(
                new OrderId(state.position() + 1), order.market().id(), account, terms, OrderLabels.NONE);
    }

    /** Tells the engine the time of this round, once: the clock stands still in a round. */
    private void tellTime() {
        long nowSeconds = now.getEpochSecond();
        if (state.engine().nowSeconds() < nowSeconds) {
            append(new Command.AdvanceTime(nowSeconds));
        }
    }

    private List<Event> append(Command command) {
        return append(command, Optional.empty(), Optional.empty());
    }

    private List<Event> append(
            Command command, Optional<SubmittedOrder> order, Optional<SubmittedWithdrawal> withdrawal) {
        LogEntry entry = new LogEntry(state.position() + 1, command, order, withdrawal, now);
        List<Event> events = state.apply(entry);
        writer.append(new AppliedEntry(entry, events));
        return events;
    }

    private static PlaceOutcome refused(RefusalCode code, String message) {
        return new PlaceOutcome.Refused(new Refusal(code, message));
    }
}
