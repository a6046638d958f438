/** The node: its wiring and its configuration. */
@NullMarked
package io.quoin.node;

import org.jspecify.annotations.NullMarked;
