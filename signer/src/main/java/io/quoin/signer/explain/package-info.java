/** What is about to be signed, in words that are made from the bytes alone. */
@org.jspecify.annotations.NullMarked
package io.quoin.signer.explain;
