package io.quoin.node.withdrawal;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.terms.WithdrawalTerms;
import java.util.Optional;

/** Where the operator's signatures under withdrawals are kept (a port). */
public interface CoSignatures {
    /** Returns what is to be signed: a withdrawal whose amount is set aside until its deadline, and not signed yet. */
    Optional<WithdrawalTerms> unsigned(Bytes32 withdrawal);

    /** Keeps the operator's signature; one that is there stays. */
    void keep(Bytes32 withdrawal, EvmSignature signature);
}
