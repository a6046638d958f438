@org.jspecify.annotations.NullMarked
package io.quoin.signer.explain;
