/** PostgreSQL: the node's memory. */
@NullMarked
package io.quoin.node.store;

import org.jspecify.annotations.NullMarked;
