package io.quoin.signer.keys.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.signer.TestDigests;
import io.quoin.signer.keys.Curve;
import io.quoin.signer.keys.KeyCapability;
import io.quoin.signer.keys.KeyException;
import io.quoin.signer.keys.KeyException.Kind;
import io.quoin.signer.keys.KeyHealth;
import io.quoin.signer.keys.SigningKey;
import io.quoin.signer.keystore.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong with a token, at a real SoftHSM2. */
class TokenKeyIT {
    private static final long FINAL_TRY = 1L << 17;
    private static final long LOCKED = 1L << 18;
    private static final String WRONG_PIN = "99999999";

    private final Random random = new Random(20481024);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;
    private final SoftHsm softHsm;
    private final TokenLocation where;
    private final WatchedModule module;

    TokenKeyIT() {
        softHsm = SoftHsm.orSkip();
        where = softHsm.newKey();
        module = new WatchedModule(CryptokiLibrary.load(softHsm.module()));
    }

    @BeforeEach
    void nothingOpenYet() {
        assertThat(module.logins()).isZero();
    }

    @Test
    void lostSessions_areOpenedAgain_withOneLoginMore() {
        try (SigningKey key = open()) {
            sign(key);
            module.loseSessions();

            sign(key);
            sign(key);

            assertThat(module.logins()).isEqualTo(2);
            assertThat(key.health()).isEqualTo(new KeyHealth.Ready());
        }
    }

    @Test
    void wrongPin_isRefused_afterOneTry() {
        assertThatThrownBy(() -> TokenKey.open(module, where, Secret.ofText(WRONG_PIN), Curve.best(), clock))
                .satisfies(e -> assertKind(e, Kind.LOGIN_REFUSED))
                .hasMessageContaining("refused the PIN")
                .hasMessageContaining("CKR_PIN_INCORRECT")
                .hasMessageNotContaining(WRONG_PIN);
        assertThat(module.logins()).isEqualTo(1);

        try (SigningKey key = open()) { // and the right one still opens the token
            sign(key);
        }
    }

    /** A PIN changed while the node runs: the token must not be locked by a node that tries and tries. */
    @Test
    void refusedPin_isNeverTriedAgain() {
        try (SigningKey key = open()) {
            sign(key);
            module.usePin(WRONG_PIN);
            module.loseSessions();
            int before = module.logins();

            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> sign(key)).satisfies(e -> assertKind(e, Kind.LOGIN_REFUSED));
                now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(1)));
            }

            assertThat(module.logins()).isEqualTo(before + 1);
            assertThat(key.health()).isInstanceOf(KeyHealth.Stopped.class);
        }
    }

    @Test
    void lastTry_isNotSpent() {
        module.setFlag(FINAL_TRY);
        assertThatThrownBy(this::open)
                .satisfies(e -> assertKind(e, Kind.LOGIN_REFUSED))
                .hasMessageContaining("would lock");
        module.setFlag(LOCKED);
        assertThatThrownBy(this::open)
                .satisfies(e -> assertKind(e, Kind.LOGIN_REFUSED))
                .hasMessageContaining("is locked");
        assertThat(module.logins()).isZero();
    }

    @Test
    void removedToken_isAway_isLeftAlone_andComesBack() {
        try (SigningKey key = open()) {
            sign(key);
            Runnable plugIn = softHsm.unplug();
            try {
                assertThat(key.health()).isInstanceOf(KeyHealth.Away.class);
                assertThatThrownBy(() -> sign(key)).satisfies(e -> assertKind(e, Kind.AWAY));
                assertThat(key.health()).isInstanceOf(KeyHealth.Away.class);
                int before = module.searches();
                for (int i = 0; i < 100; i++) { // the clock stands still
                    assertThatThrownBy(() -> sign(key)).satisfies(e -> assertKind(e, Kind.AWAY));
                }
                assertThat(module.searches()).isEqualTo(before);
            } finally {
                plugIn.run();
            }

            assertThatThrownBy(() -> sign(key)).satisfies(e -> assertKind(e, Kind.AWAY));
            now.updateAndGet(instant -> instant.plus(TokenKey.RECONNECT_AFTER));
            sign(key);
            assertThat(key.health()).isEqualTo(new KeyHealth.Ready());
        }
    }

    @Test
    void unknownLabels_andModules_areNamed() {
        assertThatThrownBy(() -> open(softHsm.key("no such token", "gas")))
                .satisfies(e -> assertKind(e, Kind.AWAY))
                .hasMessageContaining("no such token");
        assertThatThrownBy(() -> open(softHsm.key(where.tokenLabel(), "no such key")))
                .satisfies(e -> assertKind(e, Kind.NO_SUCH_KEY))
                .hasMessageContaining("no such key");
        TokenLocation nowhere = new TokenLocation(Path.of("no-such-module.so"), "token", "key");
        assertThatThrownBy(() -> TokenKey.open(nowhere, SoftHsm.pin(), Curve.best(), clock))
                .satisfies(e -> assertKind(e, Kind.AWAY))
                .hasMessageContaining("no-such-module.so");
        TokenLocation noModule = new TokenLocation(
                softHsm.module().resolveSibling("..").resolve("../bin/softhsm2-util"), "token", "key");
        assertThatThrownBy(() -> TokenKey.open(noModule, SoftHsm.pin(), Curve.best(), clock))
                .isInstanceOf(KeyException.class);
    }

    @Test
    void label_isNeverUsedTwice() {
        assertThatThrownBy(() -> TokenKey.generate(where, SoftHsm.pin()))
                .satisfies(e -> assertKind(e, Kind.UNSAFE_KEY))
                .hasMessageContaining("already");
    }

    @Test
    void twoKeysOfOneToken_shareItsLogin() {
        TokenLocation second = softHsm.newKey();
        try (SigningKey gas = open()) {
            try (SigningKey cosigner = open(second)) {
                assertThat(cosigner.address()).isNotEqualTo(gas.address());
                sign(cosigner);
            }
            sign(gas);
        }
    }

    @Test
    void tokens_haveNoSchnorr() {
        try (SigningKey key = open()) {
            assertThat(key.capabilities()).containsExactly(KeyCapability.ECDSA);
        }
    }

    private SigningKey open() {
        return open(where);
    }

    private SigningKey open(TokenLocation location) {
        return TokenKey.open(module, location, SoftHsm.pin(), Curve.best(), clock);
    }

    private void sign(SigningKey key) {
        assertThat(key.sign(TestDigests.drawn(random)).recoveryId()).isBetween(0, 1);
    }

    private static void assertKind(Throwable thrown, Kind kind) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
