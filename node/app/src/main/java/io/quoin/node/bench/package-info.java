/** Benchmarks: each measures against stated bars and says plainly when it falls short. */
@NullMarked
package io.quoin.node.bench;

import org.jspecify.annotations.NullMarked;
