package io.quoin.chain.evm;

import io.quoin.chain.ChainUnreachableException;
import io.quoin.chain.PendingAction;
import io.quoin.signer.EvmEscrowCall;
import io.quoin.signer.Intent;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.terms.VaultCalldata;

/** Runs vault calls on the node without sending them. Calldata comes from the signer's module only (R14). */
final class Simulator {
    private final EvmRpc rpc;

    Simulator(EvmRpc rpc) {
        this.rpc = rpc;
    }

    /** The calldata of an intent. */
    static Hex calldata(Intent intent) {
        return switch (intent) {
            case EvmEscrowCall call -> Hex.of(VaultCalldata.encode(call.call()));
        };
    }

    /** The contract that an intent calls. */
    static EvmAddress callee(Intent intent) {
        return switch (intent) {
            case EvmEscrowCall call -> call.vault().vault();
        };
    }

    /** How the call would end now, after what already waits to be mined. */
    CallOutcome simulate(EvmAddress sender, Intent intent) {
        return rpc.call(sender, callee(intent), calldata(intent), "pending");
    }

    /** The gas that the call would take now. */
    long estimateGas(EvmAddress sender, Intent intent) {
        return rpc.estimateGas(sender, callee(intent), calldata(intent));
    }

    /** Why a mined transaction reverted, as far as the state of the block before it still tells. */
    String whyReverted(PendingAction pending, TxReceipt receipt) {
        Intent intent = pending.action().intent();
        String before = EvmRpc.quantity(Math.max(0, receipt.height() - 1));
        try {
            return switch (rpc.call(pending.sender(), callee(intent), calldata(intent), before)) {
                case CallOutcome.Reverted reverted -> RevertReasons.of(reverted);
                case CallOutcome.Returned() ->
                    "reverted when mined in block " + receipt.height()
                            + ", though not in the state of the block before; gas used " + receipt.gasUsed();
            };
        } catch (RpcErrorException | ChainUnreachableException unknown) {
            return "reverted when mined in block " + receipt.height() + "; the reason cannot be read any more";
        }
    }
}
