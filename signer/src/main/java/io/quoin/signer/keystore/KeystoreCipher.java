package io.quoin.signer.keystore;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quoin.signer.keystore.KeystoreException.Kind;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.web3j.crypto.Hash;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The format of Web3 Secret Storage v3: a key derived from the password, AES-128-CTR, and a Keccak MAC over the
 * derived key's second half and the ciphertext.
 */
final class KeystoreCipher {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HexFormat HEX = HexFormat.of();
    private static final int KEY_BYTES = 32;
    private static final String SEED_FORMAT = "quoin-bip39-entropy";
    private static final int IV_BYTES = 16;

    private KeystoreCipher() {}

    /** The content of a new file, with a fresh salt and initialisation vector. */
    static byte[] encrypt(Secret password, UnlockedKey key) {
        return """
                {"version":3,"id":"%s","address":"%s","crypto":%s}
                """.formatted(
                        UUID.randomUUID(),
                        key.address().hex().substring(2),
                        crypto(password, key.privateKey(), new SecureRandom()))
                .getBytes(UTF_8);
    }

    /** The content of a new file with a seed's entropy. */
    static byte[] encryptSeed(Secret password, Secret entropy, SecureRandom random) {
        checkEntropy(entropy.size());
        return """
                {"format":"%s","version":1,"crypto":%s}
                """.formatted(SEED_FORMAT, crypto(password, entropy, random)).getBytes(UTF_8);
    }

    /** The entropy in a file's content; {@code name} says in errors which file it was. */
    static Secret decryptSeed(String name, byte[] content, Secret password) {
        try {
            JsonNode file = JSON.readTree(content);
            if (!file.path("format").asString("").equals(SEED_FORMAT)
                    || file.path("version").asInt(0) != 1) {
                throw new IllegalArgumentException("its format is not " + SEED_FORMAT + ", version 1");
            }
            JsonNode crypto = file.path("crypto");
            checkEntropy(KeyDerivation.hex(crypto, "ciphertext").length);
            return plain(name, crypto, password);
        } catch (JacksonException | IllegalArgumentException malformed) {
            throw new KeystoreException(
                    Kind.UNREADABLE, "seed file " + name + " is not usable: " + summary(malformed), malformed);
        }
    }

    /** BIP-39: 128 to 256 bits, a multiple of 32. */
    private static void checkEntropy(int bytes) {
        if (bytes < 16 || bytes > 32 || bytes % 4 != 0) {
            throw new IllegalArgumentException("its entropy is not of 16 to 32 bytes, a multiple of 4");
        }
    }

    /** The key in a file's content; {@code name} says in errors which file it was. */
    static UnlockedKey decrypt(String name, byte[] content, Secret password) {
        try {
            return decrypt(name, JSON.readTree(content), password);
        } catch (JacksonException | IllegalArgumentException malformed) {
            throw new KeystoreException(
                    Kind.UNREADABLE,
                    "keystore " + name + " is not a usable Web3 Secret Storage v3 file: " + summary(malformed),
                    malformed);
        }
    }

    private static UnlockedKey decrypt(String name, JsonNode file, Secret password) {
        if (file.path("version").asInt(0) != 3) {
            throw new IllegalArgumentException("its version is not 3");
        }
        JsonNode crypto = file.has("crypto") ? file.path("crypto") : file.path("Crypto");
        if (KeyDerivation.hex(crypto, "ciphertext").length != KEY_BYTES) {
            throw new IllegalArgumentException("its ciphertext has a wrong length");
        }
        UnlockedKey key = UnlockedKey.of(plain(name, crypto, password));
        checkAddress(file, key);
        return key;
    }

    /** What a file's {@code crypto} object hides; its length is checked before. */
    private static Secret plain(String name, JsonNode crypto, Secret password) {
        if (!crypto.path("cipher").asString("").equals("aes-128-ctr")) {
            throw new IllegalArgumentException("its cipher is not aes-128-ctr");
        }
        byte[] ciphertext = KeyDerivation.hex(crypto, "ciphertext");
        byte[] iv = KeyDerivation.hex(crypto.path("cipherparams"), "iv");
        byte[] mac = KeyDerivation.hex(crypto, "mac");
        if (iv.length != IV_BYTES) {
            throw new IllegalArgumentException("its iv has a wrong length");
        }
        byte[] derived = password.use(KeyDerivation.of(crypto)::derive);
        try {
            if (!MessageDigest.isEqual(mac, mac(derived, ciphertext))) {
                throw new KeystoreException(
                        Kind.WRONG_PASSWORD,
                        "the password does not open keystore " + name + "; check the password file or variable, and "
                                + "that it belongs to this keystore");
            }
            return secret(aesCtr(Cipher.DECRYPT_MODE, derived, iv, ciphertext));
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    private static Secret secret(byte[] plain) {
        try {
            return Secret.ofBytes(plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** The address is optional in the format; a wrong one means a mixed-up file. */
    private static void checkAddress(JsonNode file, UnlockedKey key) {
        String named = file.path("address").asString("").toLowerCase(Locale.ROOT);
        String digits = named.startsWith("0x") ? named.substring(2) : named;
        if (!digits.isEmpty() && !digits.equals(key.address().hex().substring(2))) {
            throw new IllegalArgumentException("it names another account than its key's, " + key.address());
        }
    }

    private static byte[] aesCtr(int mode, byte[] derived, byte[] iv, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(mode, new SecretKeySpec(derived, 0, 16, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java runtime has no AES-128-CTR", impossible);
        }
    }

    private static byte[] mac(byte[] derived, byte[] ciphertext) {
        byte[] preimage = Arrays.copyOf(Arrays.copyOfRange(derived, 16, 32), 16 + ciphertext.length);
        System.arraycopy(ciphertext, 0, preimage, 16, ciphertext.length);
        return Hash.sha3(preimage);
    }

    /** A {@code crypto} object: scrypt, AES-128-CTR and a MAC. */
    private static String crypto(Secret password, Secret plain, SecureRandom random) {
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        KeyDerivation.Scrypt scrypt = KeyDerivation.Scrypt.standard(random);
        byte[] derived = password.use(scrypt::derive);
        try {
            byte[] ciphertext = plain.use(bytes -> aesCtr(Cipher.ENCRYPT_MODE, derived, iv, bytes));
            return json(iv, scrypt, ciphertext, mac(derived, ciphertext));
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    private static String json(byte[] iv, KeyDerivation.Scrypt scrypt, byte[] ciphertext, byte[] mac) {
        return """
                {"cipher":"aes-128-ctr","cipherparams":{"iv":"%s"},"ciphertext":"%s","kdf":"scrypt",\
                "kdfparams":{"dklen":32,"n":%d,"r":%d,"p":%d,"salt":"%s"},"mac":"%s"}\
                """.formatted(
                        HEX.formatHex(iv),
                        HEX.formatHex(ciphertext),
                        scrypt.n(),
                        scrypt.r(),
                        scrypt.p(),
                        HEX.formatHex(scrypt.salt().bytes()),
                        HEX.formatHex(mac));
    }

    private static String summary(Exception malformed) {
        return malformed instanceof JacksonException ? "it is not JSON" : String.valueOf(malformed.getMessage());
    }
}
