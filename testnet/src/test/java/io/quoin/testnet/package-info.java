@NullMarked
package io.quoin.testnet;

import org.jspecify.annotations.NullMarked;
