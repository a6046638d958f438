package io.quoin.testnet;

import java.io.IOException;
import java.net.URI;
import java.util.function.Function;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.http.HttpService;

/** JSON-RPC to a local chain. */
final class JsonRpc {
    private JsonRpc() {}

    /** Whether a chain with this id answers at the URL. */
    static boolean answers(URI rpcUrl, long chainId) {
        return use(rpcUrl, web3j -> answers(web3j, chainId));
    }

    /** Whether a chain with this id answers. */
    static boolean answers(Web3j web3j, long chainId) {
        try {
            var reply = web3j.ethChainId().send();
            return !reply.hasError() && reply.getChainId().longValueExact() == chainId;
        } catch (IOException | ArithmeticException e) {
            return false;
        }
    }

    /** Whether a contract stands at the address, in the newest block. */
    static boolean hasCode(URI rpcUrl, String address) {
        return use(
                rpcUrl,
                web3j -> call(web3j.ethGetCode(address, DefaultBlockParameterName.LATEST))
                                .getCode()
                                .length()
                        > "0x".length());
    }

    /** Gives a client to {@code work} and shuts it down afterwards. */
    static <T> T use(URI rpcUrl, Function<Web3j, T> work) {
        Web3j web3j = Web3j.build(new HttpService(rpcUrl.toString()));
        try {
            return work.apply(web3j);
        } finally {
            web3j.shutdown();
        }
    }

    /** Sends a request; an error in the reply or on the way is an exception. */
    static <T extends Response<?>> T call(Request<?, T> request) {
        T reply;
        try {
            reply = request.send();
        } catch (IOException e) {
            throw new TestnetException(
                    "%s got no reply: %s. Is the chain still running?".formatted(request.getMethod(), e.getMessage()),
                    e);
        }
        if (reply.hasError()) {
            throw new TestnetException("%s was refused by the chain: %s"
                    .formatted(request.getMethod(), reply.getError().getMessage()));
        }
        return reply;
    }
}
