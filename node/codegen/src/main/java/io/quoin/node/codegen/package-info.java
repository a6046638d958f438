/** Runs in the build: makes the typed tables of the database from its migrations. */
@NullMarked
package io.quoin.node.codegen;

import org.jspecify.annotations.NullMarked;
