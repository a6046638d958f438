/**
 * The demonstration: a chain, a database and a node of its own, and two traders outside the node who settle a trade
 * and count afterwards. Nothing in it is simulated.
 */
@NullMarked
package io.quoin.node.demo;

import org.jspecify.annotations.NullMarked;
