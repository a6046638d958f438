package io.quoin.signer.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.signer.TestDigests;
import io.quoin.signer.evm.Bytes32;
import java.lang.invoke.MethodHandles;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a key does with what its provider makes; the providers here are faulty on purpose. */
class SigningKeyTest {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final BigInteger SECRET = new BigInteger(1, SampleKeys.first());

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void repeatedNonce_overAnotherDigest_neverLeaves_andStopsTheKey() {
        try (SigningKey key = key(new StuckNonce())) {
            CheckedDigest first = TestDigests.drawn(random);
            RecoverableSignature signature = key.sign(first);
            assertThat(key.sign(first)).isEqualTo(signature); // the same digest gives nothing away

            assertFaulty(key, TestDigests.drawn(random), "repeated the nonce");

            assertThat(key.health()).isInstanceOf(KeyHealth.Stopped.class);
            assertFaulty(key, first, "repeated the nonce"); // whatever is asked from now on
        }
    }

    /** The alarm is worth having: two such signatures are enough to compute the key. */
    @Test
    void repeatedNonce_wouldGiveTheKeyAway() {
        StuckNonce provider = new StuckNonce();
        CheckedDigest first = TestDigests.drawn(random);
        CheckedDigest second = TestDigests.drawn(random);
        BigInteger order = CURVE.getN();
        BigInteger r = new BigInteger(1, provider.sign(first).bytes(), 0, 32);
        BigInteger s1 = new BigInteger(1, provider.sign(first).bytes(), 32, 32);
        BigInteger s2 = new BigInteger(1, provider.sign(second).bytes(), 32, 32);

        BigInteger nonce =
                number(first).subtract(number(second)).multiply(s1.subtract(s2).modInverse(order));
        BigInteger found = s1.multiply(nonce)
                .subtract(number(first))
                .multiply(r.modInverse(order))
                .mod(order);

        assertThat(found).isEqualTo(SECRET);
    }

    @Test
    void anotherKeysSignature_neverLeaves() {
        byte[] other = SampleKeys.first();
        other[31] ^= 1;
        Curve.HeldKey wrong = Curve.pureJava().hold(other);
        try (SigningKey key = key(new Bare(digest -> wrong.sign(digest).bytes()))) {
            assertFaulty(key, TestDigests.drawn(random), "not this key's");
        }
    }

    @Test
    void anyFlippedBitOfASignature_neverLeaves() {
        Curve.HeldKey right = Curve.pureJava().hold(SampleKeys.first());
        for (int bit = 0; bit < 512; bit++) {
            int flipped = bit;
            SigningKey key = key(new Bare(digest -> {
                byte[] rs = right.sign(digest).bytes();
                rs[flipped / 8] ^= (byte) (1 << flipped % 8);
                return rs;
            }));
            assertThatThrownBy(() -> key.sign(TestDigests.drawn(random)))
                    .as("bit %s, seed %s", bit, seed)
                    .isInstanceOfSatisfying(
                            KeyException.class, e -> assertThat(e.kind()).isEqualTo(KeyException.Kind.FAULTY));
        }
    }

    @Test
    void zeroOrTooLongSignature_neverLeaves() {
        for (int length : List.of(0, 63, 64, 65)) {
            try (SigningKey key = key(new Bare(_ -> new byte[length]))) {
                assertFaulty(key, TestDigests.drawn(random), "no signature at all");
            }
        }
    }

    @Test
    void highS_isNormalised_withOrWithoutAClaimedId() {
        Curve.HeldKey right = Curve.pureJava().hold(SampleKeys.first());
        BigInteger order = CURVE.getN();
        for (int i = 0; i < 50; i++) {
            CheckedDigest digest = TestDigests.drawn(random);
            EcdsaSignature low = right.sign(digest.bytes());
            byte[] high = low.bytes();
            BigInteger s = order.subtract(new BigInteger(1, high, 32, 32));
            BigIntegers.asUnsignedByteArray(s, high, 32, 32);
            assertThat(EcdsaSignature.of(high).isHighS()).isTrue();

            try (SigningKey key = key(new Bare(_ -> high))) {
                assertThat(key.sign(digest).bytes()).isEqualTo(low.bytes());
            }
        }
    }

    @Test
    void wrongClaimedId_neverLeaves() {
        Curve.HeldKey right = Curve.pureJava().hold(SampleKeys.first());
        CheckedDigest digest = TestDigests.drawn(random);
        int id;
        try (SigningKey key = MemoryKey.of(SampleKeys.first(), Curve.pureJava())) {
            id = key.sign(digest).recoveryId();
        }
        EcdsaSignature claimed = EcdsaSignature.of(right.sign(digest.bytes()).bytes(), id ^ 1);
        try (SigningKey key = key(new Claiming(claimed))) {
            assertFaulty(key, digest, "not this key's");
        }
    }

    @Test
    void faultySchnorrSignature_neverLeaves_andStopsTheKey() {
        Optional<Curve> library = Curve.ofLibrary();
        Assumptions.assumeTrue(library.isPresent(), "skipped, libsecp256k1 does not load here");
        byte[] other = SampleKeys.first();
        other[31] ^= 1;
        for (byte[] secret : List.of(SampleKeys.first(), other)) {
            boolean right = Arrays.equals(secret, SampleKeys.first());
            Curve.HeldKey held = library.orElseThrow().hold(secret);
            SigningKey key = new SigningKey(new Schnorr(held), library.orElseThrow());
            CheckedDigest digest = TestDigests.drawn(random);
            if (right) {
                assertThat(key.signSchnorr(digest).bytes()).hasSize(64);
            } else {
                assertThatThrownBy(() -> key.signSchnorr(digest))
                        .isInstanceOfSatisfying(
                                KeyException.class, e -> assertThat(e.kind()).isEqualTo(KeyException.Kind.FAULTY));
                assertThat(key.health()).isInstanceOf(KeyHealth.Stopped.class);
            }
        }
    }

