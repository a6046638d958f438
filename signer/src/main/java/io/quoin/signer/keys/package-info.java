/**
 * Private keys and where they live: one {@link io.quoin.signer.keys.SigningKey} over any
 * {@link io.quoin.signer.keys.KeyProvider}. Only the signing pipeline can make the
 * {@link io.quoin.signer.keys.CheckedDigest} that a key signs.
 */
@org.jspecify.annotations.NullMarked
package io.quoin.signer.keys;
