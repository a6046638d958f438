package io.quoin.signer;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.evm.EvmTransaction;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.keystore.UnlockedKey;
import io.quoin.signer.terms.OrderTyping;
import java.math.BigInteger;
import java.util.Optional;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;

/** Signs what the rules let pass, deterministically (RFC 6979): the same input gives the same bytes. */
final class DigestSigning {
    private DigestSigning() {}

    /** Encodes and signs one EIP-1559 transaction. */
    static SignReply.Signed transaction(EvmTransaction transaction, UnlockedKey key) {
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
    static EvmSignature digest(Bytes32 digest, UnlockedKey key) {
        return signature(signed(digest, key));
    }

    private static Sign.SignatureData signed(Bytes32 digest, UnlockedKey key) {
        Sign.SignatureData signature =
                key.privateKey().use(secret -> Sign.signMessage(digest.bytes(), ECKeyPair.create(secret), false));
        checkOwn(digest, signature(signature), key.address());
        return signature;
    }

    private static EvmSignature signature(Sign.SignatureData made) {
        return new EvmSignature(Bytes32.of(made.getR()), Bytes32.of(made.getS()), made.getV()[0] & 0xff);
    }

    /** A fault in the hardware or in a library must not leave the process as a signature. */
    private static void checkOwn(Bytes32 digest, EvmSignature signature, EvmAddress account) {
        Optional<EvmAddress> recovered = OrderTyping.recover(digest, signature);
        if (!recovered.equals(Optional.of(account))) {
            throw new IllegalStateException("the signature just made is not that of " + account + "; nothing was sent");
        }
    }
}
