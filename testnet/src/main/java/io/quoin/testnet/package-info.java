/** Local chains: started and stopped as a library, by a JUnit extension, and as a detached testnet with a manifest. */
@NullMarked
package io.quoin.testnet;

import org.jspecify.annotations.NullMarked;
