package io.quoin.testnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalTestnetIT {
    private static final String OPERATOR = DevAccount.all().get(1).address();

    @TempDir
    private Path home;

    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void borrowTheContracts() throws IOException {
        Files.createSymbolicLink(home.resolve("contracts"), QuoinHome.find().resolve("contracts"));
    }

    @AfterEach
    void leaveNothingBehind() throws IOException {
        LocalTestnet.down(home);
        Files.delete(home.resolve("contracts"));
    }

    @ParameterizedTest
    @EnumSource(ChainEngine.class)
    void testnet_goesUpAndDown(ChainEngine engine) throws IOException {
        assertThat(LocalTestnet.status(home)).isInstanceOf(TestnetStatus.Down.class);

        TestnetManifest manifest = LocalTestnet.up(options(engine, OPERATOR), progress::add);

        assertThat(LocalTestnet.status(home)).isEqualTo(new TestnetStatus.Up(manifest));
        assertThat(manifest.deployment().operator()).isEqualTo(OPERATOR);
        ProcessHandle process = ProcessHandle.of(manifest.pid()).orElseThrow();

        assertThat(LocalTestnet.down(home)).isTrue();

        assertThat(process.isAlive()).isFalse();
        Ports.take(manifest.rpcUrl().getPort()).close();
        assertThat(LocalTestnet.status(home)).isInstanceOf(TestnetStatus.Down.class);
        assertThat(LocalTestnet.down(home)).isFalse();
    }

    @Test
    void up_whenItRunsAlready_leavesItOrRefusesAnother() {
        TestnetManifest manifest = LocalTestnet.up(options(ChainEngine.ANVIL, OPERATOR), progress::add);

        assertThat(LocalTestnet.up(options(ChainEngine.ANVIL, OPERATOR), progress::add))
                .isEqualTo(manifest);
        assertThat(progress).last().asString().contains("runs already");
        String other = DevAccount.all().get(2).address();
        assertThatThrownBy(() -> LocalTestnet.up(options(ChainEngine.ANVIL, other), progress::add))
                .isInstanceOf(TestnetException.class)
                .hasMessageContaining("./quoin testnet down");
    }

    @Test
    void up_whenTheChainDied_replacesIt() throws Exception {
        TestnetManifest first = LocalTestnet.up(options(ChainEngine.ANVIL, OPERATOR), progress::add);
        ProcessHandle process = ProcessHandle.of(first.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);

        assertThat(LocalTestnet.status(home)).isInstanceOf(TestnetStatus.Broken.class);
        TestnetManifest second = LocalTestnet.up(options(ChainEngine.ANVIL, OPERATOR), progress::add);

        assertThat(second.pid()).isNotEqualTo(first.pid());
        assertThat(progress).anyMatch(line -> line.contains("replacing it"));
    }

    @Test
    void down_whenAnotherProcessHasTheId_sparesIt() {
        long ownPid = ProcessHandle.current().pid();
        TestnetManifest stale = ManifestFileTest.manifest(ownPid, Instant.EPOCH);
        new ManifestFile(home).write(stale);

        assertThat(LocalTestnet.status(home)).isInstanceOf(TestnetStatus.Broken.class);
        assertThat(LocalTestnet.down(home)).isTrue();
        assertThat(LocalTestnet.status(home)).isInstanceOf(TestnetStatus.Down.class);
    }

    private UpOptions options(ChainEngine engine, String operator) {
        return new UpOptions(home, engine, 0, Duration.ofMillis(200), operator);
    }
}
