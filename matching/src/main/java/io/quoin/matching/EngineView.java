package io.quoin.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an engine's state looks like to those who ask. */
final class EngineView {
    private final EngineState state;
    private final Orders orders;

    EngineView(EngineState state) {
        this.state = state;
        this.orders = state.orders;
    }

    BookSnapshot book(MarketId market, int depth) {
        if (!state.markets.has(market.value())) {
            return new BookSnapshot(market, List.of(), List.of());
        }
        Book book = state.markets.of(market.value());
        return new BookSnapshot(market, levels(book.side(true), depth), levels(book.side(false), depth));
    }

    private List<BookLevel> levels(Ladder side, int depth) {
        List<BookLevel> found = new ArrayList<>();
        for (boolean more = side.walk(); more && found.size() < depth; more = side.walkOn(state.levels)) {
            int level = side.walkedLevel();
            found.add(new BookLevel(side.walkedPrice(), state.levels.visible(level), state.levels.count(level)));
        }
        return found;
    }

    Optional<OpenOrder> order(OrderId id) {
        int row = orders.find(id.value());
        return row == Orders.NONE ? Optional.empty() : Optional.of(order(row));
    }

    OpenOrder order(int row) {
        int tags = orders.tags(row);
        OrderTerms terms = new OrderTerms(
                Tags.side(tags),
                Tags.type(tags),
                Tags.timeInForce(tags),
                orders.price(row),
                orders.total(row),
                orders.display(row),
                orders.minimum(row),
                orders.stopPrice(row),
                orders.slippage(row),
                Tags.postOnly(tags),
                Tags.selfTrade(tags),
                orders.expiry(row));
        int memory = orders.clientOrder(row);
        long clientOrder = memory == Orders.NONE ? 0 : state.clientOrders.clientOrder(memory);
        OrderLabels labels =
                new OrderLabels(clientOrder, orders.session(row), orders.disconnectGroup(row), orders.tradeGroup(row));
        return new OpenOrder(
                new OrderId(orders.id(row)),
                state.markets.at(Tags.market(tags)).spec().id(),
                new AccountId(state.accounts.id(orders.account(row))),
                terms,
                labels,
                orders.remaining(row),
                orders.visible(row));
    }
}
