package io.quoin.chain.vault;

import io.quoin.signer.evm.EvmAddress;

/**
 * One fill that locked, in lots. Two fills are never the same, however alike.
 */
final class Fill {
    private final EvmAddress buyer;
    private final EvmAddress seller;
    private final long base;
    private final long pay;
    private final long get;
    private final long referrerFee;
    boolean buyerLaned;
    boolean sellerLaned;
    boolean gone;

    Fill(EvmAddress buyer, EvmAddress seller, long base, long pay, long get, long referrerFee) {
        this.buyer = buyer;
        this.seller = seller;
        this.base = base;
        this.pay = pay;
        this.get = get;
        this.referrerFee = referrerFee;
    }

    EvmAddress buyer() {
        return buyer;
    }

    EvmAddress seller() {
        return seller;
    }

    long base() {
        return base;
    }

    long pay() {
        return pay;
    }

    long get() {
        return get;
    }

    long referrerFee() {
        return referrerFee;
    }

    long operatorFee() {
        return pay - get - referrerFee;
    }
}
