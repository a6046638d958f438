package io.quoin.signer.keys.pkcs11;

import static io.quoin.signer.keys.pkcs11.KeyAttribute.flag;
import static io.quoin.signer.keys.pkcs11.KeyAttribute.number;
import static io.quoin.signer.keys.pkcs11.KeyAttribute.text;

import io.quoin.signer.keys.CompressedPublicKey;
import io.quoin.signer.keys.KeyException;
import io.quoin.signer.keys.KeyException.Kind;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds, checks and makes key pairs of secp256k1 in a token, within a session that is logged in. Stateless. */
final class TokenKeys {
    /** The object identifier 1.3.132.0.10 in DER (SEC 2 §A.2). */
    private static final byte[] SECP256K1 = HexFormat.of().parseHex("06052b8104000a");

    private static final int ID_BYTES = 16;
    private static final int POINT_BYTES = 65;

    private TokenKeys() {}

    /** The private key's handle and its public key. */
    record Pair(long privateKey, CompressedPublicKey publicKey) {}

    /**
     * Finds the pair of that label. Throws {@link KeyException} of kind {@code NO_SUCH_KEY} unless there is exactly
     * one, {@code UNSAFE_KEY} if it is not one that was made in the token and can never leave it.
     */
    static Pair find(Cryptoki token, long session, TokenLocation where) {
        long privateKey = one(token, session, where);
        checkSafe(token, session, privateKey, where);
        byte[] id = token.attribute(session, privateKey, KeyAttribute.ID);
        List<Long> publicKeys = token.find(
                session,
                List.of(
                        number(KeyAttribute.CLASS, KeyAttribute.PUBLIC_KEY),
                        text(KeyAttribute.LABEL, where.keyLabel()),
                        KeyAttribute.bytes(KeyAttribute.ID, id)));
        if (publicKeys.size() != 1) {
            throw new KeyException(
                    Kind.NO_SUCH_KEY,
                    where + " has " + publicKeys.size() + " public keys beside it, and one is needed; it must have the "
                            + "private key's label and id");
        }
        byte[] point = token.attribute(session, publicKeys.getFirst(), KeyAttribute.EC_POINT);
        return new Pair(privateKey, compressed(point, where));
    }

    /** Makes the pair in the token; throws {@link KeyException} of kind {@code UNSAFE_KEY} if there is one. */
    static void generate(Cryptoki token, long session, TokenLocation where) {
        if (!privateKeys(token, session, where).isEmpty()) {
            throw new KeyException(
                    Kind.UNSAFE_KEY,
                    "there is a " + where + " already, and a key is never replaced; choose another label");
        }
        byte[] id = new byte[ID_BYTES];
        new SecureRandom().nextBytes(id);
        token.generate(
                session,
                List.of(
                        KeyAttribute.bytes(KeyAttribute.EC_PARAMS, SECP256K1),
                        flag(KeyAttribute.TOKEN, true),
                        flag(KeyAttribute.PRIVATE, false),
                        flag(KeyAttribute.VERIFY, true),
                        text(KeyAttribute.LABEL, where.keyLabel()),
                        KeyAttribute.bytes(KeyAttribute.ID, id)),
                List.of(
                        flag(KeyAttribute.TOKEN, true),
                        flag(KeyAttribute.PRIVATE, true),
                        flag(KeyAttribute.SENSITIVE, true),
                        flag(KeyAttribute.EXTRACTABLE, false),
                        flag(KeyAttribute.MODIFIABLE, false),
                        flag(KeyAttribute.SIGN, true),
                        flag(KeyAttribute.DERIVE, false),
                        text(KeyAttribute.LABEL, where.keyLabel()),
                        KeyAttribute.bytes(KeyAttribute.ID, id)));
    }

    private static long one(Cryptoki token, long session, TokenLocation where) {
        List<Long> found = privateKeys(token, session, where);
        if (found.size() != 1) {
            throw new KeyException(
                    Kind.NO_SUCH_KEY,
                    "there " + (found.isEmpty() ? "is no " : "are " + found.size() + " of ") + where
                            + ", and one is needed; check the labels");
        }
        return found.getFirst();
    }

    private static List<Long> privateKeys(Cryptoki token, long session, TokenLocation where) {
        return token.find(
                session,
                List.of(
                        number(KeyAttribute.CLASS, KeyAttribute.PRIVATE_KEY),
                        text(KeyAttribute.LABEL, where.keyLabel())));
    }

    /** A token makes a key that can be read out as willingly as one that cannot; its defaults are no protection. */
    private static void checkSafe(Cryptoki token, long session, long key, TokenLocation where) {
        if (!Arrays.equals(token.attribute(session, key, KeyAttribute.EC_PARAMS), SECP256K1)) {
            throw new KeyException(Kind.UNSAFE_KEY, where + " is not of the curve secp256k1");
        }
        Map<String, Boolean> needed = new LinkedHashMap<>();
        needed.put("sensitive", isSet(token, session, key, KeyAttribute.SENSITIVE));
        needed.put("always sensitive", isSet(token, session, key, KeyAttribute.ALWAYS_SENSITIVE));
        needed.put("not extractable", !isSet(token, session, key, KeyAttribute.EXTRACTABLE));
        needed.put("never extractable", isSet(token, session, key, KeyAttribute.NEVER_EXTRACTABLE));
        needed.put("made in the token", isSet(token, session, key, KeyAttribute.LOCAL));
        needed.put("kept by the token", isSet(token, session, key, KeyAttribute.TOKEN));
        needed.put("for signing", isSet(token, session, key, KeyAttribute.SIGN));
        List<String> lacking = needed.entrySet().stream()
                .filter(attribute -> !attribute.getValue())
                .map(Map.Entry::getKey)
                .toList();
        if (!lacking.isEmpty()) {
            throw new KeyException(
                    Kind.UNSAFE_KEY,
                    where + " lacks what keeps a key in its token: " + String.join(", ", lacking)
                            + "; make a new one in the token and use that");
        }
    }

    private static boolean isSet(Cryptoki token, long session, long key, long attribute) {
        byte[] value = token.attribute(session, key, attribute);
        return value.length == 1 && value[0] == 1;
    }

    /** The standard wraps the point into a DER octet string; some tokens give it bare. */
    private static CompressedPublicKey compressed(byte[] point, TokenLocation where) {
        boolean wrapped = point.length == POINT_BYTES + 2 && point[0] == 4 && point[1] == POINT_BYTES;
        byte[] bare = wrapped ? Arrays.copyOfRange(point, 2, point.length) : point;
        if (bare.length != POINT_BYTES || bare[0] != 4) {
            throw new KeyException(Kind.UNSAFE_KEY, where + " has a public key in a form that is not known");
        }
        byte[] compressed = Arrays.copyOf(bare, CompressedPublicKey.LENGTH);
        compressed[0] = (byte) (2 + (bare[POINT_BYTES - 1] & 1));
        return CompressedPublicKey.of(compressed);
    }
}
