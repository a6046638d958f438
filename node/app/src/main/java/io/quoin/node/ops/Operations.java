package io.quoin.node.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.quoin.chain.Alarms;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one registry of alarms and of metrics. Thread-safe. */
public final class Operations implements Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, String> raised = new ConcurrentHashMap<>();

    /** Makes an empty registry. */
    public Operations() {}

    @Override
    public void raise(String alarm, String text) {
        if (!text.equals(raised.put(alarm, text))) {
            LOG.error("alarm={} raised: {}", alarm, text);
        }
        Gauge.builder("quoin.alarm.active", raised, alarms -> alarms.containsKey(alarm) ? 1 : 0)
                .description("1 while the alarm stands")
                .tags(Tags.of("alarm", alarm))
                .register(metrics);
    }

    @Override
    public void clear(String alarm) {
        if (raised.remove(alarm) != null) {
            LOG.info("alarm={} cleared", alarm);
        }
    }

    /** Returns the alarms that stand, with their texts, by name. */
    public Map<String, String> alarms() {
        return new TreeMap<>(raised);
    }

    /** Returns where every part of the node registers its meters. */
    public PrometheusMeterRegistry metrics() {
        return metrics;
    }
}
