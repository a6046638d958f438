/** What a node on a local test chain needs besides the node: an operator's key and a description of the chain. */
@NullMarked
package io.quoin.node.local;

import org.jspecify.annotations.NullMarked;
