package io.quoin.testnet;

import io.quoin.contracts.EscrowVault;
import io.quoin.contracts.GovernanceTimelock;
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
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint16;
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

    /** Longer than the exit delay: who disagrees with a change has left before it. */
    private static final long GOVERNANCE_DELAY_SECONDS = 2 * EXIT_DELAY_SECONDS;

    /** Highest fee of operator and referrer each, basis points. */
    private static final long FEE_CAP = 100;

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
        List<Deployment.Token> tokens =
                List.of(token("Quoin Test Base", "QBASE", 18), token("Quoin Test Dollar", "QUSD", 6));
        String timelock = make(AbiCalls.deployment(
                GovernanceTimelock.BINARY,
                new Uint256(GOVERNANCE_DELAY_SECONDS),
                addresses(List.of(deployer.address())),
                addresses(List.of(Address.DEFAULT.getValue()))));
        VaultRegistry.Lots lots = new VaultRegistry.Lots(
                tokens.getFirst().address(), tokens.getLast().address(), BASE_LOT, QUOTE_LOT);
        String code = make(VaultRegistry.BINARY);
        String registry = make(
                AbiCalls.deployment(RegistryProxy.BINARY, new Address(code), initialization(timelock, tokens, lots)));
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
        byte[] market = Hash.sha3(Numeric.hexStringToByteArray(FunctionEncoder.encodeConstructor(List.of(lots))));
        call(vault, AbiCalls.call(VaultTill.FUNC_REFRESHMARKET, new Bytes32(market)));
        call(vault, AbiCalls.call(VaultTill.FUNC_REFRESHOPERATOR));
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
                List.of(new Deployment.Market(
                        tokens.getFirst().symbol(),
                        tokens.getLast().symbol(),
                        BASE_LOT,
                        QUOTE_LOT,
                        ARBITER_ID,
                        arbiter())),
                block);
    }

    /** The registry's first call, made by its proxy's constructor; from then on the timelock alone changes it. */
    private DynamicBytes initialization(String timelock, List<Deployment.Token> tokens, VaultRegistry.Lots lots) {
        VaultRegistry.Setup setup = new VaultRegistry.Setup(
                new Address(timelock),
                new Uint256(EXIT_DELAY_SECONDS),
                operator,
                new Address(DevAccount.all().get(PAUSER_ACCOUNT).address()),
                addresses(tokens.stream().map(Deployment.Token::address).toList()),
                new DynamicArray<>(Uint32.class, new Uint32(ARBITER_ID)),
                addresses(List.of(arbiter())),
                new DynamicArray<>(
                        VaultRegistry.MarketSetup.class,
                        new VaultRegistry.MarketSetup(
                                lots, new Uint32(ARBITER_ID), new Uint16(FEE_CAP), new Uint16(FEE_CAP))));
        return new DynamicBytes(Numeric.hexStringToByteArray(AbiCalls.call(VaultRegistry.FUNC_INITIALIZE, setup)));
    }

    private static String arbiter() {
        return DevAccount.all().get(ARBITER_ACCOUNT).address();
    }

    private static DynamicArray<Address> addresses(List<String> all) {
        return new DynamicArray<>(Address.class, all.stream().map(Address::new).toList());
    }

    private Deployment.Token token(String name, String symbol, int decimals) {
        String address = make(AbiCalls.deployment(
                TestToken.BINARY, new Utf8String(name), new Utf8String(symbol), new Uint8(decimals)));
        return new Deployment.Token(name, symbol, decimals, address);
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
