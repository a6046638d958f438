package io.quoin.chain.evm;

import io.quoin.contracts.IEscrowVault;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.evm.Wei;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Function;
import org.web3j.utils.Numeric;
import tools.jackson.databind.JsonNode;

/**
 * The few questions that the adapter asks of an Ethereum node (EIP-1474), each with an answer of a proper type.
 * Throws {@link RpcErrorException} and {@link io.quoin.chain.ChainUnreachableException} as {@link JsonRpc} does.
 * Thread-safe.
 */
final class EvmRpc implements AutoCloseable {
    /** The vault's storage word that has the operator in its lowest 160 bits (VaultStorage, {@code _gate}). */
    private static final int GATE = 16;

    private static final String GATE_CALL = FunctionEncoder.encode(new Function(
            IEscrowVault.FUNC_SLOTS,
            List.of(new DynamicArray<>(
                    org.web3j.abi.datatypes.generated.Bytes32.class,
                    List.of(new org.web3j.abi.datatypes.generated.Bytes32(
                            Numeric.toBytesPadded(BigInteger.valueOf(GATE), Bytes32.ZERO.bytes().length))))),
            List.of()));

    /** An array of one word, as the ABI has it. */
    private static final String ONE_WORD = "0x" + "0".repeat(62) + "20" + "0".repeat(63) + "1";

    private static final int ONE_WORD_BYTES = 96;

    private final JsonRpc rpc;

    EvmRpc(EvmProfile profile) {
        this.rpc = new JsonRpc(profile);
    }

    long chainId() {
        return answer("eth_chainId").number();
    }

    boolean hasCode(EvmAddress contract) {
        return answer("eth_getCode", contract.hex(), "latest").hex().size() > 0;
    }

    /** Whom the vault at that address obeys, or empty when what is there is no vault. */
    Optional<EvmAddress> operator(EvmAddress vault) {
        try {
            Hex word = answer("eth_call", Map.of("to", vault.hex(), "data", GATE_CALL), "latest")
                    .hex();
            return word.size() == ONE_WORD_BYTES && word.text().startsWith(ONE_WORD)
                    ? Optional.of(new EvmAddress(
                            "0x" + word.text().substring(word.text().length() - 40)))
                    : Optional.empty();
        } catch (RpcErrorException error) {
            if (error.reverted().isEmpty()) {
                throw error;
            }
            return Optional.empty();
        }
    }

    /** The newest block. */
    BlockHeader head() {
        return header(answer("eth_getBlockByNumber", "latest", false));
    }

    /** The block of that height, or empty when the chain is not that long. */
    Optional<BlockHeader> header(long height) {
        RpcAnswer answer = answer("eth_getBlockByNumber", quantity(height), false);
        return answer.isNull() ? Optional.empty() : Optional.of(header(answer));
    }

    /** All logs of a contract in the blocks {@code from} to {@code to}, both included. */
    List<VaultLog> logs(EvmAddress contract, long from, long to) {
        Map<String, String> filter =
                Map.of("address", contract.hex(), "fromBlock", quantity(from), "toBlock", quantity(to));
        List<VaultLog> logs = new ArrayList<>();
        for (RpcAnswer log : answer("eth_getLogs", filter).elements()) {
            logs.add(log(log));
        }
        return logs;
    }

    /** The receipt, or empty when the transaction is not mined. */
    Optional<TxReceipt> receipt(Bytes32 txHash) {
        RpcAnswer answer = answer("eth_getTransactionReceipt", txHash.hex());
        return answer.isNull() ? Optional.empty() : Optional.of(receipt(answer));
    }

    /** Whether the node has the transaction, mined or waiting. */
    boolean knows(Bytes32 txHash) {
        return !answer("eth_getTransactionByHash", txHash.hex()).isNull();
    }

