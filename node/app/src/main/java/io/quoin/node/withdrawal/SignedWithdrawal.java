package io.quoin.node.withdrawal;

import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.terms.WithdrawalTerms;

/**
 * A trader's word that an amount is to leave.
 *
 * @param terms what was signed
 * @param signature the trader's
 */
public record SignedWithdrawal(WithdrawalTerms terms, EvmSignature signature) {}
