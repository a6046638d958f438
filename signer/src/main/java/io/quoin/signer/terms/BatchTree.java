package io.quoin.signer.terms;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import java.util.ArrayList;
import java.util.List;
import org.web3j.crypto.Hash;

/** The hashes by which the vault keeps a batch; docs/contracts.md has the layout. Stateless. */
public final class BatchTree {
    /** The leaf of a fill that was skipped. */
    public static final Bytes32 NO_FILL = Bytes32.ZERO;

    private BatchTree() {}

    /**
     * The leaf of a fill.
     *
     * @param buyerLaned whether the buyer's account holds the fill in a lane
     * @param sellerLaned whether the seller's account does
     */
    public static Bytes32 leaf(
            EvmAddress buyer, EvmAddress seller, FillAmounts amounts, boolean buyerLaned, boolean sellerLaned) {
        int amountBytes = LockBatch.LOTS_BITS / 8;
        return keccak(new PackedBytes()
                .address(buyer)
                .address(seller)
                .number(amounts.base(), amountBytes)
                .number(amounts.pay(), amountBytes)
                .number(amounts.get(), amountBytes)
                .number(amounts.referrerFee(), amountBytes)
                .number((buyerLaned ? 1 : 0) | (sellerLaned ? 2 : 0), 1));
    }

    /** The root over those leaves, one or more; an odd last node moves up as it is. */
    public static Bytes32 root(List<Bytes32> leaves) {
        if (leaves.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one fill");
        }
        List<Bytes32> level = leaves;
        while (level.size() > 1) {
            level = above(level);
        }
        return level.getFirst();
    }

    /** {@link BatchSeal#detail} of a batch. */
    public static Bytes32 detail(MarketLots lots, EscrowTerms terms, Bytes32 root) {
        AbiWords words = OrderTyping.terms(lots.words(new AbiWords()), terms).word(root);
        return Bytes32.of(Hash.sha3(words.bytes()));
    }

    private static List<Bytes32> above(List<Bytes32> level) {
        List<Bytes32> above = new ArrayList<>();
        for (int i = 0; i + 1 < level.size(); i += 2) {
            above.add(keccak(new PackedBytes()
                    .bytes(level.get(i).bytes())
                    .bytes(level.get(i + 1).bytes())));
        }
        if (level.size() % 2 == 1) {
            above.add(level.getLast());
        }
        return above;
    }

    private static Bytes32 keccak(PackedBytes bytes) {
        return Bytes32.of(Hash.sha3(bytes.toBytes()));
    }
}
