/** Double-entry book keeping of what the chain says. */
@NullMarked
package io.quoin.node.ledger;

import org.jspecify.annotations.NullMarked;
