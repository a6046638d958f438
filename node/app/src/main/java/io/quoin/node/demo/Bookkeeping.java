package io.quoin.node.demo;

import io.quoin.node.demo.trader.MarketView;
import io.quoin.node.demo.trader.Token;
import io.quoin.node.demo.trader.Trader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Counts what both traders have, before and after, and compares it with what it must be. One call at a time. */
final class Bookkeeping {
    private final MarketView market;
    private final List<Trader> traders;
    private final Map<Account, Holding> before = new LinkedHashMap<>();

    private record Account(Trader trader, Token token) {}

    Bookkeeping(MarketView market, List<Trader> traders) {
        this.market = market;
        this.traders = List.copyOf(traders);
    }

    /** Counts what is on chain now. */
    void open() {
        for (Trader trader : traders) {
            for (Token token : List.of(market.base(), market.quote())) {
                before.put(new Account(trader, token), count(trader, token));
            }
        }
    }

    /** Counts again and sets it against the fills and the ledger. */
    List<BalanceRow> close(BiFunction<Trader, Token, BigDecimal> fromFills) {
        List<BalanceRow> rows = new ArrayList<>();
        before.forEach((account, holding) -> {
            BigDecimal change = fromFills.apply(account.trader(), account.token());
            rows.add(new BalanceRow(
                    account.trader().name(),
                    account.token().symbol(),
                    holding,
                    count(account.trader(), account.token()),
                    change,
                    change.max(BigDecimal.ZERO), // each takes out what he bought, and nothing else
                    account.trader().ledger(account.token())));
        });
        return List.copyOf(rows);
    }

    private Holding count(Trader trader, Token token) {
        return new Holding(trader.wallet(token), trader.vault(market, token));
    }
}
