package io.quoin.node.demo;

import io.quoin.node.demo.DemoStack.Up;
import io.quoin.node.demo.trader.ChainRpc;
import io.quoin.node.demo.trader.MarketView;
import io.quoin.node.demo.trader.NodeApi;
import io.quoin.node.demo.trader.Trader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * One demonstration: starts a chain, a database and a node, lets two traders settle a trade, and checks every
 * balance. {@link #run} is called once; {@link #close} may be called from any thread, also in the middle of it.
 */
public final class Demo implements AutoCloseable {
    private final DemoOptions options;
    private final Story story;
    private final Running running = new Running();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Makes a demonstration that tells its steps to a narrator. */
    public Demo(DemoOptions options, Narrator narrator) {
        this.options = options;
        this.story = new Story(narrator, options.commanded());
    }

    /**
     * Runs it to its end; with {@code keep}, until it is closed.
     *
     * @throws IOException if its directory cannot be written
     * @throws DemoFailure if it cannot go on
     */
    public DemoResult run() throws IOException, InterruptedException {
        running.hold(DemoLock.take(options.directory()));
        story.reached(Phase.LAUNCH);
        story.step("START", "a chain, a database, a node, and two traders outside it");
        Up up = new DemoStack(options, story, running).start();
        NodeApi api = running.hold(new NodeApi(up.node()));
        ChainRpc chain = running.hold(new ChainRpc(up.rpc()));
        Trader alice = Trader.withNewKey("Alice", api, chain);
        Trader bob = Trader.withNewKey("Bob", api, chain);
        MarketView market = api.market(TradingPlan.MARKET);
        var trading = new Trading(story, api, market, alice, bob);

        trading.fund(up::giveEther);
        var books = new Bookkeeping(market, List.of(alice, bob));
        books.open();
        List<String> escrows = trading.trade();
        new Settlement(story, api, chain, escrows).follow();
        trading.cancelRest();
        trading.withdraw();
        boolean agreed = report(books.close(trading::fromFills));
        story.reached(Phase.CHECKED);

        if (options.keep()) {
            Path spare = options.directory().resolve("order.json");
            Files.writeString(spare, trading.spareOrder() + "\n");
            Guide.lines(up, List.of(alice, bob), escrows.getFirst(), spare).forEach(story::line);
            closed.await();
        }
        return new DemoResult(agreed, story.phases());
    }

    /** Ends everything that was started; nothing is told from then on. Returns when all has ended. */
    @Override
    public void close() {
        story.end();
        closed.countDown();
        running.close();
    }

    private boolean report(List<BalanceRow> rows) {
        List<BalanceRow.Disagreement> disagreements =
                rows.stream().flatMap(row -> row.disagreements().stream()).toList();
        story.line("");
        BalanceTable.lines(rows).forEach(story::line);
        story.line("");
        disagreements.forEach(found -> story.line("  DISAGREES  " + found.text()));
        story.line(
                disagreements.isEmpty()
                        ? String.format(
                                Locale.ROOT,
                                "Chain, fills and ledger agree on all %d balances of %d traders.",
                                rows.size(),
                                rows.stream().map(BalanceRow::trader).distinct().count())
                        : disagreements.size() + " disagreements. Do not trust this build.");
        return disagreements.isEmpty();
    }
}
