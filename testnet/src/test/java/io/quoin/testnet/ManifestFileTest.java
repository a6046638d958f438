package io.quoin.testnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFileTest {
    @TempDir
    private Path home;

    @Test
    void read_returnsWhatWasWritten() {
        ManifestFile file = new ManifestFile(home);
        TestnetManifest manifest = manifest(42, Instant.parse("2026-01-02T03:04:05.678Z"));
        assertThat(file.read()).isEmpty();

        file.write(manifest);

        assertThat(file.read()).contains(manifest);
        file.delete();
        assertThat(file.read()).isEmpty();
    }

    @Test
    void read_ofSomethingElse_saysWhatToDo() throws IOException {
        Path text = home.resolve(".quoin").resolve("testnet.json");
        Files.createDirectories(text.getParent());
        Files.writeString(text, "{ half");

        assertThatThrownBy(() -> new ManifestFile(home).read())
                .isInstanceOf(TestnetException.class)
                .hasMessageContaining("delete it");
    }

    static TestnetManifest manifest(long pid, Instant start) {
        Deployment.Token token = new Deployment.Token("Quoin Test Base", "QBASE", 18, "0x01");
        Deployment.Market market =
                new Deployment.Market("QBASE", "QUSD", BigInteger.TEN.pow(15), BigInteger.TEN, 1, "0x08");
        Deployment deployment = new Deployment(
                LocalChain.CHAIN_ID,
                "0x02",
                "0x03",
                "0x04",
                "0x05",
                "0x06",
                "0x07",
                3600,
                List.of(token),
                List.of(market),
                1);
        return new TestnetManifest(
                ChainEngine.ANVIL, pid, start, URI.create("http://127.0.0.1:1"), "chain.log", deployment);
    }
}
