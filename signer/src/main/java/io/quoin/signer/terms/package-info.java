/** What a trader signs (EIP-712) and the canonical calldata of the escrow vault that follows from it. */
@org.jspecify.annotations.NullMarked
package io.quoin.signer.terms;
