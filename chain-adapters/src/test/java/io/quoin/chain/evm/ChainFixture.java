package io.quoin.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quoin.chain.ActionId;
import io.quoin.chain.Alarms;
import io.quoin.chain.ChainAction;
import io.quoin.chain.ChainPorts;
import io.quoin.chain.MemoryStore;
import io.quoin.chain.RecordedAlarms;
import io.quoin.signer.EvmEscrowCall;
import io.quoin.signer.LocalSigner;
import io.quoin.signer.SigningPolicy;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Wei;
import io.quoin.signer.keystore.Secret;
import io.quoin.signer.keystore.UnlockedKey;
import io.quoin.signer.terms.EscrowFill;
import io.quoin.signer.terms.VaultCall;
import io.quoin.signer.terms.VaultDomain;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.DevAccount;
import io.quoin.testnet.LocalChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;

/** One local chain with the contracts on it, and what a test needs around an adapter. */
final class ChainFixture {
    /** One base token and what it costs: 18 and 6 decimals. */
    static final BigInteger ONE_BASE = BigInteger.TEN.pow(18);

    static final BigInteger PRICE = BigInteger.valueOf(2_500_000_000L);

    final LocalChain chain;
    final Deployment deployment;
    final VaultDomain vault;
    final EvmAddress base;
    final EvmAddress quote;
    final MemoryStore store = new MemoryStore();
    final RecordedAlarms alarms = new RecordedAlarms();

    ChainFixture(LocalChain chain, Deployment deployment) {
        this.chain = chain;
        this.deployment = deployment;
        this.vault = new VaultDomain(ChainId.eip155(chain.chainId()), EvmAddress.of(deployment.vault()));
        this.base = EvmAddress.of(deployment.token("QBASE").address());
        this.quote = EvmAddress.of(deployment.token("QUSD").address());
    }

    Trader trader(int account) {
        return new Trader(this, DevAccount.all().get(account));
    }

    EvmChainAdapter adapter() {
        return adapter(profile(chain.rpcUrl(), 1));
    }

    EvmChainAdapter adapter(EvmProfile profile) {
        return adapter(profile, alarms);
    }

    EvmChainAdapter adapter(EvmProfile profile, Alarms port) {
        return new EvmChainAdapter(
                profile,
                new LocalSigner(new SigningPolicy(vault, Wei.ofGwei(1_000), 5_000_000), operator()),
                new ChainPorts(store, store, port, Clock.systemUTC()));
    }

    EvmProfile profile(URI rpcUrl, int confirmations) {
        EvmProfile.Tuning tuning = new EvmProfile.Tuning(
                Duration.ofSeconds(5),
                50,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Wei.ofGwei(1),
                Wei.ofGwei(500));
        return new EvmProfile(
                vault.chain(), rpcUrl, vault, confirmations, Duration.ofMillis(50), deployment.block(), tuning);
    }

    UnlockedKey operator() {
        return key(operatorAccount());
    }

    private DevAccount operatorAccount() {
        return DevAccount.all().stream()
                .filter(account -> account.address().equals(deployment.operator()))
                .findFirst()
                .orElseThrow();
    }

    static UnlockedKey key(DevAccount account) {
        byte[] key = HexFormat.of().parseHex(account.privateKey().substring(2));
        return UnlockedKey.of(Secret.ofBytes(key));
    }

    /** A fill of one base token at the price; the buyer rested in the book. */
    EscrowFill fill(Trader buyer, Trader seller) {
        return new EscrowFill(randomWord(), buyer.buys(ONE_BASE, PRICE), seller.sells(ONE_BASE, PRICE), true, ONE_BASE);
    }

    ChainAction lock(EscrowFill fill) {
        return action(new VaultCall.Lock(List.of(fill)));
    }

    ChainAction release(EscrowFill fill) {
        return action(new VaultCall.Release(List.of(fill.escrowId())));
    }

    ChainAction action(VaultCall call) {
        return new ChainAction(new ActionId(randomWord()), new EvmEscrowCall(vault, call));
    }

    /** Uses the operator's key behind the adapter's back, and waits until that is mined. */
    void transferOfOperator() {
        DevAccount account = operatorAccount();
        Web3j web3j = Web3j.build(new HttpService(chain.rpcUrl().toString()));
        try {
            var receipts = new PollingTransactionReceiptProcessor(web3j, 50, 600);
            var sender = new RawTransactionManager(web3j, account.credentials(), chain.chainId(), receipts);
            BigInteger gwei = BigInteger.valueOf(1_000_000_000L);
            String hash = sender.sendEIP1559Transaction(
                            chain.chainId(),
                            gwei,
                            gwei.multiply(BigInteger.valueOf(100)),
                            BigInteger.valueOf(21_000),
                            account.address(),
                            "",
                            BigInteger.ZERO)
                    .getTransactionHash();
            await().until(() -> web3j.ethGetTransactionReceipt(hash)
                    .send()
                    .getTransactionReceipt()
                    .isPresent());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            web3j.shutdown();
        }
    }

    /** Asks the chain itself. */
    void rpc(String method, Object... parameters) {
        try (JsonRpc rpc = new JsonRpc(profile(chain.rpcUrl(), 1))) {
            assertThat(rpc.ask(method, parameters)).isNotNull();
        }
    }

    static Bytes32 randomWord() {
        byte[] word = new byte[32];
        new SecureRandom().nextBytes(word);
        return Bytes32.of(word);
    }
}
