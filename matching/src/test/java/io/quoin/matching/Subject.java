package io.quoin.matching;

import java.util.List;
import java.util.Optional;

/** What answers commands: the engine, the slow model, or either with a fault that was planted. */
interface Subject {
    List<Event> apply(Command command);

    BookSnapshot book(MarketId market, int depth);

    Balance balance(AccountId account, AssetId asset);

    Optional<OpenOrder> order(OrderId order);

    /** The engine, or with {@code -Dquoin.modelOnly=true} another model, to work on tests without an engine. */
    static Subject engine(EngineLimits limits) {
        if (Boolean.getBoolean("quoin.modelOnly")) {
            return new SlowModel(limits);
        }
        Engine engine = new Engine(limits);
        return new Subject() {
            @Override
            public List<Event> apply(Command command) {
                return engine.apply(command);
            }

            @Override
            public BookSnapshot book(MarketId market, int depth) {
                return engine.book(market, depth);
            }

            @Override
            public Balance balance(AccountId account, AssetId asset) {
                return engine.balance(account, asset);
            }

            @Override
            public Optional<OpenOrder> order(OrderId order) {
                return engine.order(order);
            }
        };
    }
}
