/** Keys derived from one seed: BIP-39 words, BIP-32 derivation, BIP-44 paths. */
@org.jspecify.annotations.NullMarked
package io.quoin.signer.keys.hd;
