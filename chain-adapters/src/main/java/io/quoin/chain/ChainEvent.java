package io.quoin.chain;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Wei;
import io.quoin.signer.terms.BatchSeal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What happened on a chain, or to an action; delivered only when final, in chain order. Fills skipped come before those
 * locked of their batch.
 */
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
     * Both legs of a fill were locked. Read from the transaction's input and checked against the root that the vault
     * published; all fills of a batch have one place, {@code index} tells them apart.
     *
     * @param at the place of the batch's log
     * @param marketId the market's id in the vault
     * @param seq the number of the batch in its market
     * @param index of the fill in the batch, from 0
     * @param buyer who pays quote
     * @param seller who pays base
     * @param buyOrder the buy order's id
     * @param sellOrder the sell order's id
     * @param base the base token
     * @param quote the quote token
     * @param baseAmount base units of base
     * @param payAmount base units of quote that the buyer pays, his fee included
     * @param getAmount base units of quote that the seller gets, his fee deducted
     * @param deadlineSeconds Unix seconds from which release is refused and refund allowed
     * @param seal what the vault must be told to end the batch
     */
    record Locked(
            EventPosition at,
            Bytes32 marketId,
            long seq,
            int index,
            EvmAddress buyer,
            EvmAddress seller,
            Bytes32 buyOrder,
            Bytes32 sellOrder,
            EvmAddress base,
            EvmAddress quote,
            BigInteger baseAmount,
            BigInteger payAmount,
            BigInteger getAmount,
            long deadlineSeconds,
            BatchSeal seal)
            implements ChainEvent {}

    /**
     * A fill of a batch was left out: it did not happen and never will.
     *
     * @param at the log's place
     * @param marketId the market's id in the vault
     * @param seq the number of the batch in its market
     * @param index of the fill in the batch, from 0
     * @param buyOrder the buy order's id
     * @param sellOrder the sell order's id
     * @param reason 1 expired, 2 nonce used or cancelled, 3 the wallet's refusal, 4 leaving, 5 short, 6 overfilled
     */
    record FillSkipped(
            EventPosition at, Bytes32 marketId, long seq, int index, Bytes32 buyOrder, Bytes32 sellOrder, int reason)
            implements ChainEvent {}

    /**
     * Each leg of each fill still in the batch went to the other side.
     *
     * @param at the log's place
     * @param marketId the market's id in the vault
     * @param seq the number of the batch in its market
     */
    record Released(EventPosition at, Bytes32 marketId, long seq) implements ChainEvent {}

    /**
     * Each leg of each fill still in the batch went back to who locked it.
     *
     * @param at the log's place
     * @param marketId the market's id in the vault
     * @param seq the number of the batch in its market
     */
    record Refunded(EventPosition at, Bytes32 marketId, long seq) implements ChainEvent {}

    /**
     * One fill was settled by itself.
     *
     * @param at the log's place
     * @param marketId the market's id in the vault
     * @param seq the number of the batch in its market
     * @param index of the fill in the batch, from 0
     * @param outcome 1 released, 2 refunded, 3 moved to an escrow of its own
     */
    record FillClosed(EventPosition at, Bytes32 marketId, long seq, int index, int outcome) implements ChainEvent {}

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
