/** Alarms, switches, metrics and readiness, one registry of each. */
@NullMarked
package io.quoin.node.ops;

import org.jspecify.annotations.NullMarked;
