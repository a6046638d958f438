package io.quoin.chain.vault;

import io.quoin.signer.evm.Bytes32;
import java.util.ArrayList;
import java.util.List;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** The neighbours from a leaf up to the root, without those that do not exist. */
final class MerkleProof {
    private MerkleProof() {}

    static List<Bytes32> of(List<Bytes32> leaves, int index) {
        List<Bytes32> proof = new ArrayList<>();
        List<Bytes32> level = leaves;
        for (int at = index; level.size() > 1; at /= 2) {
            if ((at ^ 1) < level.size()) {
                proof.add(level.get(at ^ 1));
            }
            List<Bytes32> above = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                above.add(i + 1 == level.size() ? level.get(i) : parent(level.get(i), level.get(i + 1)));
            }
            level = above;
        }
        return proof;
    }

    private static Bytes32 parent(Bytes32 left, Bytes32 right) {
        return Bytes32.of(
                Hash.sha3(Numeric.hexStringToByteArray(left.hex() + right.hex().substring(2))));
    }
}
