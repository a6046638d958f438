/** What the API shows, read from the database. */
@NullMarked
package io.quoin.node.query;

import org.jspecify.annotations.NullMarked;
