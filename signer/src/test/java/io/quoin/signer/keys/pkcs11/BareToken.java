package io.quoin.signer.keys.pkcs11;

/** A token's own speed, for the benchmark: the two calls of a signature and nothing around them. Not thread-safe. */
public final class BareToken implements AutoCloseable {
    private final CryptokiLibrary module;
    private final long session;
    private final long key;

    private BareToken(CryptokiLibrary module, long session, long key) {
        this.module = module;
        this.session = session;
        this.key = key;
    }

    /** Logs in with the tests' PIN and finds the key. */
    public static BareToken open(TokenLocation where) {
        CryptokiLibrary module = CryptokiLibrary.load(where.module());
        long slot = TokenLogin.slot(module, where.tokenLabel());
        long session = module.openSession(slot, false);
        TokenLogin.login(module, slot, session, SoftHsm.pin());
        return new BareToken(
                module, session, TokenKeys.find(module, session, where).privateKey());
    }

    /** r and s, as the token makes them. */
    public byte[] sign(byte[] digest) {
        return module.sign(session, key, digest);
    }

    @Override
    public void close() {
        module.closeSession(session);
    }
}
