package io.quoin.testnet;

import io.quoin.contracts.EscrowVault;
import io.quoin.contracts.RegistryProxy;
import io.quoin.contracts.TestToken;
import io.quoin.contracts.VaultCases;
import io.quoin.contracts.VaultLens;
import io.quoin.contracts.VaultRegistry;
import io.quoin.contracts.VaultTill;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.crypto.ContractUtils;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.utils.Convert;
import org.web3j.utils.Numeric;

/**
 * One run of {@link ContractDeployer#deploy}. A contract's address follows from the nonce that makes it, so every
 * transaction is sent before the first is mined. Used once.
 */
final class VaultDeployment {
    private static final BigInteger OPERATOR_WEI =
            Convert.toWei("100", Convert.Unit.ETHER).toBigIntegerExact();
    private static final long EXIT_DELAY_SECONDS = 3_600;
    private static final long ARBITER_ID = 1;
    private static final int ARBITER_ACCOUNT = 7;
    private static final int PAUSER_ACCOUNT = 8;

    /** What the node's market trades in: 0.001 QBASE, and a price step of 0.01 QUSD for one QBASE. */
    private static final BigInteger BASE_LOT = BigInteger.TEN.pow(15);

    private static final BigInteger QUOTE_LOT = BigInteger.TEN;

    /** Together below the 30 million of one block; code costs 200 for a byte, and its transport up to 16. */
    private static final long DEPLOY_GAS_PER_BYTE = 220;

    private static final long DEPLOY_GAS = 300_000;
    private static final long CALL_GAS = 150_000;
    private static final long TRANSFER_GAS = 21_000;

    private final DevSender sender;
    private final DevAccount deployer;
    private final Address operator;
    private final List<String> sent = new ArrayList<>();

    VaultDeployment(DevSender sender, DevAccount deployer, String operatorAddress) {
        this.sender = sender;
        this.deployer = deployer;
        this.operator = new Address(Keys.toChecksumAddress(operatorAddress));
    }

    Deployment run() {
        Uint256 exitDelay = new Uint256(EXIT_DELAY_SECONDS);
        String code = make(VaultRegistry.BINARY);
        String registry = make(AbiCalls.deployment(RegistryProxy.BINARY, new Address(code), initialization()));
        String cases = make(AbiCalls.deployment(VaultCases.BINARY, exitDelay));
        String till = make(AbiCalls.deployment(
                VaultTill.BINARY,
                new Address(registry),
                Address.DEFAULT,
                Address.DEFAULT,
                exitDelay,
                new Address(cases)));
        String vault = make(AbiCalls.deployment(EscrowVault.BINARY, new Address(till), exitDelay));
        int vaultSent = sent.size() - 1;
        List<Deployment.Token> tokens = List.of(
                token(registry, "Quoin Test Base", "QBASE", 18), token(registry, "Quoin Test Dollar", "QUSD", 6));
        Deployment.Market market = market(registry, vault, tokens.getFirst(), tokens.getLast());
        String lens = make(VaultLens.BINARY);
        sent.add(sender.send(operator.getValue(), OPERATOR_WEI, "", TRANSFER_GAS));
        long block = awaitAll(vaultSent);
        return new Deployment(
                LocalChain.CHAIN_ID,
                vault,
                lens,
                registry,
                till,
                cases,
                Keys.toChecksumAddress(operator.getValue()),
                EXIT_DELAY_SECONDS,
                tokens,
                List.of(market),
                block);
    }

    /** The registry's first call, made by its proxy's constructor: admin, operator, pauser. */
    private DynamicBytes initialization() {
        Address pauser = new Address(DevAccount.all().get(PAUSER_ACCOUNT).address());
        return new DynamicBytes(Numeric.hexStringToByteArray(
                AbiCalls.call(VaultRegistry.FUNC_INITIALIZE, new Address(deployer.address()), operator, pauser)));
    }

    private Deployment.Token token(String registry, String name, String symbol, int decimals) {
        String address = make(AbiCalls.deployment(
                TestToken.BINARY, new Utf8String(name), new Utf8String(symbol), new Uint8(decimals)));
        call(registry, AbiCalls.call(VaultRegistry.FUNC_SETTOKEN, new Address(address), new Bool(true)));
        return new Deployment.Token(name, symbol, decimals, address);
    }

    /** Lists the market of the two tokens, and lets the vault take over what the registry says. */
    private Deployment.Market market(String registry, String vault, Deployment.Token base, Deployment.Token quote) {
        String arbiter = DevAccount.all().get(ARBITER_ACCOUNT).address();
        VaultRegistry.Lots lots = new VaultRegistry.Lots(base.address(), quote.address(), BASE_LOT, QUOTE_LOT);
        byte[] id = Hash.sha3(Numeric.hexStringToByteArray(FunctionEncoder.encodeConstructor(List.of(lots))));
        Uint32 arbiterId = new Uint32(ARBITER_ID);
        call(registry, AbiCalls.call(VaultRegistry.FUNC_SETARBITER, arbiterId, new Address(arbiter)));
        call(registry, AbiCalls.call(VaultRegistry.FUNC_SETMARKET, lots, arbiterId, new Bool(true)));
        call(vault, AbiCalls.call(VaultTill.FUNC_REFRESHMARKET, new Bytes32(id)));
        call(vault, AbiCalls.call(VaultTill.FUNC_REFRESHOPERATOR));
        return new Deployment.Market(base.symbol(), quote.symbol(), BASE_LOT, QUOTE_LOT, ARBITER_ID, arbiter);
    }

    private String make(String code) {
        String address = ContractUtils.generateContractAddress(deployer.address(), sender.nonce());
        long bytes = Numeric.cleanHexPrefix(code).length() / 2;
        sent.add(sender.send("", BigInteger.ZERO, code, DEPLOY_GAS + DEPLOY_GAS_PER_BYTE * bytes));
        return Keys.toChecksumAddress(address);
    }

    private void call(String contract, String data) {
        sent.add(sender.send(contract, BigInteger.ZERO, data, CALL_GAS));
    }

    /** Waits until all are mined; returns the block of the one at that place. */
    private long awaitAll(int place) {
        List<BigInteger> blocks =
                sent.stream().map(hash -> sender.await(hash).getBlockNumber()).toList();
        return blocks.get(place).longValueExact();
    }
}
