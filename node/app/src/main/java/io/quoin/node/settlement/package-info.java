/** An escrow's life: its states, its transitions, and the work that carries it along. */
@NullMarked
package io.quoin.node.settlement;

import org.jspecify.annotations.NullMarked;
