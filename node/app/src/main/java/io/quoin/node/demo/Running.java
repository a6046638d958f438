package io.quoin.node.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started and must be ended, the last first. Thread-safe: it may be closed while something still starts. */
final class Running implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean closed;

    /** Takes charge of something that runs. If all has been ended already, it is ended at once. */
    <T extends AutoCloseable> T hold(T resource) {
        synchronized (this) {
            if (!closed) {
                started.push(resource);
                return resource;
            }
        }
        end(resource);
        throw new DemoFailure("stopped while starting");
    }

    /** Ends everything; what does not end cleanly is logged and does not keep the rest from ending. */
    @Override
    public void close() {
        AutoCloseable resource = next();
        while (resource != null) {
            end(resource);
            resource = next();
        }
    }

    private synchronized @org.jspecify.annotations.Nullable AutoCloseable next() {
        closed = true;
        return started.poll();
    }

    private static void end(AutoCloseable resource) {
        try {
            resource.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("interrupted while ending {}", resource, e);
        } catch (Exception e) {
            LOG.warn("{} did not end cleanly", resource, e);
        }
    }
}
