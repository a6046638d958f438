package io.quoin.signer.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.acinq.secp256k1.Secp256k1;
import io.quoin.signer.TestDigests;
import io.quoin.signer.evm.Bytes32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every provider of keys must do; each has a class that extends this and tests what is its own besides. */
public abstract class KeyProviderContract {
    private static final BigInteger HALF_ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16).shiftRight(1);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private SigningKey key;

    /** A key of the provider under test, ready to sign; the same key each time. */
    protected abstract SigningKey open();

    /** Whether the same digest gives the same signature (RFC 6979). */
    protected abstract boolean isDeterministic();

    /** How many signatures the slower tests make. */
    protected int signatures() {
        return 300;
    }

    /** Over how many signatures nonces are looked at. */
    protected int nonces() {
        return 1_000;
    }

    @BeforeEach
    void openKey() {
        System.out.println("seed of " + getClass().getSimpleName() + ": " + seed);
        key = open();
    }

    @AfterEach
    void closeKey() {
        key.close();
    }

    @Test
    void signatures_areLowAndRecoverTheKey_byBothArithmetics() {
        for (int i = 0; i < signatures(); i++) {
            CheckedDigest digest = TestDigests.drawn(random);

            RecoverableSignature signature = key.sign(digest);

            assertThat(new BigInteger(1, signature.s().bytes())).isLessThanOrEqualTo(HALF_ORDER);
            assertThat(Curve.pureJava().recover(digest.bytes(), signature)).isEqualTo(Optional.of(key.publicKey()));
            assertThat(Curve.best().recover(digest.bytes(), signature)).isEqualTo(Optional.of(key.publicKey()));
        }
    }

    @Test
    void signatures_neverRepeatANonce() {
        Set<Bytes32> seen = new HashSet<>();
        for (int i = 0; i < nonces(); i++) {
            assertThat(seen.add(key.sign(TestDigests.drawn(random)).r())).isTrue();
        }
    }

    @Test
    void sameDigest_maySignAgain() {
        CheckedDigest digest = TestDigests.drawn(random);

        RecoverableSignature first = key.sign(digest);
        RecoverableSignature second = key.sign(digest);

        assertThat(second.equals(first)).isEqualTo(isDeterministic());
    }

    @Test
    void edgeDigests_areSigned() {
        byte[] ones = new byte[CheckedDigest.LENGTH];
        Arrays.fill(ones, (byte) 0xff);
        for (byte[] edge : List.of(new byte[CheckedDigest.LENGTH], ones)) {
            RecoverableSignature signature = key.sign(TestDigests.of(edge));

            assertThat(Curve.pureJava().recover(edge, signature)).isEqualTo(Optional.of(key.publicKey()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33, 64})
    @DisplayName("trap 2: tokens sign inputs of any length")
    void otherLengthThan32_cannotEvenBeAsked(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestDigests.of(new byte[length]))
                .withMessageContaining("32 bytes");
    }

    @Test
    void account_isThatOfThePublicKey() {
        assertThat(key.address()).isEqualTo(Curve.pureJava().address(key.publicKey()));
        try (SigningKey again = open()) {
            assertThat(again.publicKey()).isEqualTo(key.publicKey());
        }
    }

    @Test
    void capabilities_haveEcdsa_andHealthIsReady() {
        assertThat(key.capabilities()).contains(KeyCapability.ECDSA);
        assertThat(key.health()).isEqualTo(new KeyHealth.Ready());
    }

    @Test
    @DisplayName("R10 a key signs by BIP-340 exactly where it says so")
    void schnorr_whereTheKeyHasIt() {
        CheckedDigest digest = TestDigests.drawn(random);
        if (!key.capabilities().contains(KeyCapability.SCHNORR)) {
            assertThatThrownBy(() -> key.signSchnorr(digest))
                    .isInstanceOfSatisfying(
                            KeyException.class, e -> assertThat(e.kind()).isEqualTo(KeyException.Kind.UNSUPPORTED));
            assertThat(key.health()).isEqualTo(new KeyHealth.Ready());
            return;
        }
        byte[] xOnly = Arrays.copyOfRange(key.publicKey().bytes(), 1, CompressedPublicKey.LENGTH);
        SchnorrSignature signature = key.signSchnorr(digest);

        // Checked by another binding of the library than ours.
        assertThat(Secp256k1.get().verifySchnorr(signature.bytes(), digest.bytes(), xOnly))
                .isTrue();
        assertThat(key.signSchnorr(digest)).isEqualTo(signature);
        assertThat(key.sign(digest).r().bytes()).isNotEqualTo(Arrays.copyOf(signature.bytes(), 32));
    }

    @Test
    void manyThreads_signAtOnce() throws Exception {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            CheckedDigest digest = TestDigests.drawn(random);
            tasks.add(
                    () -> Curve.best().recover(digest.bytes(), key.sign(digest)).equals(Optional.of(key.publicKey())));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    @Test
    void closed_signsNoMore_andSaysSo() {
        key.close();
        key.close();

        assertThat(key.health()).isInstanceOf(KeyHealth.Stopped.class);
        assertThatThrownBy(() -> key.sign(TestDigests.drawn(random)))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(KeyException.Kind.CLOSED));
    }

    @Test
    void text_namesTheAccountAndNothingSecret() {
        assertThat(key.toString()).contains(key.address().hex()).doesNotContainIgnoringCase(secretInHex());
    }

    /** The private key in hexadecimal, where the test knows it; else something that never occurs. */
    protected String secretInHex() {
        return "(unknown, it never leaves its token)";
    }
}
