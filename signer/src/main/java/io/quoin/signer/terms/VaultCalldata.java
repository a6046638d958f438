package io.quoin.signer.terms;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import org.web3j.crypto.Hash;

/** The one home of the escrow vault's calldata (R14): the canonical encoding of each call. Stateless, thread-safe. */
public final class VaultCalldata {
    private static final int SELECTOR = 4;
    private static final String SEAL = "((bytes32,bytes32,uint256,address,address))";
    private static final byte[] LOCK = selector("lock(bytes)");
    private static final byte[] SETTLE = selector("settle(bytes)");
    private static final byte[] RELEASE = selector("release" + SEAL);
    private static final byte[] REFUND = selector("refund" + SEAL);

    private VaultCalldata() {}

    /**
     * Selector and arguments of that call, in a new array. Throws {@link IllegalArgumentException} for a batch whose
     * orders sign more than 16 different pairs of fee caps.
     */
    public static byte[] encode(VaultCall call) {
        return switch (call) {
            case VaultCall.Lock lock -> concat(LOCK, batch(lock.batch()));
            case VaultCall.Settle settle -> concat(SETTLE, batch(settle.batch()));
            case VaultCall.Release release -> concat(RELEASE, seal(release.seal()));
            case VaultCall.Refund refund -> concat(REFUND, seal(refund.seal()));
        };
    }

    /** Which call of a batch that calldata is; {@link IllegalArgumentException} for none. */
    static SettlementMode batchMode(byte[] calldata) {
        byte[] selector = Arrays.copyOf(calldata, SELECTOR);
        if (Arrays.equals(selector, LOCK)) {
            return SettlementMode.ESCROW;
        }
        if (Arrays.equals(selector, SETTLE)) {
            return SettlementMode.ATOMIC;
        }
        throw new IllegalArgumentException("the calldata is of no lock or settle");
    }

    /** The one argument {@code bytes} of a call of a batch; {@link IllegalArgumentException} if it has another form. */
    static byte[] batchBytes(byte[] calldata) {
        PackedReader words = new PackedReader(calldata);
        words.bytes(SELECTOR);
        BigInteger offset = words.number(AbiWords.WORD);
        BigInteger length = words.number(AbiWords.WORD);
        if (!offset.equals(BigInteger.valueOf(AbiWords.WORD)) || length.bitLength() > 31) {
            throw new IllegalArgumentException("the calldata is not one argument of bytes");
        }
        return words.bytes(length.intValueExact());
    }

    /** One argument {@code bytes}. */
    private static byte[] batch(LockBatch batch) {
        return new AbiWords()
                .number(AbiWords.WORD)
                .dynamic(BatchData.pack(batch))
                .bytes();
    }

    /** One argument of five words. */
    private static byte[] seal(BatchSeal seal) {
        return new AbiWords()
                .word(seal.marketId())
                .word(seal.detail())
                .number(seal.numbers())
                .address(seal.referrer())
                .address(seal.operator())
                .bytes();
    }

    private static byte[] selector(String signature) {
        return Arrays.copyOf(Hash.sha3(signature.getBytes(US_ASCII)), SELECTOR);
    }

    private static byte[] concat(byte[] selector, byte[] arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(selector.length + arguments.length);
        out.writeBytes(selector);
        out.writeBytes(arguments);
        return out.toByteArray();
    }
}
