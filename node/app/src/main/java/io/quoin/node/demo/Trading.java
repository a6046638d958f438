package io.quoin.node.demo;

import io.quoin.node.demo.TradingPlan.Offer;
import io.quoin.node.demo.trader.MarketView;
import io.quoin.node.demo.trader.NodeApi;
import io.quoin.node.demo.trader.OrderDraft;
import io.quoin.node.demo.trader.OrderView;
import io.quoin.node.demo.trader.Patience;
import io.quoin.node.demo.trader.Receipt;
import io.quoin.node.demo.trader.Token;
import io.quoin.node.demo.trader.Trader;
import io.quoin.node.demo.trader.WithdrawalDraft;
import io.quoin.node.demo.trader.WithdrawalView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** What the two traders do, from outside the node. One call at a time. */
final class Trading {
    private static final Duration LEDGER_LIMIT = Duration.ofSeconds(60);
    private static final Duration ORDER_LIFE = Duration.ofDays(1);
    private static final Duration WITHDRAWAL_LIFE = Duration.ofMinutes(15);

    private final Story story;
    private final NodeApi api;
    private final MarketView market;
    private final Trader alice;
    private final Trader bob;
    private final List<String> aliceOrders = new ArrayList<>();
    private String bobOrder = "";

    Trading(Story story, NodeApi api, MarketView market, Trader alice, Trader bob) {
        this.story = story;
        this.api = api;
        this.market = market;
        this.alice = alice;
        this.bob = bob;
    }

    /** Gives both what they need and waits until the node has seen their deposits. */
    void fund(Consumer<String> giveEther) {
        story.during("funding Alice and Bob", () -> {
            inParallel(
                    () -> fund(giveEther, alice, market.base(), TradingPlan.ALICE_MINTS, TradingPlan.ALICE_DEPOSITS),
                    () -> fund(giveEther, bob, market.quote(), TradingPlan.BOB_MINTS, TradingPlan.BOB_DEPOSITS));
            return true;
        });
        story.reached(Phase.FUNDED);
    }

    /** Places the orders and returns the escrows of the fills. */
    List<String> trade() {
        TradingPlan.ALICE_SELLS.forEach(offer -> aliceOrders.add(
                place(alice, true, offer, aliceOrders.size() + 1).id()));
        OrderView taken = place(bob, false, TradingPlan.BOB_BUYS, 1);
        bobOrder = taken.id();
        requireBestPriceFirst(taken);
        story.reached(Phase.MATCHED);
        return taken.fills().stream().map(OrderView.Fill::escrow).toList();
    }

    /** Takes what nobody bought out of the book. */
    void cancelRest() {
        for (String id : aliceOrders) {
            OrderView order = api.order(id);
            if (order.status().equals("OPEN")) {
                OrderView cancelled = alice.cancel(market, id);
                story.step(
                        cancelled.status(),
                        "Alice's remaining " + Amounts.text(order.remaining()) + " "
                                + market.base().symbol() + ", signed; order " + DemoStack.shortened(id));
            }
        }
        if (api.openOrders(market.symbol()) != 0) {
            throw new DemoFailure("the book should be empty now, and GET /v1/book/" + market.symbol() + " is not");
        }
    }

    /** Both take what they bought out of the vault. Returns when the node has booked it. */
    void withdraw() {
        story.during("withdrawing", () -> {
            inParallel(() -> withdraw(alice, market.quote()), () -> withdraw(bob, market.base()));
            return true;
        });
    }

    /** Returns what the fills of his orders must have brought a trader, negative for what they took. */
    BigDecimal fromFills(Trader trader, Token token) {
        boolean sells = trader == alice;
        boolean isBase = token.equals(market.base());
        List<String> orders = sells ? aliceOrders : List.of(bobOrder);
        BigDecimal sum = orders.stream()
                .flatMap(id -> api.order(id).fills().stream())
                .map(fill -> isBase ? fill.quantity() : fill.paid())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return sells == isBase ? sum.negate() : sum;
    }

