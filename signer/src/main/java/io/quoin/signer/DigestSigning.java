package io.quoin.signer;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.evm.EvmTransaction;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.keys.CheckedDigest;
import io.quoin.signer.keys.KeyException;
import io.quoin.signer.keys.KeyException.Kind;
import io.quoin.signer.keys.RecoverableSignature;
import io.quoin.signer.keys.SigningKey;
import java.lang.invoke.MethodHandles;
import java.math.BigInteger;
import java.util.Arrays;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;

/**
 * Signs what the rules let pass. A key in memory is deterministic (RFC 6979), so that the same input gives the same
 * bytes; a token's nonce is its own. What comes out was recovered to the key's account by {@link SigningKey}.
 */
final class DigestSigning {
    private static final MethodHandles.Lookup PIPELINE = MethodHandles.lookup();

    private DigestSigning() {}

    /** Encodes and signs one EIP-1559 transaction. */
    static SignReply.Signed transaction(EvmTransaction transaction, SigningKey key) {
        RawTransaction raw = RawTransaction.createTransaction(
                transaction.chain().eip155Id(),
                BigInteger.valueOf(transaction.nonce().value()),
                BigInteger.valueOf(transaction.gasLimit()),
                transaction.to().hex(),
                transaction.value().value(),
                transaction.data().text(),
                transaction.maxPriorityFeePerGas().value(),
                transaction.maxFeePerGas().value());
        Bytes32 digest = Bytes32.of(Hash.sha3(TransactionEncoder.encode(raw)));
        byte[] signed = TransactionEncoder.encode(raw, signed(digest, key));
        return new SignReply.Signed(Bytes32.of(Hash.sha3(signed)), Hex.of(signed));
    }

    /** Signs an EIP-712 digest that the caller made from a checked intent. */
    static EvmSignature digest(Bytes32 digest, SigningKey key) {
        return signature(key.sign(CheckedDigest.of(PIPELINE, digest)));
    }

    private static EvmSignature signature(RecoverableSignature made) {
        return new EvmSignature(made.r(), made.s(), v(made));
    }

    private static Sign.SignatureData signed(Bytes32 digest, SigningKey key) {
        RecoverableSignature made = key.sign(CheckedDigest.of(PIPELINE, digest));
        byte[] rs = made.bytes();
        return new Sign.SignatureData((byte) v(made), Arrays.copyOf(rs, 32), Arrays.copyOfRange(rs, 32, 64));
    }

    /** Ethereum has no v for an r that wrapped around the order, and no chain would ever be asked for one. */
    private static int v(RecoverableSignature made) {
        if (made.recoveryId() > 1) {
            throw new KeyException(Kind.FAULTY, "the signature's r is above the curve order, which no EVM chain takes");
        }
        return 27 + made.recoveryId();
    }
}
