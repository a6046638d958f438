package io.quoin.signer.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Hex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public vectors of the format; shared/vectors/ORIGIN.md names their sources. */
class KeystoreVectorsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void ethereumTests() throws IOException {
        JsonNode vectors = vectors("keystore-v3-ethereum-tests.json");

        assertThat(open(vectors.path("test1")))
                .isEqualTo("0x" + vectors.path("test1").path("priv").asString());
        // N = 2^18 with r = 1 is outside RFC 7914 (N < 2^(128 r / 8)); ORIGIN.md: a library may refuse it, and ours
        // does.
        assertThatThrownBy(() -> open(vectors.path("test2")))
                .isInstanceOf(KeystoreException.class)
                .hasMessageContaining("Web3 Secret Storage");
    }

    @Test
    void ethersWallets() throws IOException {
        int opened = 0;
        for (JsonNode vector : vectors("keystore-wallets-ethers.json")) {
            if (!vector.path("type").asString().equals("keystore")) {
                continue;
            }
            byte[] password =
                    HexFormat.of().parseHex(vector.path("password").asString().substring(2));
            byte[] content = vector.path("content").asString().getBytes(StandardCharsets.UTF_8);

            UnlockedKey key = KeystoreCipher.decrypt(vector.path("name").asString(), content, Secret.ofBytes(password));

            assertThat(key.address())
                    .isEqualTo(EvmAddress.of(vector.path("address").asString()));
            opened++;
        }
        assertThat(opened).isEqualTo(7);
    }

    private static String open(JsonNode vector) {
        byte[] content = vector.path("json").toString().getBytes(StandardCharsets.UTF_8);
        Secret password = Secret.ofText(vector.path("password").asString());
        return KeystoreCipher.decrypt("vector", content, password)
                .privateKey()
                .use(bytes -> Hex.of(bytes).text());
    }

    private static JsonNode vectors(String name) throws IOException {
        Path file = Path.of(System.getProperty("quoin.home", ".."))
                .resolve("../shared/vectors/ethereum")
                .resolve(name);
        Assumptions.assumeTrue(Files.isReadable(file), "skipped, no vectors");
        return JSON.readTree(Files.readAllBytes(file));
    }
}
