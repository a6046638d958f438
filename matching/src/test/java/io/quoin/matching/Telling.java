package io.quoin.matching;

import java.util.List;

/** Tells events in words, so that examples can be read. Balances are left out. */
final class Telling {
    private Telling() {}

    static List<String> of(List<Event> events) {
        return events.stream()
                .filter(event -> !(event instanceof Event.BalanceChanged))
                .map(Telling::of)
                .toList();
    }

    private static String of(Event event) {
        return switch (event) {
            case Event.MarketOpened e -> "opened " + e.spec().id().value();
            case Event.MarketStateChanged e -> "state " + e.state();
            case Event.ReferencePriceChanged e -> "reference " + e.priceTicks();
            case Event.IndicativePrice e ->
                "indicative %d: %d, %d".formatted(e.priceTicks(), e.matchedLots(), e.imbalanceLots());
            case Event.AuctionUncrossed e -> "uncrossed at " + e.priceTicks();
            case Event.OrderAccepted e ->
                "accepted %d at %d".formatted(e.order().value(), e.terms().priceTicks());
            case Event.OrderRejected e -> "rejected " + e.reason();
            case Event.ClientOrderRepeated e -> "repeats " + e.original().value() + ", " + of(e.outcome());
            case Event.Filled e ->
                "filled %d of %d by %d at %d"
                        .formatted(
                                e.quantityLots(), e.maker().value(), e.taker().value(), e.priceTicks());
            case Event.OrderRested e ->
                "rested %d: %d of %d at %d"
                        .formatted(e.order().value(), e.visibleLots(), e.remainingLots(), e.priceTicks());
            case Event.OrderTriggered e ->
                "triggered %d at %d".formatted(e.order().value(), e.priceTicks());
            case Event.OrderReduced e ->
                "reduced %d by %d: %d of %d"
                        .formatted(e.order().value(), e.reducedLots(), e.visibleLots(), e.remainingLots());
            case Event.OrderAmended e ->
                "amended %d to %d: %d at %d"
                        .formatted(e.order().value(), e.newOrder().value(), e.quantityLots(), e.priceTicks());
            case Event.AmendRejected e -> "amend rejected " + e.reason();
            case Event.OrderCancelled e ->
                "cancelled %d of %d: %s".formatted(e.remainingLots(), e.order().value(), e.reason());
            case Event.AllCancelled e -> "all cancelled: " + e.count();
            case Event.LevelChanged e ->
                "%s %d: %d in %d"
                        .formatted(
                                e.side() == Side.BUY ? "bid" : "ask", e.priceTicks(), e.visibleLots(), e.orderCount());
            case Event.BalanceChanged e -> "balance";
            case Event.FillSettled e -> "settled " + e.fill().value();
            case Event.FillReturned e -> "returned " + e.fill().value();
            case Event.FillForfeited e -> "forfeited " + e.fill().value();
            case Event.WithdrawalChanged e -> "withdrawal " + e.state();
            case Event.ExitChanged e -> e.exiting() ? "exiting" : "not exiting";
            case Event.CommandRefused e -> "refused " + e.reason();
        };
    }

    private static String of(ClientOrderOutcome outcome) {
        return switch (outcome) {
            case ClientOrderOutcome.Accepted a -> "accepted";
            case ClientOrderOutcome.Rejected r -> "rejected " + r.reason();
        };
    }
}
