package io.quoin.signer.terms;

import io.quoin.signer.evm.EvmAddress;
import java.math.BigInteger;
import java.util.Objects;

/**
 * A withdrawal that the operator co-signs, so that the vault pays it at once (EIP-712 type {@code Withdrawal}).
 *
 * @param account whose balance; only it can send the withdrawal
 * @param token of which token
 * @param amount base units; uint256
 * @param to who is paid
 * @param nonce good once for the account; uint256
 * @param deadlineSeconds valid while the block's time in Unix seconds is at most this
 */
public record WithdrawalTerms(
        EvmAddress account,
        EvmAddress token,
        BigInteger amount,
        EvmAddress to,
        BigInteger nonce,
        long deadlineSeconds) {
    /** Refuses a number that does not fit its signed type (deadline up to 2^63-1), with {@link IllegalArgumentException}. */
    public WithdrawalTerms {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(to, "to");
        UintRange.check("amount", amount, 256);
        UintRange.check("nonce", nonce, 256);
        UintRange.check("deadline", deadlineSeconds, 63);
    }
}
