/** The matching benchmark: one seeded stream of commands, replayed by every engine, which must all say the same. */
@NullMarked
package io.quoin.matching.bench;

import org.jspecify.annotations.NullMarked;
