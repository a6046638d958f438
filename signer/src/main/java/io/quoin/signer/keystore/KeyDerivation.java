package io.quoin.signer.keystore;

import io.quoin.signer.evm.Hex;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import tools.jackson.databind.JsonNode;

/** How a keystore file turns a password into 32 bytes; the costs are bounded, since the file may be anyone's. */
sealed interface KeyDerivation {
    /** The length of the derived key, bytes. */
    int DERIVED_BYTES = 32;

    /** Memory that a file may ask for, bytes. */
    long SCRYPT_MEMORY_MAX = 512L * 1024 * 1024;

    /** Rounds that a file may ask for. */
    int ROUNDS_MAX = 10_000_000;

    /** The derived key, in a new array. */
    byte[] derive(byte[] password);

    /** scrypt (RFC 7914). */
    record Scrypt(int n, int r, int p, Hex salt) implements KeyDerivation {
        public Scrypt {
            boolean bounded = n > 1 && r > 0 && r <= 64 && p > 0 && p <= 16 && 128L * n * r <= SCRYPT_MEMORY_MAX;
            if (!bounded) {
                throw new IllegalArgumentException("its scrypt parameters are out of range");
            }
        }

        static Scrypt standard(SecureRandom random) {
            byte[] salt = new byte[32];
            random.nextBytes(salt);
            return new Scrypt(1 << 18, 8, 1, Hex.of(salt));
        }

        @Override
        public byte[] derive(byte[] password) {
            return SCrypt.generate(password, salt.bytes(), n, r, p, DERIVED_BYTES);
        }
    }

    /** PBKDF2 with HMAC-SHA-256 (RFC 8018). */
    record Pbkdf2(int rounds, Hex salt) implements KeyDerivation {
        public Pbkdf2 {
            if (rounds < 1 || rounds > ROUNDS_MAX) {
                throw new IllegalArgumentException("its PBKDF2 rounds are out of range");
            }
        }

        @Override
        public byte[] derive(byte[] password) {
            PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
            generator.init(password, salt.bytes(), rounds);
            return ((KeyParameter) generator.generateDerivedMacParameters(8 * DERIVED_BYTES)).getKey();
        }
    }

    /** What a file's {@code crypto} object asks for; throws {@link IllegalArgumentException} for anything unknown. */
    static KeyDerivation of(JsonNode crypto) {
        JsonNode parameters = crypto.path("kdfparams");
        if (parameters.path("dklen").asInt(0) != DERIVED_BYTES) {
            throw new IllegalArgumentException("its derived key length is not 32");
        }
        Hex salt = Hex.of(hex(parameters, "salt"));
        return switch (crypto.path("kdf").asString("")) {
            case "scrypt" ->
                new Scrypt(
                        parameters.path("n").asInt(0),
                        parameters.path("r").asInt(0),
                        parameters.path("p").asInt(0),
                        salt);
            case "pbkdf2" -> {
                if (!parameters.path("prf").asString("").equals("hmac-sha256")) {
                    throw new IllegalArgumentException("its PBKDF2 function is not hmac-sha256");
                }
                yield new Pbkdf2(parameters.path("c").asInt(0), salt);
            }
            default -> throw new IllegalArgumentException("its key derivation is neither scrypt nor pbkdf2");
        };
    }

    /** A member's bytes, from hexadecimal text. */
    static byte[] hex(JsonNode node, String member) {
        String text = node.path(member).asString("");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it has no " + member);
        }
        return HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
    }
}
