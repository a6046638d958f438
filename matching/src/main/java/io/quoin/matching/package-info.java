/** The deterministic matching engine: commands in, events out. */
@NullMarked
package io.quoin.matching;

import org.jspecify.annotations.NullMarked;
