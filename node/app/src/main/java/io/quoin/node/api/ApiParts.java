package io.quoin.node.api;

import io.quoin.chain.ChainAdapter;
import io.quoin.node.market.Markets;
import io.quoin.node.ops.Operations;
import io.quoin.node.ops.Readiness;
import io.quoin.node.ops.Switches;
import io.quoin.node.query.Queries;
import io.quoin.node.sequencer.Sequencer;
import io.quoin.node.withdrawal.CoSigning;
import io.quoin.signer.terms.VaultDomain;
import java.time.Clock;

/**
 * What the API stands on.
 *
 * @param vault where the escrows lie
 * @param markets the markets
 * @param coSigning the operator's signatures under withdrawals
 * @param sequencer where commands go
 * @param queries where reads go
 * @param switches what an operator has stopped
 * @param chain the chain
 * @param confirmations how deep a final block is
 * @param readiness whether the parts serve
 * @param operations alarms and metrics
 * @param clock the time
 */
public record ApiParts(
        VaultDomain vault,
        Markets markets,
        CoSigning coSigning,
        Sequencer sequencer,
        Queries queries,
        Switches switches,
        ChainAdapter chain,
        int confirmations,
        Readiness readiness,
        Operations operations,
        Clock clock) {}
