/**
 * A trader who stands outside the node: its public HTTP API and the chain's JSON-RPC are all that he uses, with his
 * own key. Nothing of Quoin's own code is used here, so that what he signs and counts is an independent check of it.
 */
@NullMarked
package io.quoin.node.demo.trader;

import org.jspecify.annotations.NullMarked;
