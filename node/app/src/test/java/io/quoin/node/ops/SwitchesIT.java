package io.quoin.node.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.node.NodeWorld;
import io.quoin.node.demo.trader.NodeApi;
import io.quoin.node.demo.trader.OrderDraft;
import io.quoin.node.demo.trader.OrderView;
import io.quoin.node.demo.trader.Trader;
import io.quoin.node.demo.trader.TraderException;
import io.quoin.node.schema.EmbeddedPostgres;
import io.quoin.node.store.Database;
import io.quoin.node.store.SwitchStore;
import io.quoin.node.store.SwitchStore.Setting;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("R18 one registry of switches and alarms, one /metrics")
class SwitchesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern FINAL_HEIGHT = Pattern.compile("(?m)^quoin_chain_final_height\\{.*\\} ([0-9.E]+)$");

    private final HttpClient client = HttpClient.newHttpClient();
    private NodeWorld world;
    private Database database;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        world = new NodeWorld(folder);
        var address =
                EmbeddedPostgres.runningOn(folder.resolve("node/postgres")).orElseThrow();
        database = Database.open(address, "quoin");
    }

    @AfterEach
    void stop() {
        client.close();
        database.close();
        world.close();
    }

    @Test
    void newLocksOff_holdsLocksBack_untilTheyAreOnAgain_andAMarketOff_refusesOrdersButNotCancels() throws Exception {
        Trader alice = world.trader("Alice", "5", "0");
        Trader bob = world.trader("Bob", "0", "20000");
        set(Switches.NEW_LOCKS, false);
        awaitBlocks(4); // two seconds: the node looks at its switches every second
        OrderView resting = alice.place(world.market(), order(true, "2", 1));
        OrderView taker = bob.place(world.market(), order(false, "1", 1));
        String escrow = taker.fills().getFirst().escrow();
        awaitBlocks(4);
        assertThat(state(escrow)).isEqualTo("MATCHED");

        set(Switches.NEW_LOCKS, true);
        Awaitility.await().atMost(LIMIT).until(() -> state(escrow).equals("SETTLED"));

        set(Switches.market("QBASE-QUSD"), false);
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(get("/v1/markets")).contains("STOPPED").contains("a drill"));
        assertThatThrownBy(() -> bob.place(world.market(), order(false, "1", 2)))
                .isInstanceOf(TraderException.class)
                .hasMessageContaining("MARKET_STOPPED")
                .hasMessageContaining("a drill");
        assertThat(alice.cancel(world.market(), resting.id()).status()).isEqualTo("CANCELLED");
        assertThat(get("/metrics")).contains("quoin_sequencer_ready 1");
        assertThat(get("/readyz")).contains("\"alarms\":{}");
    }

    private void awaitBlocks(int blocks) throws Exception {
        double height = finalHeight();
        Awaitility.await().atMost(LIMIT).until(() -> finalHeight() >= height + blocks);
    }

    private void set(String name, boolean enabled) {
        new SwitchStore(database).set(new Setting(name, enabled, "a drill", "test", Instant.now()));
    }

    private String state(String escrow) {
        try (NodeApi api = new NodeApi(world.node().url())) {
            return api.escrow(escrow).state();
        }
    }

    private double finalHeight() throws Exception {
        Matcher found = FINAL_HEIGHT.matcher(get("/metrics"));
        assertThat(found.find()).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private static OrderDraft order(boolean sell, String quantity, long nonce) {
        long now = Instant.now().getEpochSecond();
        return new OrderDraft(sell, new BigDecimal("2500"), new BigDecimal(quantity), nonce, now, now + 3_600);
    }

    private String get(String path) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(world.node().url() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
