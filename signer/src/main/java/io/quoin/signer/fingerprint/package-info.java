/** One way to turn a record of facts into bytes and their hash, so that two records with one hash are one record. */
@org.jspecify.annotations.NullMarked
package io.quoin.signer.fingerprint;
