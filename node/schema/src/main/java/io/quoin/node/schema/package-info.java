/** The database: its migrations, and the PostgreSQL that a node runs for itself when it is given no other. */
@NullMarked
package io.quoin.node.schema;

import org.jspecify.annotations.NullMarked;
