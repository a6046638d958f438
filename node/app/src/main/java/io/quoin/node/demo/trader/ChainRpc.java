package io.quoin.node.demo.trader;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.http.HttpService;
import org.web3j.utils.Numeric;

/** The chain by JSON-RPC, as any wallet reaches it. Safe to call from any thread. */
public final class ChainRpc implements AutoCloseable {
    private static final Duration RECEIPT_LIMIT = Duration.ofSeconds(60);
    private static final BigInteger TIP_WEI = BigInteger.valueOf(1_000_000_000L);

    private final URI url;
    private final Web3j web3j;

    /** Makes a client of the chain that answers JSON-RPC at a URL. */
    public ChainRpc(URI url) {
        this.url = url;
        this.web3j = Web3j.build(new HttpService(url.toString()));
    }

    /** Returns what an account holds of a token in its own wallet, in base units. */
    public BigInteger wallet(Token token, String account) {
        return number(token.address(), call("balanceOf", new Address(account)));
    }

    /** Returns a word of a contract's storage. */
    BigInteger storage(String contract, BigInteger place) {
        String word = ask(web3j.ethGetStorageAt(contract, place, DefaultBlockParameterName.LATEST))
                .getData();
        return Numeric.toBigInt(word);
    }

    /** Returns a mined transaction, or empty while it is not mined. */
    public Optional<Receipt> receipt(String tx) {
        return ask(web3j.ethGetTransactionReceipt(tx)).getTransactionReceipt().map(found -> mined(tx, found));
    }

    /**
     * Signs a call of a contract (EIP-1559), sends it, and waits until it is mined.
     *
     * @throws TraderException if it is refused or reverts
     */
    Receipt send(Credentials key, String contract, String data) {
        String from = key.getAddress();
        BigInteger gas = ask(web3j.ethEstimateGas(
                        Transaction.createFunctionCallTransaction(from, null, null, null, contract, data)))
                .getAmountUsed();
        BigInteger chainId = ask(web3j.ethChainId()).getChainId();
        RawTransaction transaction = RawTransaction.createTransaction(
                chainId.longValueExact(),
                ask(web3j.ethGetTransactionCount(from, DefaultBlockParameterName.PENDING))
                        .getTransactionCount(),
                gas.add(gas.divide(BigInteger.TEN)),
                contract,
                BigInteger.ZERO,
                data,
                TIP_WEI,
                baseFee().shiftLeft(1).add(TIP_WEI));
        String signed = Numeric.toHexString(TransactionEncoder.signMessage(transaction, key));
        String tx = ask(web3j.ethSendRawTransaction(signed)).getTransactionHash();
        return Patience.until("transaction " + tx, RECEIPT_LIMIT, () -> receipt(tx));
    }

    static String call(String name, Type<?>... arguments) {
        return FunctionEncoder.encode(new Function(name, List.of(arguments), List.of()));
    }

    @Override
    public void close() {
        web3j.shutdown();
    }

    private BigInteger baseFee() {
        return ask(web3j.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false))
                .getBlock()
                .getBaseFeePerGas();
    }

    private BigInteger number(String contract, String data) {
        String result = ask(web3j.ethCall(
                        Transaction.createEthCallTransaction(null, contract, data), DefaultBlockParameterName.LATEST))
                .getValue();
        var decoded = org.web3j.abi.FunctionReturnDecoder.decode(
                result, org.web3j.abi.Utils.convert(List.<TypeReference<?>>of(new TypeReference<Uint256>() {})));
        if (decoded.isEmpty()) {
            throw new TraderException("contract " + contract + " at " + url + " answered nothing");
        }
        return (BigInteger) decoded.getFirst().getValue();
    }

    private Receipt mined(String tx, TransactionReceipt found) {
        if (!found.isStatusOK()) {
            throw new TraderException("transaction " + tx + " was mined and reverted: " + found.getRevertReason());
        }
        return new Receipt(tx, found.getGasUsed().longValueExact());
    }

    private <T extends Response<?>> T ask(Request<?, T> request) {
        try {
            T response = request.send();
            if (response.hasError()) {
                throw new TraderException(request.getMethod() + " at " + url + " was refused: "
                        + response.getError().getMessage());
            }
            return response;
        } catch (IOException e) {
            throw new TraderException(url + " does not answer: " + e.getMessage(), e);
        }
    }
}
