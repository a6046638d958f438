/** The public HTTP API. */
@NullMarked
package io.quoin.node.api;

import org.jspecify.annotations.NullMarked;
