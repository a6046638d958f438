package io.quoin.signer.keys;

import io.quoin.signer.keys.KeyException.Kind;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * secp256k1 by Bouncy Castle, for platforms without the native library. Its numbers are immutable: what a signature
 * copies of the key stays in memory until it is collected. Thread-safe.
 */
final class JavaCurve extends Curve {
    static final JavaCurve INSTANCE = new JavaCurve();

    private static final int WORD = 32;
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
    private static final BigInteger FIELD = CURVE.getCurve().getField().getCharacteristic();

    private JavaCurve() {}

    @Override
    public CompressedPublicKey publicKey(byte[] privateKey) {
        ECPoint point = new FixedPointCombMultiplier().multiply(DOMAIN.getG(), scalar(privateKey));
        return CompressedPublicKey.of(point.normalize().getEncoded(true));
    }

    /** SEC 1 §4.1.6: Q = r⁻¹(sR - zG). */
    @Override
    public Optional<CompressedPublicKey> recover(byte[] digest, RecoverableSignature signature) {
        byte[] rs = signature.bytes();
        BigInteger r = new BigInteger(1, rs, 0, WORD);
        BigInteger s = new BigInteger(1, rs, WORD, WORD);
        BigInteger x = signature.recoveryId() < 2 ? r : r.add(DOMAIN.getN());
        if (x.compareTo(FIELD) >= 0) {
            return Optional.empty();
        }
        ECPoint nonce;
        try {
            byte[] compressed = new byte[CompressedPublicKey.LENGTH];
            compressed[0] = (byte) (2 + (signature.recoveryId() & 1));
            System.arraycopy(BigIntegers.asUnsignedByteArray(WORD, x), 0, compressed, 1, WORD);
            nonce = CURVE.getCurve().decodePoint(compressed);
        } catch (IllegalArgumentException notOnTheCurve) {
            return Optional.empty();
        }
        BigInteger inverse = BigIntegers.modOddInverse(DOMAIN.getN(), r);
        BigInteger ofGenerator =
                inverse.multiply(new BigInteger(1, digest)).negate().mod(DOMAIN.getN());
        BigInteger ofNonce = inverse.multiply(s).mod(DOMAIN.getN());
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(DOMAIN.getG(), ofGenerator, nonce, ofNonce);
        return key.isInfinity() ? Optional.empty() : Optional.of(CompressedPublicKey.of(key.getEncoded(true)));
    }

    @Override
    byte[] uncompressed(CompressedPublicKey key) {
        return CURVE.getCurve().decodePoint(key.bytes()).getEncoded(false);
    }

    @Override
    HeldKey hold(byte[] privateKey) {
        scalar(privateKey);
        return new Held(privateKey.clone());
    }

    @Override
    Set<KeyCapability> capabilities() {
        return Set.of(KeyCapability.ECDSA);
    }

    @Override
    boolean verifySchnorr(byte[] message, SchnorrSignature signature, byte[] xOnlyKey) {
        throw noSchnorr();
    }

    private static KeyException noSchnorr() {
        return new KeyException(Kind.UNSUPPORTED, "Bouncy Castle has no BIP-340 signatures; libsecp256k1 has");
    }

    @Override
    public String describe() {
        return "Bouncy Castle (pure Java)";
    }

    private static BigInteger scalar(byte[] privateKey) {
        if (privateKey.length != WORD) {
            throw new IllegalArgumentException("not a secp256k1 private key of 32 bytes");
        }
        BigInteger number = new BigInteger(1, privateKey);
        if (number.signum() == 0 || number.compareTo(DOMAIN.getN()) >= 0) {
            throw new IllegalArgumentException("not a secp256k1 private key of 32 bytes");
        }
        return number;
    }

    private static final class Held implements HeldKey {
        private final byte[] privateKey;

        Held(byte[] privateKey) {
            this.privateKey = privateKey;
        }

        @Override
        public EcdsaSignature sign(byte[] digest) {
            ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
            signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, privateKey), DOMAIN));
            BigInteger[] made = signer.generateSignature(digest);
            byte[] rs = new byte[2 * WORD];
            BigIntegers.asUnsignedByteArray(made[0], rs, 0, WORD);
            BigIntegers.asUnsignedByteArray(made[1], rs, WORD, WORD);
            return EcdsaSignature.of(rs).lowS();
        }

        @Override
        public SchnorrSignature signSchnorr(byte[] digest, byte[] auxiliary) {
            throw noSchnorr();
        }

        @Override
        public void destroy() {
            Arrays.fill(privateKey, (byte) 0);
        }
    }
}
