package io.quoin.testnet;

import io.quoin.contracts.TestToken;
import java.math.BigInteger;
import java.net.URI;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.generated.Uint256;

/** Puts the contracts on a local chain and gives out what traders need there. One call at a time. */
public final class ContractDeployer {
    private static final long CALL_GAS = 150_000;
    private static final long TRANSFER_GAS = 21_000;

    private ContractDeployer() {}

    /**
     * Deploys the vault with its registry, and two test tokens, QBASE (18 decimals) and QUSD (6 decimals) with a market
     * of lots of 0.001 QBASE and 0.00001 QUSD, and gives the operator 100 ether. All transactions go out together and
     * fit one block, so it takes one or two.
     *
     * <p>The registry's admin is the deployer, so that a local chain can be changed at once; elsewhere it is a timelock
     * with a delay longer than the exit delay, which is an hour here.
     *
     * @param operatorAddress who may lock and release
     * @throws TestnetException if the chain does not answer or refuses
     */
    public static synchronized Deployment deploy(URI rpcUrl, DevAccount deployer, String operatorAddress) {
        return JsonRpc.use(
                rpcUrl, web3j -> new VaultDeployment(new DevSender(web3j, deployer), deployer, operatorAddress).run());
    }

    /**
     * Mints test tokens and waits until they are there.
     *
     * @param token address of a test token
     * @param amount base units
     */
    public static synchronized void fund(URI rpcUrl, String token, String to, BigInteger amount) {
        String data = AbiCalls.call(TestToken.FUNC_MINT, new Address(to), new Uint256(amount));
        sendAndAwait(rpcUrl, token, BigInteger.ZERO, data, CALL_GAS);
    }

    /** Gives ether, in wei, from the first development account and waits until it is there. */
    public static synchronized void fundEther(URI rpcUrl, String to, BigInteger wei) {
        sendAndAwait(rpcUrl, to, wei, "", TRANSFER_GAS);
    }

    private static void sendAndAwait(URI rpcUrl, String to, BigInteger wei, String data, long gas) {
        JsonRpc.use(rpcUrl, web3j -> {
            DevSender sender = new DevSender(web3j, DevAccount.all().getFirst());
            return sender.await(sender.send(to, wei, data, gas));
        });
    }
}