    @Test
    void guard_remembersTheNewestAndForgetsTheOldest() {
        RepeatGuard guard = new RepeatGuard();
        List<byte[]> nonces = new ArrayList<>();
        for (int i = 0; i <= RepeatGuard.REMEMBERED; i++) {
            byte[] nonce = new byte[32];
            random.nextBytes(nonce);
            nonces.add(nonce);
            assertThat(guard.isRepeat(nonce, new byte[32])).isFalse();
        }
        byte[] other = new byte[32];
        other[5] = 1;
        assertThat(guard.isRepeat(nonces.get(1), other)).isTrue();
        assertThat(guard.isRepeat(nonces.getLast(), other)).isTrue();
        assertThat(guard.isRepeat(nonces.getLast(), new byte[32])).isFalse();
        assertThat(guard.isRepeat(nonces.getFirst(), other)).isFalse();
    }

    @Test
    void onlyThePipeline_makesDigests() {
        Bytes32 bare = Bytes32.parse("0x" + "11".repeat(32));
        assertThatThrownBy(() -> CheckedDigest.of(MethodHandles.lookup(), bare))
                .isInstanceOf(IllegalCallerException.class)
                .hasMessageContaining("may not sign");
        assertThatThrownBy(() -> CheckedDigest.of(MethodHandles.publicLookup(), bare))
                .isInstanceOf(IllegalCallerException.class);
        // A lookup into the pipeline without its full access is what anyone can have.
        assertThatThrownBy(() -> CheckedDigest.of(MethodHandles.lookup().in(TestDigests.class), bare))
                .isInstanceOf(IllegalCallerException.class);
    }

    @Test
    void publicKeys_haveOneForm() {
        byte[] odd = new byte[33];
        odd[0] = 4;
        assertThatIllegalArgumentException().isThrownBy(() -> CompressedPublicKey.of(odd));
        assertThatIllegalArgumentException().isThrownBy(() -> CompressedPublicKey.of(new byte[65]));
    }

    private static BigInteger number(CheckedDigest digest) {
        return new BigInteger(1, digest.bytes());
    }

    private static SigningKey key(KeyProvider provider) {
        return new SigningKey(provider, Curve.pureJava());
    }

    private static void assertFaulty(SigningKey key, CheckedDigest digest, String message) {
        assertThatThrownBy(() -> key.sign(digest))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(KeyException.Kind.FAULTY))
                .hasMessageContaining(message);
    }

    /** A provider whose source of nonces always gives the same one; each signature by itself is right. */
    private static final class StuckNonce extends Faulty {
        @Override
        public EcdsaSignature sign(CheckedDigest digest) {
            BigInteger order = CURVE.getN();
            BigInteger nonce = BigInteger.valueOf(424_242);
            BigInteger r = CURVE.getG()
                    .multiply(nonce)
                    .normalize()
                    .getAffineXCoord()
                    .toBigInteger()
                    .mod(order);
            BigInteger s = nonce.modInverse(order)
                    .multiply(number(digest).add(r.multiply(SECRET)))
                    .mod(order);
            byte[] rs = new byte[64];
            BigIntegers.asUnsignedByteArray(r, rs, 0, 32);
            BigIntegers.asUnsignedByteArray(s, rs, 32, 32);
            return EcdsaSignature.of(rs);
        }
    }

    /** A provider that answers with what a function makes of the digest. */
    private static final class Bare extends Faulty {
        private final UnaryOperator<byte[]> signing;

        Bare(UnaryOperator<byte[]> signing) {
            this.signing = signing;
        }

        @Override
        public EcdsaSignature sign(CheckedDigest digest) {
            return EcdsaSignature.of(signing.apply(digest.bytes()));
        }
    }

    /** A provider that answers with one signature. */
    private static final class Claiming extends Faulty {
        private final EcdsaSignature answer;

        Claiming(EcdsaSignature answer) {
            this.answer = answer;
        }

        @Override
        public EcdsaSignature sign(CheckedDigest digest) {
            return answer;
        }
    }

    /** A provider that signs by BIP-340 with a key that need not be its own. */
    private static final class Schnorr extends Faulty {
        private final Curve.HeldKey held;

        Schnorr(Curve.HeldKey held) {
            this.held = held;
        }

        @Override
        public Set<KeyCapability> capabilities() {
            return Set.of(KeyCapability.ECDSA, KeyCapability.SCHNORR);
        }

        @Override
        public EcdsaSignature sign(CheckedDigest digest) {
            return held.sign(digest.bytes());
        }

        @Override
        public SchnorrSignature signSchnorr(CheckedDigest digest) {
            return held.signSchnorr(digest.bytes(), new byte[32]);
        }
    }

    private abstract static class Faulty implements KeyProvider {
        @Override
        public CompressedPublicKey publicKey() {
            return Curve.pureJava().publicKey(SampleKeys.first());
        }

        @Override
        public Set<KeyCapability> capabilities() {
            return Set.of(KeyCapability.ECDSA);
        }

        @Override
        public KeyHealth health() {
            return new KeyHealth.Ready();
        }

        @Override
        public String describe() {
            return "faulty";
        }

        @Override
        public void close() {}
    }
}
