/** How the node says no: what was wrong, what was expected, what to do. */
@NullMarked
package io.quoin.node.refusal;

import org.jspecify.annotations.NullMarked;
