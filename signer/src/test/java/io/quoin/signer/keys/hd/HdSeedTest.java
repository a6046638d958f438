package io.quoin.signer.keys.hd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.acinq.bitcoin.DeterministicWallet;
import io.quoin.signer.keystore.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Seeds and paths beside what others derive. */
class HdSeedTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Secret NONE = Secret.ofText("");
    private static final String TEST_WORDS = "test test test test test test test test test test test junk";

    /** The development accounts of Hardhat and anvil. */
    @Test
    void knownWords_giveTheirAccounts() {
        try (HdSeed seed = HdSeed.ofWords(Secret.ofText(" " + TEST_WORDS.replace(" ", "  ") + "\n"), NONE)) {
            assertThat(seed.key(DerivationPath.evm(0, 0)).address().hex())
                    .isEqualTo("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
            assertThat(seed.key(DerivationPath.parse("m/44'/60'/0'/0/1"))
                            .address()
                            .hex())
                    .isEqualTo("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
            assertThat(seed.toString()).isEqualTo("HdSeed[***]");
        }
    }

    @Test
    void wrongWords_areRefused_andNotRepeated() {
        for (String words :
                List.of(TEST_WORDS.replace("junk", "test"), TEST_WORDS.replace("junk", "junky"), "test", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HdSeed.ofWords(Secret.ofText(words), NONE))
                    .withMessageNotContaining("test")
                    .withMessageNotContaining("junk")
                    .withNoCause();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> HdSeed.words(Secret.ofBytes(new byte[15])));
    }

    @Test
    void closedSeed_derivesNothing() {
        HdSeed seed = HdSeed.ofWords(Secret.ofText(TEST_WORDS), NONE);
        seed.close();
        assertThatThrownBy(() -> seed.key(DerivationPath.evm(0, 0))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void paths_haveOneText_andBounds() {
        assertThat(DerivationPath.evm(2, 3)).hasToString("m/44'/60'/2'/0/3");
        assertThat(DerivationPath.bitcoinSegwit(true, 0, 7)).hasToString("m/84'/0'/0'/0/7");
        assertThat(DerivationPath.bitcoinSegwit(false, 0, 7)).hasToString("m/84'/1'/0'/0/7");
        assertThat(DerivationPath.parse("m/44h/60H/2'/0/3")).isEqualTo(DerivationPath.evm(2, 3));
        assertThat(DerivationPath.parse("m")).isEqualTo(new DerivationPath(List.of()));
        for (String wrong : List.of("", "44'/60'", "m/", "m/-1", "m/x", "m/2147483648", "m/0''", "m/9999999999")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> DerivationPath.parse(wrong));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> DerivationPath.evm(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> DerivationPath.evm(0, -1));
    }

    @Test
    void bip39_trezorVectors() throws IOException {
        int checked = 0;
        for (JsonNode vector : vectors("bip39-vectors-trezor.json").path("english")) {
            Secret entropy = Secret.ofBytes(hex(vector.path(0)));
            Secret words = HdSeed.words(entropy);

            assertThat(text(words)).isEqualTo(vector.path(1).asString());
            for (HdSeed seed : List.of(
                    HdSeed.ofEntropy(entropy, Secret.ofText("TREZOR")),
                    HdSeed.ofWords(words, Secret.ofText("TREZOR")))) {
                assertThat(root(seed)).isEqualTo(vector.path(3).asString());
            }
            checked++;
        }
        assertThat(checked).isGreaterThanOrEqualTo(24);
    }

    @Test
    void bip32_vectors() throws IOException {
        // The extracted file has no seeds; these are the ones of the BIP's text, in its order.
        List<String> seeds = List.of(
                "000102030405060708090a0b0c0d0e0f",
                "fffcf9f6f3f0edeae7e4e1dedbd8d5d2cfccc9c6c3c0bdbab7b4b1aeaba8a5a29f9c999693908d8a8784817e7b7875726f6c69"
                        + "6663605d5a5754514e4b484542",
                "4b381541583be4423346c643850da4b320e46a87ae3d2a4e6da11eba819cd4acba45d239319ac14f863b8d5ab5a0d0c64d2e8a"
                        + "1e7d1457df2e5a3c51c73235be",
                "3ddd5602285899a946114506157c7997e5444528f3003f6134712147db19b678");
        JsonNode vectors = vectors("bip32-extracted.json").path("vectors");
        int checked = 0;
        for (int i = 0; i < seeds.size(); i++) {
            try (HdSeed seed = HdSeed.ofBytes(HexFormat.of().parseHex(seeds.get(i)))) {
                for (JsonNode chain : vectors.path(i).path("chains")) {
                    DerivationPath path =
                            DerivationPath.parse(chain.path("path").asString());

                    assertThat(DeterministicWallet.encode(seed.derive(path), DeterministicWallet.xprv))
                            .as("vector %s, %s", i + 1, path)
                            .isEqualTo(chain.path("prv").asString());
                    checked++;
                }
            }
        }
        assertThat(checked).isEqualTo(17);
    }

    /** All languages: only the seed counts, since the words of others are no concern of ours. */
    @Test
    void ethersNodes() throws IOException {
        int checked = 0;
        for (JsonNode vector : vectors("mnemonics-hd-ethers-first60.json")) {
            try (HdSeed seed = HdSeed.ofBytes(hex(vector.path("seed")))) {
                for (JsonNode node : vector.path("nodes")) {
                    String key = seed.key(DerivationPath.parse(node.path("path").asString()))
                            .privateKey()
                            .use(bytes -> "0x" + HexFormat.of().formatHex(bytes));
                    assertThat(key).isEqualTo(node.path("privateKey").asString());
                    checked++;
                }
            }
            if (vector.path("locale").asString().equals("en")) {
                Secret entropy = Secret.ofBytes(hex(vector.path("entropy")));
                Secret passphrase = Secret.ofBytes(hex(vector.path("password")));
                try (HdSeed seed = HdSeed.ofEntropy(entropy, passphrase)) {
                    assertThat(root(seed))
                            .isEqualTo(
                                    vector.path("nodes").path(0).path("xpriv").asString());
                }
            }
        }
        assertThat(checked).isGreaterThan(200);
    }

    private static String root(HdSeed seed) {
        return DeterministicWallet.encode(seed.derive(DerivationPath.parse("m")), DeterministicWallet.xprv);
    }

    private static String text(Secret secret) {
        return secret.use(bytes -> new String(bytes, UTF_8));
    }

    private static byte[] hex(JsonNode node) {
        String text = node.asString();
        return HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text);
    }

    private static JsonNode vectors(String name) throws IOException {
        Path file = Path.of(System.getProperty("quoin.home", ".."))
                .resolve("../shared/vectors/hd")
                .resolve(name);
        Assumptions.assumeTrue(Files.isReadable(file), "skipped, no vectors");
        return JSON.readTree(Files.readAllBytes(file));
    }
}
