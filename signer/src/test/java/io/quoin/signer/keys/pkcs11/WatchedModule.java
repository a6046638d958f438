package io.quoin.signer.keys.pkcs11;

import io.quoin.signer.keystore.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The real module, with its calls counted and, where a test asks for it, another PIN or other flags of a token. */
final class WatchedModule implements Cryptoki {
    private final CryptokiLibrary real;
    private final List<Long> sessions = new ArrayList<>();
    private UnaryOperator<Secret> pin = UnaryOperator.identity();
    private long flags;
    private int logins;
    private int searches;

    WatchedModule(CryptokiLibrary real) {
        this.real = real;
    }

    int logins() {
        return logins;
    }

    /** How often slots were looked for. */
    int searches() {
        return searches;
    }

    void usePin(String other) {
        pin = _ -> Secret.ofText(other);
    }

    void setFlag(long flag) {
        flags |= flag;
    }

    /** Ends every session behind the key's back, which logs the process out, too. */
    void loseSessions() {
        for (long session : sessions) {
            try {
                real.closeSession(session);
            } catch (CryptokiException closedAlready) {
                System.out.println("closed already: " + closedAlready.getMessage());
            }
        }
        sessions.clear();
    }

    @Override
    public List<Long> slots() {
        searches++;
        return real.slots();
    }

    @Override
    public TokenInfo token(long slot) {
        TokenInfo info = real.token(slot);
        return new TokenInfo(info.label(), info.serial(), info.flags() | flags);
    }

    @Override
    public long openSession(long slot, boolean writable) {
        long session = real.openSession(slot, writable);
        sessions.add(session);
        return session;
    }

    @Override
    public void closeSession(long session) {
        real.closeSession(session);
        sessions.remove(session);
    }

    @Override
    public void login(long session, Secret given) {
        logins++;
        real.login(session, pin.apply(given));
    }

    @Override
    public List<Long> find(long session, List<KeyAttribute> template) {
        return real.find(session, template);
    }

    @Override
    public byte[] attribute(long session, long object, long type) {
        return real.attribute(session, object, type);
    }

    @Override
    public void generate(long session, List<KeyAttribute> publicKey, List<KeyAttribute> privateKey) {
        real.generate(session, publicKey, privateKey);
    }

    @Override
    public byte[] sign(long session, long privateKey, byte[] digest) {
        return real.sign(session, privateKey, digest);
    }
}
