package io.quoin.chain;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Wei;
import java.math.BigInteger;
import java.util.Optional;

/** What happened on a chain, or to an action; delivered only when final, in chain order. */
public sealed interface ChainEvent {
    /**
     * A trader's balance in the vault grew.
     *
     * @param at the log's place
     * @param account whose balance
     * @param token of which token
     * @param amount base units, positive
     */
    record Deposited(EventPosition at, EvmAddress account, EvmAddress token, BigInteger amount) implements ChainEvent {}

    /**
     * A trader took balance out of the vault.
     *
     * @param at the log's place
     * @param account whose balance
     * @param token of which token
     * @param amount base units, positive
     */
    record Withdrawn(EventPosition at, EvmAddress account, EvmAddress token, BigInteger amount) implements ChainEvent {}

    /**
     * Both legs of a fill were locked.
     *
     * @param at the log's place
     * @param escrowId the escrow
     * @param buyer who pays quote
     * @param seller who pays base
     * @param buyOrder the buy order's id
     * @param sellOrder the sell order's id
     * @param base the base token
     * @param quote the quote token
     * @param baseAmount base units of base
     * @param quoteAmount base units of quote
     * @param deadlineSeconds Unix seconds from which release is refused and refund allowed
     */
    record Locked(
            EventPosition at,
            Bytes32 escrowId,
            EvmAddress buyer,
            EvmAddress seller,
            Bytes32 buyOrder,
            Bytes32 sellOrder,
            EvmAddress base,
            EvmAddress quote,
            BigInteger baseAmount,
            BigInteger quoteAmount,
            long deadlineSeconds)
            implements ChainEvent {}

    /**
     * Each leg went to the other side.
     *
     * @param at the log's place
     * @param escrowId the escrow
     */
    record Released(EventPosition at, Bytes32 escrowId) implements ChainEvent {}

    /**
     * Each leg went back to who locked it.
     *
     * @param at the log's place
     * @param escrowId the escrow
     */
    record Refunded(EventPosition at, Bytes32 escrowId) implements ChainEvent {}

    /**
     * An action's transaction succeeded and is final; comes after the events of that same transaction.
     *
     * @param at the transaction's place
     * @param action the action
     * @param gasUsed gas units
     * @param effectiveGasPrice what each gas unit cost
     */
    record ActionMined(TransactionPosition at, ActionId action, long gasUsed, Wei effectiveGasPrice)
            implements ChainEvent {}

    /**
     * An action came to nothing and ended; nothing of it can still happen on chain.
     *
     * @param action the action
     * @param txHash the transaction, when one was mined and reverted; it is final
     * @param reason a decoded contract error, why nothing was signed, or that a transaction of somebody else took the
     *     nonce; without secrets
     * @param retryable whether the same intent, under a new action id, may succeed: true when the chain changed
     *     between simulation and mining or the nonce was taken, false when it was refused before anything was sent
     */
    record ActionFailed(ActionId action, Optional<Bytes32> txHash, String reason, boolean retryable)
            implements ChainEvent {}
}
