/** The adapter of EVM chains, on JSON-RPC. */
@org.jspecify.annotations.NullMarked
package io.quoin.chain.evm;
