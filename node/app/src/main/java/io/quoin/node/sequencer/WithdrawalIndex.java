package io.quoin.node.sequencer;

import io.quoin.matching.AccountId;
import io.quoin.node.withdrawal.SubmittedWithdrawal;
import io.quoin.signer.evm.Bytes32;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which withdrawals were ever accepted. Follows from the log; used by the sequencer's thread only. */
final class WithdrawalIndex {
    private record NonceKey(AccountId account, BigInteger nonce) {}

    private final Set<Bytes32> accepted = new HashSet<>();
    private final Map<NonceKey, Bytes32> nonces = new HashMap<>();

    boolean has(Bytes32 withdrawal) {
        return accepted.contains(withdrawal);
    }

    /** Returns the withdrawal that was accepted under this account's nonce. */
    Optional<Bytes32> underNonce(AccountId account, BigInteger nonce) {
        return Optional.ofNullable(nonces.get(new NonceKey(account, nonce)));
    }

    void accepted(AccountId account, SubmittedWithdrawal withdrawal) {
        accepted.add(withdrawal.id());
        nonces.put(new NonceKey(account, withdrawal.terms().nonce()), withdrawal.id());
    }
}
