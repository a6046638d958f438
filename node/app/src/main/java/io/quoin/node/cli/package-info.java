/** The command line: one class per command, and the only place that writes to standard output. */
@NullMarked
package io.quoin.node.cli;

import org.jspecify.annotations.NullMarked;
