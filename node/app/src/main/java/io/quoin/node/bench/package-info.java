/**
 * Benchmarks, each of which measures against stated bars and says plainly when it falls short; and proofs, which are
 * tests that take too long for every build.
 */
@NullMarked
package io.quoin.node.bench;

import org.jspecify.annotations.NullMarked;
