package io.quoin.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.testnet.ChainEngine;
import io.quoin.testnet.QuoinHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole path, twice on one directory, on a real chain and a real PostgreSQL; nothing is mocked. */
class DemoIT {
    private static final Path DIRECTORY = Path.of("target", "demo-it").toAbsolutePath();

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void demo_onEitherChain_settlesAndAgrees_alsoWhereAnEarlierOneRan() throws IOException, InterruptedException {
        List<String> first = run(ChainEngine.HARDHAT);
        List<String> second = run(ChainEngine.ANVIL);

        assertThat(first)
                .anyMatch(line -> line.matches(".* LOCKED +fill 1, .* 0x[0-9a-f]{64} {2}gas [0-9,]+"))
                .anyMatch(line -> line.matches(".* SETTLED +fill 2, .* 0x[0-9a-f]{64} {2}gas [0-9,]+"))
                .anyMatch(line -> line.contains("CANCELLED  Alice's remaining 1.5 QBASE"))
                .anyMatch(line -> line.matches(" *Alice +QUSD +0 +8757\\.5 .* yes"))
                .anyMatch(line -> line.matches(" *Bob +QBASE +0 +3\\.5 .* yes"));
        assertThat(second)
                .anyMatch(line -> line.contains("data directory of the last run; schema quoin_demo replaced"));
    }

    private static List<String> run(ChainEngine engine) throws IOException, InterruptedException {
        List<String> told = new CopyOnWriteArrayList<>();
        var options = new DemoOptions(QuoinHome.find(), DIRECTORY, engine, 0, false, Optional.empty(), Instant.now());
        try (var demo = new Demo(options, narrator(told))) {
            DemoResult result = demo.run();

            assertThat(result.agreed()).as("%s", told).isTrue();
            assertThat(result.phases()).containsOnlyKeys(Phase.values());
        }
        return told;
    }

    private static Narrator narrator(List<String> told) {
        return new Narrator() {
            @Override
            public void line(String text) {
                told.add(text);
            }

            @Override
            public void waiting(String text) {
                // nobody watches
            }

            @Override
            public void arrived() {
                // nobody watches
            }
        };
    }
}
