package io.quoin.signer.keys.hd;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.acinq.bitcoin.DeterministicWallet;
import fr.acinq.bitcoin.DeterministicWallet.ExtendedPrivateKey;
import fr.acinq.bitcoin.MnemonicCode;
import io.quoin.signer.keystore.Secret;
import io.quoin.signer.keystore.UnlockedKey;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;

/**
 * What all keys of a wallet are derived from, by bitcoin-kmp, which needs libsecp256k1. The library works on immutable
 * texts and vectors: copies of the words and of what is derived stay in memory until they are collected, so that a seed
 * is opened at the start, the keys taken from it, and closed. Thread-safe.
 */
public final class HdSeed implements AutoCloseable {
    private static final int KEY_BYTES = 32;

    private final Secret seed;

    private HdSeed(Secret seed) {
        this.seed = seed;
    }

    /** Draws the entropy of 24 words, 256 bits. */
    public static Secret drawEntropy(SecureRandom random) {
        byte[] drawn = new byte[32];
        random.nextBytes(drawn);
        try {
            return Secret.ofBytes(drawn);
        } finally {
            Arrays.fill(drawn, (byte) 0);
        }
    }

    /**
     * The seed of that entropy.
     *
     * @param entropy 16 to 32 bytes, a multiple of 4
     * @param passphrase the further word of BIP-39, in any form of Unicode; empty for none
     */
    public static HdSeed ofEntropy(Secret entropy, Secret passphrase) {
        String words = words(entropy).use(bytes -> new String(bytes, UTF_8));
        return of(words, passphrase);
    }

    /**
     * The seed of words that were written down.
     *
     * @throws IllegalArgumentException if a word is not of the English list or the last one does not fit
     */
    public static HdSeed ofWords(Secret words, Secret passphrase) {
        return of(checked(words), passphrase);
    }

    /** The words of that entropy, in English, for a person to write down. */
    public static Secret words(Secret entropy) {
        if (entropy.size() < 16 || entropy.size() > 32 || entropy.size() % 4 != 0) {
            throw new IllegalArgumentException("entropy has 16 to 32 bytes, a multiple of 4, got " + entropy.size());
        }
        return entropy.use(bytes -> Secret.ofText(String.join(" ", MnemonicCode.toMnemonics(bytes))));
    }

    /** The key at the end of a path. */
    public UnlockedKey key(DerivationPath path) {
        ExtendedPrivateKey derived = derive(path);
        byte[] bytes = derived.secretkeybytes.toByteArray();
        try {
            if (bytes.length != KEY_BYTES) {
                throw new IllegalStateException("a derived key has not 32 bytes");
            }
            return UnlockedKey.of(Secret.ofBytes(bytes));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Overwrites the seed; keys taken from it live on. */
    @Override
    public void close() {
        seed.destroy();
    }

    /** Three stars. */
    @Override
    public String toString() {
        return "HdSeed[***]";
    }

    /** A seed as BIP-32 takes it; for its vectors, which have no words. */
    static HdSeed ofBytes(byte[] seed) {
        return new HdSeed(Secret.ofBytes(seed));
    }

    /** The extended key at the end of a path. */
    ExtendedPrivateKey derive(DerivationPath path) {
        return seed.use(bytes ->
                DeterministicWallet.derivePrivateKey(DeterministicWallet.generate(bytes.clone()), path.steps()));
    }

    private static String checked(Secret words) {
        String text = words.use(bytes -> new String(bytes, UTF_8)).strip().replaceAll("\\s+", " ");
        try {
            MnemonicCode.validate(text);
        } catch (RuntimeException wrong) {
            // The library's text names the words, so that neither it nor the exception goes further.
            throw new IllegalArgumentException(
                    "the words are not a BIP-39 phrase: a word is not in the English list, or the checksum is wrong");
        }
        return text;
    }

    private static HdSeed of(String words, Secret passphrase) {
        String normal = passphrase.use(bytes -> Normalizer.normalize(new String(bytes, UTF_8), Normalizer.Form.NFKD));
        byte[] seed = MnemonicCode.toSeed(List.of(words.split(" ")), normal);
        try {
            return ofBytes(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }
}
