@org.jspecify.annotations.NullMarked
package io.quoin.chain.evm;
