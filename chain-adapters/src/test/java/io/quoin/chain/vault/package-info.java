/** The vault beside a slow model of it, on a live chain, and its history read back from the chain alone. */
@org.jspecify.annotations.NullMarked
package io.quoin.chain.vault;
