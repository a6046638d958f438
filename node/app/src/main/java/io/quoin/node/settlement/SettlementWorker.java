package io.quoin.node.settlement;

import io.quoin.chain.ChainAdapter;
import io.quoin.node.market.Market;
import io.quoin.node.market.Markets;
import io.quoin.node.ops.Switches;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what settlement asked for to a chain's adapter, oldest first, on a virtual thread of its own. A lock whose
 * switch is off waits; a release or a refund never does. Handing over twice is harmless: the adapter knows its
 * actions by id.
 */
public final class SettlementWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SettlementWorker.class);
    private static final int BATCH_MAX = 64;
    private static final long IDLE_MILLIS = 500;

    private final RequestedActions requested;
    private final ChainAdapter chain;
    private final Markets markets;
    private final Switches switches;
    private final Semaphore work = new Semaphore(0);
    private final Thread thread;
    private volatile boolean open = true;

    /** Makes a worker; {@link #start} sets it to work. */
    public SettlementWorker(RequestedActions requested, ChainAdapter chain, Markets markets, Switches switches) {
        this.requested = requested;
        this.chain = chain;
        this.markets = markets;
        this.switches = switches;
        this.thread = Thread.ofVirtual().name("settlement-" + chain.chain()).unstarted(this::run);
    }

    /** Starts the worker. */
    public void start() {
        thread.start();
    }

    /** Says that something may have been asked for. Any thread. */
    public void wake() {
        work.release();
    }

    @Override
    public void close() {
        open = false;
        wake(); // an interrupt would break off the transaction under way
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (open) {
            try {
                boolean woken = work.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                LOG.trace("looking, woken={} more={}", woken, work.drainPermits());
                handOver();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.warn("handing over to {} failed and is tried again: {}", chain.chain(), e.toString());
            }
        }
    }

    private void handOver() {
        for (RequestedAction action : requested.oldest(chain.chain(), stoppedMarkets(), BATCH_MAX)) {
            try {
                chain.submit(action.action());
            } catch (RuntimeException e) {
                // The others must not wait for this one.
                LOG.warn(
                        "handing over action={} failed and is tried again: {}",
                        action.action().id(),
                        e.toString());
            }
        }
    }

    private Set<String> stoppedMarkets() {
        return markets.all().stream()
                .map(Market::symbol)
                .filter(symbol -> switches.off(
                                Switches.NEW_LOCKS, Switches.chain(chain.chain()), Switches.market(symbol))
                        .isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }
}
