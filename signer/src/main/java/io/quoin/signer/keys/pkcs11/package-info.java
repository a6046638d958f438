/**
 * Keys in a token behind a PKCS#11 module (an HSM, a smart card, SoftHSM2), by direct calls of the module;
 * docs/adr/0013-pkcs11-by-direct-calls.md says why.
 */
@org.jspecify.annotations.NullMarked
package io.quoin.signer.keys.pkcs11;
