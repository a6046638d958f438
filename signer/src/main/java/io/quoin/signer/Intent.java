package io.quoin.signer;

/** What a request wants to achieve, in types; the signer rebuilds the payload from it and compares byte for byte. */
public sealed interface Intent permits EvmEscrowCall {}
