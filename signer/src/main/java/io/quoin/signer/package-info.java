/** What may be signed and by which key: typed requests in, a signed transaction or a refusal out. */
@org.jspecify.annotations.NullMarked
package io.quoin.signer;
