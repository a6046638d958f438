package io.quoin.signer;

/**
 * What a signature beside a transaction shall allow, in types; the signer makes the digest from it. No method takes a
 * bare hash.
 */
public sealed interface CosignIntent permits WithdrawalCosign {}
