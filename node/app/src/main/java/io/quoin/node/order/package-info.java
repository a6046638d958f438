/** The door that a signed order comes through. */
@NullMarked
package io.quoin.node.order;

import org.jspecify.annotations.NullMarked;
