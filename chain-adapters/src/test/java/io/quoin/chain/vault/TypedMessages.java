package io.quoin.chain.vault;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.VaultDomain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Type;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** EIP-712 digests of the vault's smaller messages, all of whose fields are one word each, and signatures. */
@SuppressWarnings("rawtypes") // as web3j's encoder has them
final class TypedMessages {
    static final String DISPUTE = "Dispute(bytes32 origin)";
    static final String PAID = "Paid(bytes32 escrowId)";
    static final String OUTCOME = "Outcome(bytes32 escrowId,uint16 quoteToBuyer,uint16 baseToBuyer)";
    static final String SWAP_TERMS =
            "SwapTerms(bytes32 fillId,bytes32 sha256Hash,bytes32 claimKey,bytes32 refundKey,uint64 tBtc,uint64 tEvm)";
    static final String MIGRATION =
            "Migration(address account,address token,uint256 amount,address nextVault,uint256 nonce,uint256 deadline)";

    private TypedMessages() {}

    /** The digest of a message with those fields. */
    static Bytes32 digest(VaultDomain domain, String type, Type<?>... fields) {
        List<Type> words = new ArrayList<>();
        words.add(word(Hash.sha3(type.getBytes(StandardCharsets.US_ASCII))));
        words.addAll(Arrays.asList(fields));
        byte[] struct = hash(words);
        byte[] preimage = new byte[66];
        preimage[0] = 0x19;
        preimage[1] = 1;
        System.arraycopy(OrderTyping.domainSeparator(domain).bytes(), 0, preimage, 2, 32);
        System.arraycopy(struct, 0, preimage, 34, 32);
        return Bytes32.of(Hash.sha3(preimage));
    }

    /** keccak256 of the ABI encoding. */
    static byte[] hash(List<Type> words) {
        return Hash.sha3(Numeric.hexStringToByteArray(FunctionEncoder.encodeConstructor(words)));
    }

    static org.web3j.abi.datatypes.generated.Bytes32 word(byte[] bytes) {
        return new org.web3j.abi.datatypes.generated.Bytes32(bytes);
    }

    static EvmSignature sign(Credentials key, Bytes32 digest) {
        Sign.SignatureData made = Sign.signMessage(digest.bytes(), key.getEcKeyPair(), false);
        return new EvmSignature(Bytes32.of(made.getR()), Bytes32.of(made.getS()), made.getV()[0]);
    }
}
