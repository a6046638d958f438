package io.quoin.signer.keys;

/** A scheme that a key's provider signs with; what a provider lacks is not offered to counterparties. */
public enum KeyCapability {
    /** ECDSA over secp256k1: every EVM chain, and Bitcoin's P2WPKH and P2WSH. */
    ECDSA,
    /** BIP-340 over secp256k1: Bitcoin's Taproot. Tokens by PKCS#11 have no mechanism for it. */
    SCHNORR
}