    /** The mined transaction of that hash, or empty when the node does not have it. */
    Optional<VaultTransaction> transaction(Bytes32 txHash) {
        RpcAnswer answer = answer("eth_getTransactionByHash", txHash.hex());
        return answer.isNull()
                ? Optional.empty()
                : Optional.of(new VaultTransaction(
                        answer.member("hash").bytes32(),
                        answer.member("blockHash").bytes32(),
                        answer.member("to").address(),
                        answer.member("input").hex()));
    }

    /** Simulates a call at {@code block}: a tag or {@link #quantity}. */
    CallOutcome call(EvmAddress from, EvmAddress to, Hex data, String block) {
        try {
            answer("eth_call", transaction(from, to, data), block);
            return new CallOutcome.Returned();
        } catch (RpcErrorException error) {
            Optional<Hex> reverted = error.reverted();
            if (reverted.isEmpty()) {
                throw error;
            }
            return new CallOutcome.Reverted(reverted.get(), error.rpcMessage());
        }
    }

    long estimateGas(EvmAddress from, EvmAddress to, Hex data) {
        return answer("eth_estimateGas", transaction(from, to, data)).number();
    }

    /** The number of the account's mined transactions: its next nonce when none waits. */
    EvmNonce minedTransactions(EvmAddress account) {
        return new EvmNonce(
                answer("eth_getTransactionCount", account.hex(), "latest").number());
    }

    /** The number of the account's transactions in that block and all before it. */
    EvmNonce minedTransactions(EvmAddress account, long height) {
        return new EvmNonce(answer("eth_getTransactionCount", account.hex(), quantity(height))
                .number());
    }

    /** The base fee of the block after the newest. */
    Wei nextBaseFee() {
        List<RpcAnswer> fees = answer("eth_feeHistory", "0x1", "latest", List.of())
                .member("baseFeePerGas")
                .elements();
        if (fees.isEmpty()) {
            throw rpc.nonsense("eth_feeHistory", "no base fee");
        }
        return fees.getLast().wei();
    }

    /** Hands signed bytes to the node, which answers with their hash. */
    Bytes32 send(Hex rawTransaction) {
        return answer("eth_sendRawTransaction", rawTransaction.text()).bytes32();
    }

    @Override
    public void close() {
        rpc.close();
    }

    static String quantity(long value) {
        return "0x" + Long.toHexString(value);
    }

    private RpcAnswer answer(String method, Object... parameters) {
        JsonNode node = rpc.ask(method, parameters);
        return new RpcAnswer(node, why -> rpc.nonsense(method, why));
    }

    private static Map<String, String> transaction(EvmAddress from, EvmAddress to, Hex data) {
        return Map.of("from", from.hex(), "to", to.hex(), "data", data.text());
    }

    private static BlockHeader header(RpcAnswer block) {
        return new BlockHeader(
                block.member("number").number(),
                block.member("hash").bytes32(),
                block.member("parentHash").bytes32(),
                Instant.ofEpochSecond(block.member("timestamp").number()));
    }

    private static VaultLog log(RpcAnswer log) {
        List<Bytes32> topics = new ArrayList<>();
        for (RpcAnswer topic : log.member("topics").elements()) {
            topics.add(topic.bytes32());
        }
        return new VaultLog(
                log.member("address").address(),
                topics,
                log.member("data").hex(),
                log.member("blockNumber").number(),
                log.member("blockHash").bytes32(),
                log.member("transactionHash").bytes32(),
                log.member("transactionIndex").index(),
                log.member("logIndex").index());
    }

    private static TxReceipt receipt(RpcAnswer receipt) {
        return new TxReceipt(
                receipt.member("transactionHash").bytes32(),
                receipt.member("blockNumber").number(),
                receipt.member("blockHash").bytes32(),
                receipt.member("transactionIndex").index(),
                receipt.member("status").number() == 1,
                receipt.member("gasUsed").number(),
                receipt.member("effectiveGasPrice").wei());
    }
}
