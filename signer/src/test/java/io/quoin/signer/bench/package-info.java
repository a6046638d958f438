/** What a signature costs: {@code ./quoin bench signing}. */
@org.jspecify.annotations.NullMarked
package io.quoin.signer.bench;
