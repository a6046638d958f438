package io.quoin.signer.keys.pkcs11;

import io.quoin.signer.keys.KeyException;
import io.quoin.signer.keys.KeyException.Kind;
import io.quoin.signer.keystore.Secret;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a token by its label and logs in. A PIN that was refused is the caller's to remember: it must not be tried
 * again, since a few wrong ones lock a token for good. Stateless.
 */
final class TokenLogin {
    private TokenLogin() {}

    /**
     * The slot that holds the token now. Throws {@link KeyException} of kind {@code AWAY} if none does, {@code
     * NO_SUCH_KEY} if more than one does.
     */
    static long slot(Cryptoki module, String tokenLabel) {
        List<Long> found = new ArrayList<>();
        for (long slot : module.slots()) {
            TokenInfo token = module.token(slot);
            if (token.isInitialised() && token.label().equals(tokenLabel)) {
                found.add(slot);
            }
        }
        if (found.isEmpty()) {
            throw new KeyException(Kind.AWAY, "no slot holds token " + tokenLabel + "; is it plugged in?");
        }
        if (found.size() > 1) {
            throw new KeyException(
                    Kind.NO_SUCH_KEY, found.size() + " tokens are called " + tokenLabel + "; give each its own label");
        }
        return found.getFirst();
    }

    /** Logs in, unless that may lock the token. Throws {@link KeyException} of kind {@code LOGIN_REFUSED} if not. */
    static void login(Cryptoki module, long slot, long session, Secret pin) {
        TokenInfo token = module.token(slot);
        if (token.isLocked()) {
            throw new KeyException(
                    Kind.LOGIN_REFUSED,
                    "the PIN of token " + token.label() + " is locked; its security officer can set a new one");
        }
        if (token.isFinalTry()) {
            throw new KeyException(
                    Kind.LOGIN_REFUSED,
                    "one more wrong PIN would lock token " + token.label() + ", so that none was tried; log in once "
                            + "by the token's own tool with the right one");
        }
        try {
            module.login(session, pin);
        } catch (CryptokiException refused) {
            if (refused.answer() == CryptokiException.USER_ALREADY_LOGGED_IN) {
                return; // by another key of this process
            }
            if (refused.isAboutPin()) {
                throw new KeyException(
                        Kind.LOGIN_REFUSED,
                        "token " + token.label() + " refused the PIN (" + refused.getMessage() + "); it is not tried "
                                + "again by this process; check it, then start anew",
                        refused);
            }
            throw refused;
        }
    }
}
