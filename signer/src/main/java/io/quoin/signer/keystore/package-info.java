/** Where keys live: encrypted files after Web3 Secret Storage v3, and the passwords that open them. */
@org.jspecify.annotations.NullMarked
package io.quoin.signer.keystore;
