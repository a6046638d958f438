/** Values of an EVM chain: addresses, words, signatures, amounts and EIP-1559 transactions. */
@org.jspecify.annotations.NullMarked
package io.quoin.signer.evm;
