/** Commands in one order, logged before they are acknowledged, and the engine behind them. */
@NullMarked
package io.quoin.node.sequencer;

import org.jspecify.annotations.NullMarked;
