package io.quoin.signer.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quoin.signer.TestDigests;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two arithmetics of secp256k1 beside each other. */
class CurveTest {
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    static Stream<Curve> curves() {
        return Stream.concat(Stream.of(Curve.pureJava()), Curve.ofLibrary().stream());
    }

    @Test
    void bothArithmetics_giveTheSameBytes() {
        System.out.println("seed of CurveTest: " + seed);
        Curve java = Curve.pureJava();
        Curve library = library();
        for (int i = 0; i < 500; i++) {
            byte[] secret = privateKey();
            CheckedDigest digest = TestDigests.drawn(random);

            try (SigningKey slow = MemoryKey.of(secret, java);
                    SigningKey fast = MemoryKey.of(secret, library)) {
                assertThat(fast.publicKey()).isEqualTo(slow.publicKey());
                assertThat(fast.address()).isEqualTo(slow.address());
                assertThat(fast.sign(digest)).isEqualTo(slow.sign(digest));
            }
        }
    }

    @Test
    void bothArithmetics_recoverTheSame_fromWhatIsMostlyNoSignature() {
        Curve java = Curve.pureJava();
        Curve library = library();
        int none = 0;
        for (int i = 0; i < 500; i++) {
            byte[] rs = new byte[EcdsaSignature.LENGTH];
            random.nextBytes(rs);
            if (i % 7 == 0) { // so small that r + n is below the field's prime too
                Arrays.fill(rs, 0, 17, (byte) 0);
            }
            RecoverableSignature drawn =
                    new RecoverableSignature(EcdsaSignature.of(rs).lowS(), random.nextInt(4));
            byte[] digest = TestDigests.drawn(random).bytes();

            Optional<CompressedPublicKey> recovered = library.recover(digest, drawn);

            assertThat(recovered).as("seed %s", seed).isEqualTo(java.recover(digest, drawn));
            none += recovered.isEmpty() ? 1 : 0;
        }
        assertThat(none).isBetween(100, 499);
    }

    /** The example of EIP-155's key, and the first account of the development mnemonic of Hardhat. */
    @ParameterizedTest
    @MethodSource("curves")
    void knownKeys_haveTheirAccounts(Curve curve) {
        assertThat(curve.address(curve.publicKey(HexFormat.of().parseHex("46".repeat(32))))
                        .hex())
                .isEqualTo("0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f");
        byte[] first = HexFormat.of().parseHex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
        assertThat(curve.address(curve.publicKey(first)).hex()).isEqualTo("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
    }

    @ParameterizedTest
    @MethodSource("curves")
    void keysOutOfRange_areRefused(Curve curve) {
        List<byte[]> wrong = List.of(
                new byte[32],
                BigIntegers.asUnsignedByteArray(32, ORDER),
                BigIntegers.asUnsignedByteArray(32, ORDER.add(BigInteger.ONE)),
                new byte[31],
                new byte[33],
                new byte[0]);
        for (byte[] key : wrong) {
            assertThatIllegalArgumentException().isThrownBy(() -> curve.publicKey(key));
            assertThatIllegalArgumentException().isThrownBy(() -> MemoryKey.of(key, curve));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.hold(key));
        }
        byte[] last = BigIntegers.asUnsignedByteArray(32, ORDER.subtract(BigInteger.ONE));
        try (SigningKey key = MemoryKey.of(last, curve)) {
            assertThat(key.sign(TestDigests.drawn(random)).recoveryId()).isBetween(0, 1);
        }
    }

    @ParameterizedTest
    @MethodSource("curves")
    void pointsOffTheCurve_areRefused(Curve curve) {
        byte[] off = new byte[33];
        off[0] = 2;
        off[32] = 5; // x = 5 has no y on secp256k1
        assertThatIllegalArgumentException().isThrownBy(() -> curve.address(CompressedPublicKey.of(off)));
    }

    @Test
    void chosenArithmetic_isTheLibraryWhereItLoads() {
        assertThat(Curve.best().describe()).isEqualTo(library().describe());
    }

    private static Curve library() {
        Optional<Curve> library = Curve.ofLibrary();
        Assumptions.assumeTrue(library.isPresent(), "skipped, libsecp256k1 does not load here");
        return library.orElseThrow();
    }

    private byte[] privateKey() {
        byte[] drawn = new byte[32];
        random.nextBytes(drawn);
        drawn[0] = 1;
        return drawn;
    }
}
