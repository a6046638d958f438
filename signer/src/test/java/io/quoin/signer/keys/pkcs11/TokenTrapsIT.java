package io.quoin.signer.keys.pkcs11;

import static io.quoin.signer.keys.pkcs11.KeyAttribute.flag;
import static io.quoin.signer.keys.pkcs11.KeyAttribute.number;
import static io.quoin.signer.keys.pkcs11.KeyAttribute.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.signer.TestDigests;
import io.quoin.signer.keys.CheckedDigest;
import io.quoin.signer.keys.Curve;
import io.quoin.signer.keys.EcdsaSignature;
import io.quoin.signer.keys.KeyException;
import io.quoin.signer.keys.SigningKey;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The five traps that a token sets: each is shown to be there, and not to be fallen into. */
class TokenTrapsIT {
    private static final long CERTIFICATE = 1;
    private static final long VALUE = 0x11;
    private static final byte[] P256 = HexFormat.of().parseHex("06082a8648ce3d030107");
    private static final byte[] SECP256K1 = HexFormat.of().parseHex("06052b8104000a");

    private final Random random = new Random(20481024);
    private final SoftHsm softHsm = SoftHsm.orSkip();
    private final CryptokiLibrary module = CryptokiLibrary.load(softHsm.module());
    private final TokenLocation where = softHsm.newKey();
    private final long slot = TokenLogin.slot(module, where.tokenLabel());
    private final long session = login();

    @AfterEach
    void closeSession() {
        module.closeSession(session);
    }

    @Test
    @DisplayName("trap 1: half of a token's signatures have a high s")
    void highS() {
        long key = TokenKeys.find(module, session, where).privateKey();
        int high = 0;
        for (int i = 0; i < 64; i++) {
            byte[] digest = TestDigests.drawn(random).bytes();
            high += EcdsaSignature.of(module.sign(session, key, digest)).isHighS() ? 1 : 0;
        }
        assertThat(high).isBetween(8, 56);

        try (SigningKey ours = open(where)) {
            for (int i = 0; i < 64; i++) {
                assertThat(EcdsaSignature.of(
                                        ours.sign(TestDigests.drawn(random)).bytes())
                                .isHighS())
                        .isFalse();
            }
        }
    }

    @Test
    @DisplayName("trap 2: a token signs inputs of any length")
    void anyLength() {
        long key = TokenKeys.find(module, session, where).privateKey();
        for (int length : List.of(0, 16, 31, 33, 64)) {
            byte[] input = new byte[length];
            assertThat(module.signAnything(session, key, input))
                    .as("%s bytes", length)
                    .hasSize(EcdsaSignature.LENGTH);
            assertThatIllegalArgumentException().isThrownBy(() -> module.sign(session, key, input));
            assertThatIllegalArgumentException().isThrownBy(() -> TestDigests.of(input));
        }
    }

    @Test
    @DisplayName("trap 3: a Java key store would hide a key that has no certificate")
    void noCertificate() {
        assertThat(module.find(session, List.of(number(KeyAttribute.CLASS, CERTIFICATE))))
                .isEmpty();

        try (SigningKey ours = open(where)) {
            assertThat(ours.publicKey())
                    .isEqualTo(TokenKeys.find(module, session, where).publicKey());
        }
    }

    @Test
    @DisplayName("trap 4: a token makes keys that can be read out of it")
    void readableKey() {
        TokenLocation made = make(SECP256K1, false, true);
        long readable = find(made.keyLabel());
        assertThat(module.attribute(session, readable, VALUE)).hasSize(32); // the private key itself

        assertThatThrownBy(() -> open(made))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(KeyException.Kind.UNSAFE_KEY))
                .hasMessageContaining("token: sensitive, ")
                .hasMessageContaining("not extractable");

        long ours = find(where.keyLabel());
        assertThatThrownBy(() -> module.attribute(session, ours, VALUE)).isInstanceOf(CryptokiException.class);
        assertThat(module.attribute(session, ours, KeyAttribute.SENSITIVE)).containsExactly(1);
        assertThat(module.attribute(session, ours, KeyAttribute.EXTRACTABLE)).containsExactly(0);
    }

    @Test
    void keyOfAnotherCurve_isRefused() {
        TokenLocation made = make(P256, true, false);

        assertThatThrownBy(() -> open(made))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(KeyException.Kind.UNSAFE_KEY))
                .hasMessageContaining("secp256k1");
    }

    @Test
    @DisplayName("trap 5: this Java knows the curve no more, so that signatures are checked by our own arithmetic")
    void javaWithoutTheCurve() throws Exception {
        KeyPairGenerator sunEc = KeyPairGenerator.getInstance("EC", "SunEC");
        assertThatThrownBy(() -> sunEc.initialize(new ECGenParameterSpec("secp256k1")))
                .isInstanceOf(InvalidAlgorithmParameterException.class);

        try (SigningKey ours = open(where)) {
            CheckedDigest digest = TestDigests.drawn(random);
            assertThat(Curve.pureJava().recover(digest.bytes(), ours.sign(digest)))
                    .isEqualTo(Optional.of(ours.publicKey()));
        }
    }

    private TokenLocation make(byte[] curve, boolean sensitive, boolean extractable) {
        TokenLocation made = softHsm.newLocation();
        long writable = module.openSession(slot, true);
        try {
            module.generate(
                    writable,
                    List.of(
                            KeyAttribute.bytes(KeyAttribute.EC_PARAMS, curve),
                            flag(KeyAttribute.TOKEN, true),
                            text(KeyAttribute.LABEL, made.keyLabel())),
                    List.of(
                            flag(KeyAttribute.TOKEN, true),
                            flag(KeyAttribute.SENSITIVE, sensitive),
                            flag(KeyAttribute.EXTRACTABLE, extractable),
                            flag(KeyAttribute.SIGN, true),
                            text(KeyAttribute.LABEL, made.keyLabel())));
            return made;
        } finally {
            module.closeSession(writable);
        }
    }

    private long find(String label) {
        List<Long> found = module.find(
                session,
                List.of(number(KeyAttribute.CLASS, KeyAttribute.PRIVATE_KEY), text(KeyAttribute.LABEL, label)));
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private long login() {
        long opened = module.openSession(slot, false);
        TokenLogin.login(module, slot, opened, SoftHsm.pin());
        return opened;
    }

    private static SigningKey open(TokenLocation location) {
        return TokenKey.open(location, SoftHsm.pin(), Curve.best(), InstantSource.system());
    }
}
