package io.quoin.chain.vault;

import io.quoin.contracts.IEscrowVault;
import io.quoin.contracts.IVaultCases;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.terms.BatchInput;
import io.quoin.signer.terms.BatchTree;
import io.quoin.signer.terms.EscrowTerms;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;

/** A batch as its transaction and its log say it: enough to end it, or to take any fill out of it by proof. */
final class BatchRecord {
    private static final int TORN = 3;

    final BatchInput input;
    final IVaultCases.Seal seal;
    private final IVaultCases.Batch detail;
    private final Set<Integer> skipped;
    private final int lanes;
    private final List<Bytes32> leaves;
    final Set<Integer> gone = new HashSet<>();
    private int outcome;

    BatchRecord(BatchInput input, IEscrowVault.LockedEventResponse locked, Set<Integer> skipped) {
        this.input = input;
        this.skipped = Set.copyOf(skipped);
        IEscrowVault.Seal said = locked.seal;
        this.seal = new IVaultCases.Seal(said.marketId, said.detail, said.numbers, said.referrer, said.operator);
        this.detail = new IVaultCases.Batch(lots(input), terms(input.terms()), locked.root);
        this.lanes = lanes(Bytes32.of(locked.root));
        this.leaves = leaves(lanes);
    }

    /** The indices of the fills that are still the batch's. */
    List<Integer> left() {
        return locked().stream().filter(index -> !gone.contains(index)).toList();
    }

    List<Integer> locked() {
        return IntStream.range(0, input.fills().size())
                .filter(index -> !skipped.contains(index))
                .boxed()
                .toList();
    }

    void end(int with) {
        outcome = with;
    }

    boolean ended() {
        return outcome != 0;
    }

    /** As the vault's view says it. */
    int outcome() {
        return ended() || gone.isEmpty() ? outcome : TORN;
    }

    long seq() {
        return seal.numbers.longValue() & 0xffffffffL;
    }

    long deadline() {
        return seal.numbers.shiftRight(32).longValue() & 0xffffffffffL;
    }

    /** Seal, batch, index, leaf and proof of a fill, as the vault takes them. */
    Type<?>[] proven(int index) {
        BatchInput.Fill fill = input.fills().get(index);
        IVaultCases.Fill leaf = new IVaultCases.Fill(
                fill.buy().order().trader().hex(),
                fill.sell().order().trader().hex(),
                fill.amounts().base(),
                fill.amounts().pay(),
                fill.amounts().get(),
                fill.amounts().referrerFee(),
                BigInteger.valueOf((lanes >> (2 * index)) & 3));
        List<org.web3j.abi.datatypes.generated.Bytes32> proof = MerkleProof.of(leaves, index).stream()
                .map(hash -> TypedMessages.word(hash.bytes()))
                .toList();
        return new Type<?>[] {
            seal,
            detail,
            new Uint256(index),
            leaf,
            new DynamicArray<>(org.web3j.abi.datatypes.generated.Bytes32.class, proof)
        };
    }

    static IVaultCases.Lots lots(BatchInput input) {
        return new IVaultCases.Lots(
                input.lots().base().hex(),
                input.lots().quote().hex(),
                input.lots().baseLot(),
                input.lots().quoteLot());
    }

    private static IVaultCases.Terms terms(EscrowTerms terms) {
        return new IVaultCases.Terms(
                BigInteger.valueOf(terms.arbiterId()),
                BigInteger.valueOf(terms.paymentWindowSeconds()),
                BigInteger.valueOf(terms.refundDelaySeconds()),
                BigInteger.valueOf(terms.disputeBoundSeconds()),
                terms.fallbackArbiter().hex(),
                BigInteger.valueOf(terms.fallbackToBuyerBps()),
                BigInteger.valueOf(terms.buyerBondBps()),
                BigInteger.valueOf(terms.sellerBondBps()));
    }

    /** Which accounts' lanes hold which fills, two bits each: what input and log do not say, and the root does. */
    private int lanes(Bytes32 root) {
        for (int guess = (1 << (2 * input.fills().size())) - 1; guess >= 0; guess--) {
            if (BatchTree.root(leaves(guess)).equals(root)) {
                return guess;
            }
        }
        throw new IllegalStateException("no leaves of batch " + seq() + " hash to its root");
    }

    private List<Bytes32> leaves(int guess) {
        List<Bytes32> made = new ArrayList<>();
        for (int i = 0; i < input.fills().size(); i++) {
            BatchInput.Fill fill = input.fills().get(i);
            int laned = guess >> (2 * i);
            made.add(
                    skipped.contains(i)
                            ? BatchTree.NO_FILL
                            : BatchTree.leaf(
                                    fill.buy().order().trader(),
                                    fill.sell().order().trader(),
                                    fill.amounts(),
                                    (laned & 1) != 0,
                                    (laned & 2) != 0));
        }
        return made;
    }
}
