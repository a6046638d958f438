package io.quoin.testnet;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** Sends a development account's transactions one nonce after the other, without waiting for each to be mined. */
final class DevSender {
    private static final BigInteger TIP = BigInteger.valueOf(1_000_000_000);
    private static final Duration RECEIPT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Web3j web3j;
    private final Credentials credentials;
    private final BigInteger feeMax;
    private BigInteger nonce;

    DevSender(Web3j web3j, DevAccount account) {
        this.web3j = web3j;
        this.credentials = account.credentials();
        this.nonce = JsonRpc.call(web3j.ethGetTransactionCount(account.address(), DefaultBlockParameterName.PENDING))
                .getTransactionCount();
        BigInteger baseFee = JsonRpc.call(web3j.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false))
                .getBlock()
                .getBaseFeePerGas();
        this.feeMax = baseFee.multiply(BigInteger.TWO).add(TIP);
    }

    /** The nonce of the next transaction. */
    BigInteger nonce() {
        return nonce;
    }

    /**
     * Sends a transaction and returns its hash.
     *
     * @param to the receiver; an empty string makes a contract
     * @param gas the gas limit
     */
    String send(String to, BigInteger wei, String data, long gas) {
        RawTransaction transaction = RawTransaction.createTransaction(
                LocalChain.CHAIN_ID, nonce, BigInteger.valueOf(gas), to, wei, data, TIP, feeMax);
        byte[] signed = TransactionEncoder.signMessage(transaction, credentials);
        String hash = JsonRpc.call(web3j.ethSendRawTransaction(Numeric.toHexString(signed)))
                .getTransactionHash();
        nonce = nonce.add(BigInteger.ONE);
        return hash;
    }

    /**
     * Waits until a transaction is mined.
     *
     * @throws TestnetException if it reverted, or no block takes it
     */
    TransactionReceipt await(String hash) {
        long deadline = System.nanoTime() + RECEIPT_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<TransactionReceipt> receipt =
                    JsonRpc.call(web3j.ethGetTransactionReceipt(hash)).getTransactionReceipt();
            if (receipt.isPresent()) {
                return succeeded(receipt.get());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        throw new TestnetException("Transaction %s is in no block after %d s. Does the chain mine?"
                .formatted(hash, RECEIPT_TIMEOUT.toSeconds()));
    }

    private static TransactionReceipt succeeded(TransactionReceipt receipt) {
        if (!receipt.isStatusOK()) {
            throw new TestnetException("Transaction %s reverted in block %s (gas used %s)."
                    .formatted(receipt.getTransactionHash(), receipt.getBlockNumber(), receipt.getGasUsed()));
        }
        return receipt;
    }
}
