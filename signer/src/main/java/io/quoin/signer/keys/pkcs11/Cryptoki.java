package io.quoin.signer.keys.pkcs11;

import io.quoin.signer.keystore.Secret;
import java.util.List;

/**
 * What is used of a PKCS#11 module (OASIS PKCS #11 v2.40), one method for one call or two; each throws
 * {@link CryptokiException} with the module's answer when that is not CKR_OK. Thread-safe, but for a session, which one
 * thread uses at a time.
 */
interface Cryptoki {
    /** The slots with a token in them; a module looks for new tokens now. */
    List<Long> slots();

    /** What a slot's token says of itself. */
    TokenInfo token(long slot);

    /** A new session, read-only unless {@code writable}. */
    long openSession(long slot, boolean writable);

    /** Ends a session. */
    void closeSession(long session);

    /** Logs this process in as the token's user; true for all of its sessions of the token. */
    void login(long session, Secret pin);

    /** Handles of the objects that have all of these attributes, ten at most. */
    List<Long> find(long session, List<KeyAttribute> template);

    /** An attribute's value. */
    byte[] attribute(long session, long object, long type);

    /** Makes a key pair with the curve that the public template names. */
    void generate(long session, List<KeyAttribute> publicKey, List<KeyAttribute> privateKey);

    /** r and s, by CKM_ECDSA, which neither hashes nor checks its input. */
    byte[] sign(long session, long privateKey, byte[] digest);
}
