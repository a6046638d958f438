/** Chain-agnostic identifiers of chains, accounts and assets (CAIP-2, CAIP-10, CAIP-19). */
@org.jspecify.annotations.NullMarked
package io.quoin.signer.caip;
