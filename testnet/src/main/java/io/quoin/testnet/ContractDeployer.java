package io.quoin.testnet;

import io.quoin.contracts.EscrowVault;
import io.quoin.contracts.TestToken;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.crypto.ContractUtils;
import org.web3j.crypto.Keys;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Convert;

/** Puts the contracts on a local chain and gives out what traders need there. One call at a time. */
public final class ContractDeployer {
    private static final BigInteger OPERATOR_WEI =
            Convert.toWei("100", Convert.Unit.ETHER).toBigIntegerExact();
    private static final long DEPLOY_GAS = 5_000_000;
    private static final long CALL_GAS = 150_000;
    private static final long TRANSFER_GAS = 21_000;

    private ContractDeployer() {}

    /**
     * Deploys the vault and two test tokens, QBASE (18 decimals) and QUSD (6 decimals), and gives the operator 100
     * ether. All four transactions go out together, so it takes one block or two.
     *
     * @param operatorAddress who may lock and release
     * @throws TestnetException if the chain does not answer or refuses
     */
    public static synchronized Deployment deploy(URI rpcUrl, DevAccount deployer, String operatorAddress) {
        return JsonRpc.use(rpcUrl, web3j -> {
            DevSender sender = new DevSender(web3j, deployer);
            Pending vault =
                    make(sender, deployer, AbiCalls.deployment(EscrowVault.BINARY, new Address(operatorAddress)));
            List<PendingToken> tokens = List.of(
                    token(sender, deployer, "Quoin Test Base", "QBASE", 18),
                    token(sender, deployer, "Quoin Test Dollar", "QUSD", 6));
            String funding = sender.send(operatorAddress, OPERATOR_WEI, "", TRANSFER_GAS);

            TransactionReceipt receipt = sender.await(vault.hash());
            tokens.forEach(token -> sender.await(token.hash()));
            sender.await(funding);
            return new Deployment(
                    LocalChain.CHAIN_ID,
                    vault.address(),
                    Keys.toChecksumAddress(operatorAddress),
                    tokens.stream().map(PendingToken::token).toList(),
                    receipt.getBlockNumber().longValueExact());
        });
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

    private static PendingToken token(DevSender sender, DevAccount deployer, String name, String symbol, int decimals) {
        Pending pending = make(
                sender,
                deployer,
                AbiCalls.deployment(
                        TestToken.BINARY, new Utf8String(name), new Utf8String(symbol), new Uint8(decimals)));
        return new PendingToken(pending.hash(), new Deployment.Token(name, symbol, decimals, pending.address()));
    }

    private static Pending make(DevSender sender, DevAccount deployer, String code) {
        String address = ContractUtils.generateContractAddress(deployer.address(), sender.nonce());
        String hash = sender.send("", BigInteger.ZERO, code, DEPLOY_GAS);
        return new Pending(hash, Keys.toChecksumAddress(address));
    }

    private record Pending(String hash, String address) {}

    private record PendingToken(String hash, Deployment.Token token) {}
}
