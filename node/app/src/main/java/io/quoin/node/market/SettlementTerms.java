package io.quoin.node.market;

import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.SettlementMode;

/**
 * What every order of a market must state of its settlement (R1).
 *
 * @param mode how the trades settle
 * @param escrow arbiter, times, fallback and bonds
 */
public record SettlementTerms(SettlementMode mode, EscrowTerms escrow) {}
