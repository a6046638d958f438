package io.quoin.signer.keys.pkcs11;

import io.quoin.signer.keys.CheckedDigest;
import io.quoin.signer.keys.CompressedPublicKey;
import io.quoin.signer.keys.Curve;
import io.quoin.signer.keys.EcdsaSignature;
import io.quoin.signer.keys.KeyCapability;
import io.quoin.signer.keys.KeyException;
import io.quoin.signer.keys.KeyException.Kind;
import io.quoin.signer.keys.KeyHealth;
import io.quoin.signer.keys.KeyProvider;
import io.quoin.signer.keys.SigningKey;
import io.quoin.signer.keys.pkcs11.TokenConnection.Connected;
import io.quoin.signer.keys.pkcs11.TokenConnection.Ended;
import io.quoin.signer.keys.pkcs11.TokenConnection.Lost;
import io.quoin.signer.keystore.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key in a token. A lost session is opened again at once, with a new login, and the signature tried once more; if
 * that fails too the key is away, and no connection is tried for {@link #RECONNECT_AFTER}. A refused PIN ends the key:
 * the PIN is never tried twice. Calls wait for the token, so that they belong on virtual threads. Thread-safe.
 */
public final class TokenKey implements KeyProvider {
    /** How long a token that could not be reached is left alone. */
    public static final Duration RECONNECT_AFTER = Duration.ofSeconds(5);

    /** Sessions open at once; further signatures wait. */
    static final int SESSIONS_MAX = 4;

    private static final Logger LOG = LoggerFactory.getLogger(TokenKey.class);
    private static final Duration SESSION_WAIT_MAX = Duration.ofSeconds(10);

    private final Cryptoki module;
    private final TokenLocation where;
    private final Secret pin;
    private final InstantSource time;
    private final CompressedPublicKey publicKey;
    private final Semaphore free = new Semaphore(SESSIONS_MAX);
    private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
    private volatile TokenConnection connection;
    private long connections;

    /** One session of a connection. */
    private record Session(long connection, long handle) {}

    private TokenKey(Cryptoki module, TokenLocation where, Secret pin, InstantSource time) {
        this.module = module;
        this.where = where;
        this.pin = pin.use(Secret::ofBytes);
        this.time = time;
        Opened opened = connect();
        this.publicKey = opened.publicKey();
        this.connection = opened.connection();
    }

    /**
     * Opens a key that was made in the token.
     *
     * @param pin the user's PIN; copied, and kept to log in again
     * @throws KeyException of kind {@code AWAY}, {@code LOGIN_REFUSED}, {@code NO_SUCH_KEY}, or {@code UNSAFE_KEY} if
     *     the key could ever have been read out of the token
     */
    public static SigningKey open(TokenLocation where, Secret pin, Curve curve, InstantSource time) {
        return open(CryptokiLibrary.load(where.module()), where, pin, curve, time);
    }

    static SigningKey open(Cryptoki module, TokenLocation where, Secret pin, Curve curve, InstantSource time) {
        return new SigningKey(new TokenKey(module, where, pin, time), curve);
    }

    /**
     * Makes a key in the token: sensitive, never to be extracted. Throws {@link KeyException} of kind {@code
     * UNSAFE_KEY} if one of that label is there already, {@code AWAY} or {@code LOGIN_REFUSED} as {@link #open} does.
     */
    public static void generate(TokenLocation where, Secret pin) {
        Cryptoki module = CryptokiLibrary.load(where.module());
        try {
            long slot = TokenLogin.slot(module, where.tokenLabel());
            long session = module.openSession(slot, true);
            try {
                TokenLogin.login(module, slot, session, pin);
                TokenKeys.generate(module, session, where);
            } finally {
                module.closeSession(session);
            }
        } catch (CryptokiException failed) {
            throw away(where, failed);
        }
    }

    @Override
    public CompressedPublicKey publicKey() {
        return publicKey;
    }

    /** ECDSA alone: PKCS#11 has no mechanism for BIP-340, so that such a key is never offered for Taproot. */
    @Override
    public Set<KeyCapability> capabilities() {
        return Set.of(KeyCapability.ECDSA);
    }

    @Override
    public KeyHealth health() {
        return switch (connection) {
            case Connected connected -> present(connected);
            case Lost lost -> new KeyHealth.Away(lost.reason());
            case Ended ended -> new KeyHealth.Stopped(ended.reason());
        };
    }

    @Override
    public EcdsaSignature sign(CheckedDigest digest) {
        acquire();
        try {
            Connected connected = connected();
            try {
                return signed(connected, digest);
            } catch (CryptokiException lost) {
                LOG.warn("{} lost its session: {}", where, lost.getMessage());
                return again(reconnected(connected), digest);
            }
        } finally {
            free.release();
        }
    }

    @Override
    public String describe() {
        return where + " by PKCS#11";
    }

    @Override
    public synchronized void close() {
        connection = new Ended(Kind.CLOSED, "the key was closed; open it again to sign");
        closeIdle();
        pin.destroy();
    }

    private EcdsaSignature again(Connected connected, CheckedDigest digest) {
        try {
            return signed(connected, digest);
        } catch (CryptokiException failed) {
            throw lost(connected, failed);
        }
    }

    private EcdsaSignature signed(Connected connected, CheckedDigest digest) {
        Session session = session(connected);
        byte[] made;
        try {
            made = module.sign(session.handle(), connected.privateKey(), digest.bytes());
        } catch (CryptokiException failed) {
            if (!failed.isSessionGone()) { // its handle may be another session's by now
                closeQuietly(session);
            }
            throw failed;
        }
        giveBack(session);
        return EcdsaSignature.of(made);
    }

    private Session session(Connected connected) {
        for (Session session = idle.poll(); session != null; session = idle.poll()) {
            if (session.connection() == connected.number()) {
                return session;
            }
            closeQuietly(session);
        }
        return new Session(connected.number(), module.openSession(connected.slot(), false));
    }

    /** Keeps a session for the next signature; one whose call failed is not kept, since nobody knows its state. */
    private synchronized void giveBack(Session session) {
        if (connection instanceof Connected now && now.number() == session.connection()) {
            idle.push(session);
        } else {
            closeQuietly(session);
        }
    }

    private synchronized Connected connected() {
        return switch (connection) {
            case Connected connected -> connected;
            case Lost lost -> {
                if (time.instant().isBefore(lost.retryAt())) {
                    throw new KeyException(Kind.AWAY, lost.reason());
                }
                yield connectAgain();
            }
            case Ended ended -> throw new KeyException(ended.kind(), ended.reason());
        };
    }

    /** The connection after that one: another thread may have made it already. */
    private synchronized Connected reconnected(Connected before) {
        return connection instanceof Connected now && now.number() == before.number() ? connectAgain() : connected();
    }

    private Connected connectAgain() {
        closeIdle();
        try {
            Opened opened = connect();
            if (!opened.publicKey().equals(publicKey)) {
                throw new KeyException(Kind.UNSAFE_KEY, where + " is another key than before");
            }
            connection = opened.connection();
            LOG.info("{} is connected again", where);
            return opened.connection();
        } catch (KeyException failed) {
            boolean passing = failed.kind() == Kind.AWAY || failed.kind() == Kind.NO_SUCH_KEY;
            connection = passing
                    ? new Lost(String.valueOf(failed.getMessage()), retryAt())
                    : new Ended(failed.kind(), String.valueOf(failed.getMessage()));
            throw passing ? new KeyException(Kind.AWAY, String.valueOf(failed.getMessage()), failed) : failed;
        }
    }

    private synchronized KeyException lost(Connected connected, CryptokiException failed) {
        KeyException away = away(where, failed);
        if (connection instanceof Connected now && now.number() == connected.number()) {
            connection = new Lost(String.valueOf(away.getMessage()), retryAt());
            closeIdle();
        }
        return away;
    }

    private Instant retryAt() {
        return time.instant().plus(RECONNECT_AFTER);
    }

    private record Opened(Connected connection, CompressedPublicKey publicKey) {}

    private synchronized Opened connect() {
        long number = ++connections;
        try {
            long slot = TokenLogin.slot(module, where.tokenLabel());
            Session session = new Session(number, module.openSession(slot, false));
            try {
                TokenLogin.login(module, slot, session.handle(), pin);
                TokenKeys.Pair pair = TokenKeys.find(module, session.handle(), where);
                idle.push(session);
                return new Opened(new Connected(number, slot, pair.privateKey()), pair.publicKey());
            } catch (KeyException | CryptokiException failed) {
                closeQuietly(session);
                throw failed;
            }
        } catch (CryptokiException failed) {
            throw away(where, failed);
        }
    }

    private KeyHealth present(Connected connected) {
        try {
            boolean there = module.slots().contains(connected.slot())
                    && module.token(connected.slot()).label().equals(where.tokenLabel());
            return there ? new KeyHealth.Ready() : new KeyHealth.Away("token " + where.tokenLabel() + " is gone");
        } catch (CryptokiException failed) {
            return new KeyHealth.Away(String.valueOf(away(where, failed).getMessage()));
        }
    }

    private void acquire() {
        try {
            if (!free.tryAcquire(SESSION_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new KeyException(Kind.AWAY, where + " is busy: all of its sessions are in use");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KeyException(Kind.AWAY, where + " was not asked: the thread was interrupted", interrupted);
        }
    }

    private void closeIdle() {
        for (Session session = idle.poll(); session != null; session = idle.poll()) {
            closeQuietly(session);
        }
    }

    private void closeQuietly(Session session) {
        try {
            module.closeSession(session.handle());
        } catch (CryptokiException gone) {
            LOG.debug("{} had closed a session already: {}", where, gone.getMessage());
        }
    }

    private static KeyException away(TokenLocation where, CryptokiException failed) {
        return new KeyException(
                Kind.AWAY, where + " is not to be reached: " + failed.getMessage() + "; check the token", failed);
    }
}
