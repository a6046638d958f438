/** Markets and assets, and the one place where decimals, base units, ticks and lots meet. */
@NullMarked
package io.quoin.node.market;

import org.jspecify.annotations.NullMarked;
