package io.quoin.node.withdrawal;

import io.quoin.node.market.Asset;
import io.quoin.signer.caip.ChainAccount;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.terms.VaultDomain;
import io.quoin.signer.terms.WithdrawalTerms;

/**
 * A withdrawal that passed the door: its signature is the trader's, and its amount one that the engine can count.
 *
 * @param id the EIP-712 digest that was signed, and that the operator signs too
 * @param vault the contract that pays
 * @param asset what is withdrawn
 * @param signed the terms and the trader's signature
 * @param units the amount, in engine units, positive
 */
public record SubmittedWithdrawal(Bytes32 id, VaultDomain vault, Asset asset, SignedWithdrawal signed, long units) {
    /** Returns what was signed. */
    public WithdrawalTerms terms() {
        return signed.terms();
    }

    /** Returns the trader as a CAIP-10 account. */
    public ChainAccount account() {
        return new ChainAccount(vault.chain(), terms().account());
    }
}
