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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public vectors of the format. One of each key derivation stands here, so that every clone checks it; the files
 * with all of them lie outside of the project, and shared/vectors/ORIGIN.md there names their sources.
 */
class KeystoreVectorsTest {
    /** Opens with {@code testpassword}. */
    static final String PBKDF2 = """
            {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
            "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46","kdf":"pbkdf2",
            "kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
            "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
            "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},
            "id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}""";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    @DisplayName("pbkdf2: test1 of ethereum/tests KeyStoreTests/basic_tests.json")
    void pbkdf2() {
        UnlockedKey key = open("testpassword", PBKDF2);

        assertThat(hex(key)).isEqualTo("0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d");
        assertThat(key.address()).isEqualTo(EvmAddress.of("0x008aeeda4d805471df9b2a5b0f38a0c3bcba786b"));
    }

    /** The vector gives the address; the key was computed from the file by Python's hashlib.scrypt and OpenSSL. */
    @Test
    @DisplayName("scrypt: wallet_random1 of the testcases of ethers-io/ethers.js")
    void scrypt() {
        UnlockedKey key = open("password", """
                {"address":"012363d61bdc53d0290a0f25e9c89f8257550fb8","id":"5ba8719b-faf9-49ec-8bca-21522e3d56dc",
                "version":3,"Crypto":{"cipher":"aes-128-ctr",
                "cipherparams":{"iv":"bc0473d60284d2d6994bb6793e916d06"},
                "ciphertext":"e73ed0b0c53bcaea4516a15faba3f6d76dbe71b9b46a460ed7e04a68e0867dd7","kdf":"scrypt",
                "kdfparams":{"salt":"97f0b6e17c392f76a726ceea02bac98f17265f1aa5cf8f9ad1c2b56025bc4714","n":131072,
                "dklen":32,"p":1,"r":8},
                "mac":"ff4f2db7e7588f8dd41374d7b98dfd7746b554c0099a6c0765be7b1c7913e1f3"}}""");

        assertThat(hex(key)).isEqualTo("0x4c94faa2c558a998d10ee8b2b9b8eb1fbcb8a6ac5fd085c6f95535604fc1bffb");
        assertThat(key.address()).isEqualTo(EvmAddress.of("0x012363d61bdc53d0290a0f25e9c89f8257550fb8"));
    }

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
        return hex(open(vector.path("password").asString(), vector.path("json").toString()));
    }

    private static UnlockedKey open(String password, String content) {
        return KeystoreCipher.decrypt("vector", content.getBytes(StandardCharsets.UTF_8), Secret.ofText(password));
    }

    private static String hex(UnlockedKey key) {
        return key.privateKey().use(bytes -> Hex.of(bytes).text());
    }

    private static JsonNode vectors(String name) throws IOException {
        Path file = Path.of(System.getProperty("quoin.home", ".."))
                .resolve("../shared/vectors/ethereum")
                .resolve(name);
        Assumptions.assumeTrue(Files.isReadable(file), "skipped, no vectors");
        return JSON.readTree(Files.readAllBytes(file));
    }
}
