/** One interface to every chain: actions in, final events out, from a persisted cursor. */
@org.jspecify.annotations.NullMarked
package io.quoin.chain;
