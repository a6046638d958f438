/**
 * What was signed for which slot: a nonce, an outpoint, an escrow's outcome, a numbered message. A slot is taken, and the
 * taking is on disk, before anything is signed for it (R9, R14).
 */
@org.jspecify.annotations.NullMarked
package io.quoin.signer.journal;