    /** Returns an order that Alice signs and does not send, for people to try. */
    String spareOrder() {
        return alice.signedOrder(market, draft(true, new Offer("2600", "1"), 1000));
    }

    private void fund(Consumer<String> giveEther, Trader trader, Token token, BigDecimal minted, BigDecimal deposited) {
        giveEther.accept(trader.address());
        story.step("FUNDED", trader.name() + " " + DemoStack.shortened(trader.address()) + " has 1 ether");
        tell("MINTED", trader, minted, token, trader.mint(token, minted));
        tell("APPROVED", trader, deposited, token, trader.approve(market, token, deposited));
        tell("DEPOSITED", trader, deposited, token, trader.deposit(market, token, deposited));
        awaitLedger(trader, token, deposited);
        story.step(
                "BOOKED",
                trader.name() + " has " + Amounts.text(deposited) + " " + token.symbol()
                        + " to trade with, says the node");
    }

    /** What trades brought lies in the market's account until it is gathered; the operator must co-sign its way out. */
    private void withdraw(Trader trader, Token token) {
        boolean sells = trader == alice;
        story.step("GATHERED", trader.name() + "'s lots of " + market.symbol(), trader.gather(market, sells));
        BigDecimal amount = trader.vault(market, token);
        long deadline = Instant.now().getEpochSecond() + WITHDRAWAL_LIFE.toSeconds();
        var draft = new WithdrawalDraft(token, amount, trader.address(), 1, deadline);
        WithdrawalView coSigned = trader.requestWithdrawal(market, draft);
        story.step(
                coSigned.state(),
                trader.name() + " " + Amounts.text(amount) + " " + token.symbol() + ", withdrawal "
                        + DemoStack.shortened(coSigned.id()));
        tell("WITHDRAWN", trader, amount, token, trader.withdraw(market, draft, coSigned));
        Patience.until(
                "the withdrawal of " + trader.name() + " to be final",
                LEDGER_LIMIT,
                () -> Optional.of(api.withdrawal(coSigned.id()).state()).filter("FINAL"::equals));
        awaitLedger(trader, token, BigDecimal.ZERO);
    }

    private void awaitLedger(Trader trader, Token token, BigDecimal amount) {
        Patience.until(
                "the node to book that " + trader.name() + " has " + Amounts.text(amount) + " " + token.symbol(),
                LEDGER_LIMIT,
                () -> Optional.of(trader.ledger(token).available()).filter(value -> value.compareTo(amount) == 0));
    }

    private OrderView place(Trader trader, boolean sell, Offer offer, long number) {
        OrderView order = trader.place(market, draft(sell, offer, number));
        story.step(
                "PLACED",
                trader.name() + (sell ? " sells " : " buys ") + Amounts.text(offer.quantity()) + " "
                        + market.base().symbol() + " at " + Amounts.text(offer.price()) + "; order "
                        + DemoStack.shortened(order.id()) + " " + order.status());
        return order;
    }

    private OrderDraft draft(boolean sell, Offer offer, long number) {
        long issued = market.serverTimeMillis() / 1000;
        return new OrderDraft(sell, offer.price(), offer.quantity(), number, issued, issued + ORDER_LIFE.toSeconds());
    }

    private static void requireBestPriceFirst(OrderView taken) {
        List<Offer> fills = taken.fills().stream()
                .map(fill -> new Offer(fill.price(), fill.quantity()))
                .toList();
        boolean asPlanned = fills.size() == TradingPlan.FILLS.size();
        for (int i = 0; asPlanned && i < fills.size(); i++) {
            asPlanned = fills.get(i).sameAs(TradingPlan.FILLS.get(i));
        }
        if (!asPlanned) {
            throw new DemoFailure("the fills are " + fills + ", and price-time priority demands " + TradingPlan.FILLS);
        }
    }

    private void tell(String state, Trader trader, BigDecimal amount, Token token, Receipt receipt) {
        story.step(state, trader.name() + " " + Amounts.text(amount) + " " + token.symbol(), receipt);
    }

    private static void inParallel(Runnable one, Runnable other) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(one, executor), CompletableFuture.runAsync(other, executor))
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
