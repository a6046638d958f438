package io.quoin.matching;

import java.util.List;
import java.util.Optional;

/** A subject that says of an iceberg's next part one lot too little: a fault for tests of what finds faults. */
record Faulty(Subject sound) implements Subject {
    @Override
    public List<Event> apply(Command command) {
        return sound.apply(command).stream().map(Faulty::spoil).toList();
    }

    private static Event spoil(Event event) {
        return event instanceof Event.OrderRested e && e.visibleLots() < e.remainingLots()
                ? new Event.OrderRested(
                        e.order(), e.market(), e.side(), e.priceTicks(), e.visibleLots() + 1, e.remainingLots())
                : event;
    }

    @Override
    public BookSnapshot book(MarketId market, int depth) {
        return sound.book(market, depth);
    }

    @Override
    public Balance balance(AccountId account, AssetId asset) {
        return sound.balance(account, asset);
    }

    @Override
    public Optional<OpenOrder> order(OrderId order) {
        return sound.order(order);
    }
}
