package io.quoin.chain.vault;

import io.quoin.contracts.EscrowVault;
import io.quoin.contracts.IEscrowVault;
import io.quoin.contracts.IVaultCases;
import io.quoin.contracts.IVaultSingles;
import io.quoin.contracts.TestToken;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.LocalChain;
import java.lang.reflect.Field;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.web3j.abi.CustomErrorEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.CustomError;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.ContractUtils;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.utils.Numeric;
import tools.jackson.databind.JsonNode;

/** A vault on a local chain on which every transaction has a block of its own, at the second that the test says. */
final class VaultChain implements AutoCloseable {
    /** What became of a transaction; {@code refusal} is the name of the error, or empty when it succeeded. */
    record Sent(Optional<String> refusal, long time, List<Log> logs) {}

    private static final int SELECTOR = 10;
    private static final BigInteger GAS = BigInteger.valueOf(6_000_000);
    private static final BigInteger TIP = BigInteger.valueOf(1_000_000_000L);
    private static final BigInteger FEE = BigInteger.valueOf(100_000_000_000L);

    /** Names by selector. The bindings have a constant for each error, and no list of them. */
    private static final Map<String, String> ERRORS = Stream.of(
                    IEscrowVault.class, IVaultCases.class, IVaultSingles.class, TestToken.class)
            .flatMap(binding -> Arrays.stream(binding.getFields()))
            .filter(field -> field.getType() == CustomError.class)
            .map(VaultChain::error)
            .collect(Collectors.toMap(VaultChain::selector, CustomError::getName, (one, same) -> one));

    final Deployment deployment;
    final String vault;
    private final ChainClient client;
    private final Map<String, Long> nonces = new HashMap<>();
    private long time;

    VaultChain(LocalChain chain, Deployment deployment) {
        this.deployment = deployment;
        this.vault = deployment.vault();
        this.client = new ChainClient(chain.rpcUrl());
        client.ask("evm_setIntervalMining", 0);
        client.ask("evm_setAutomine", true);
        this.time = number(client.ask("eth_getBlockByNumber", "latest", false).path("timestamp"));
    }

    /** The time of the newest block. */
    long time() {
        return time;
    }

    /** The next transaction comes so much later. */
    void pass(long seconds) {
        time += seconds;
    }

    ChainClient client() {
        return client;
    }

    /** Another vault with the same code behind it and empty books. */
    String anotherVault(Credentials payer) {
        String code = EscrowVault.BINARY
                + FunctionEncoder.encodeConstructor(
                        List.of(new Address(deployment.till()), new Uint256(deployment.exitDelaySeconds())));
        String address = ContractUtils.generateContractAddress(
                payer.getAddress(), BigInteger.valueOf(nonceOf(payer.getAddress())));
        Sent sent = send(payer, "", code);
        if (sent.refusal().isPresent()) {
            throw new IllegalStateException("the other vault cannot be made: " + sent);
        }
        return address;
    }

    /** Gives an account ether. */
    void endow(EvmAddress account) {
        client.ask("hardhat_setBalance", account.hex(), "0x56bc75e2d63100000");
    }

    /** Calls the vault. */
    Sent call(Credentials sender, String function, Type<?>... arguments) {
        return send(sender, vault, encode(function, arguments));
    }

    /** Sends a transaction and returns when it is mined, one second after the newest block. */
    Sent send(Credentials sender, String to, String data) {
        time++;
        client.ask("evm_setNextBlockTimestamp", time);
        String from = sender.getAddress();
        long nonce = nonceOf(from);
        RawTransaction transaction = RawTransaction.createTransaction(
                deployment.chainId(), BigInteger.valueOf(nonce), GAS, to, BigInteger.ZERO, data, TIP, FEE);
        byte[] signed = TransactionEncoder.signMessage(transaction, sender);
        // Hardhat answers with an error for a transaction that reverts, and mines it all the same.
        client.answer("eth_sendRawTransaction", Numeric.toHexString(signed));
        String hash = Numeric.toHexString(Hash.sha3(signed));
        nonces.put(from, nonce + 1);
        JsonNode receipt = receipt(hash);
        boolean done = number(receipt.path("status")) == 1;
        Optional<String> refusal = done
                ? Optional.empty()
                : Optional.of(reason(from, to, data, receipt.path("blockNumber").asString()));
        return new Sent(refusal, time, logs(receipt));
    }

    @SuppressWarnings("rawtypes") // as web3j's encoder has them
    static String encode(String function, Type<?>... arguments) {
        return FunctionEncoder.encode(new Function(function, List.<Type>copyOf(Arrays.asList(arguments)), List.of()));
    }

    static Log log(JsonNode node) {
        Log log = new Log();
        log.setAddress(node.path("address").asString());
        log.setData(node.path("data").asString());
        log.setTransactionHash(node.path("transactionHash").asString());
        List<String> topics = new ArrayList<>();
        node.path("topics").forEach(topic -> topics.add(topic.asString()));
        log.setTopics(topics);
        return log;
    }

    static long number(JsonNode quantity) {
        return Numeric.decodeQuantity(quantity.asString()).longValueExact();
    }

    @Override
    public void close() {
        client.close();
    }

    private long nonceOf(String account) {
        return nonces.computeIfAbsent(account, one -> number(client.ask("eth_getTransactionCount", one, "latest")));
    }

    private JsonNode receipt(String hash) {
        JsonNode receipt = client.ask("eth_getTransactionReceipt", hash);
        for (int tries = 0; receipt.isNull() && tries < 1_000; tries++) {
            Thread.onSpinWait();
            receipt = client.ask("eth_getTransactionReceipt", hash);
        }
        if (receipt.isNull()) {
            throw new IllegalStateException("the chain did not mine " + hash);
        }
        return receipt;
    }

    /** The block has this one transaction, which changed nothing: so the same call in the same block says why. */
    private String reason(String from, String to, String data, String block) {
        JsonNode error = client.answer("eth_call", Map.of("from", from, "to", to, "data", data), block)
                .path("error");
        JsonNode found = error.path("data");
        String bytes = found.isString() ? found.asString() : found.path("data").asString("");
        String name = bytes.length() < SELECTOR ? null : ERRORS.get(bytes.substring(0, SELECTOR));
        return name == null ? "unknown: " + error : name;
    }

    private static List<Log> logs(JsonNode receipt) {
        List<Log> logs = new ArrayList<>();
        receipt.path("logs").forEach(node -> logs.add(log(node)));
        return logs;
    }

    private static String selector(CustomError error) {
        return CustomErrorEncoder.encode(error).substring(0, SELECTOR);
    }

    private static CustomError error(Field field) {
        try {
            return (CustomError) field.get(null);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("the bindings' constants are public", impossible);
        }
    }
}
