/**
 * What was asked of the signer and what came of it, in a chain of hashes whose end a second key signs from time to time: a
 * row that is deleted, changed or moved is found, and named.
 */
@org.jspecify.annotations.NullMarked
package io.quoin.signer.audit;
