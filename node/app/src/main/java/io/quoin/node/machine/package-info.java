/**
 * Facts about the machine that Quoin runs on. Needs nothing but the JDK, so that the doctor can run from source
 * before anything is built.
 */
@NullMarked
package io.quoin.node.machine;

import org.jspecify.annotations.NullMarked;
