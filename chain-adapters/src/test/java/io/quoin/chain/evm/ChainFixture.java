package io.quoin.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quoin.chain.ActionId;
import io.quoin.chain.Alarms;
import io.quoin.chain.ChainAction;
import io.quoin.chain.ChainEvent;
import io.quoin.chain.ChainPorts;
import io.quoin.chain.MemoryStore;
import io.quoin.chain.RecordedAlarms;
import io.quoin.signer.CosignReply;
import io.quoin.signer.EvmEscrowCall;
import io.quoin.signer.LocalSigner;
import io.quoin.signer.SigningPolicy;
import io.quoin.signer.WithdrawalCosign;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.evm.Wei;
import io.quoin.signer.keystore.Secret;
import io.quoin.signer.keystore.UnlockedKey;
import io.quoin.signer.terms.BatchFees;
import io.quoin.signer.terms.BatchFill;
import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.LockBatch;
import io.quoin.signer.terms.MarketLots;
import io.quoin.signer.terms.VaultCall;
import io.quoin.signer.terms.VaultDomain;
import io.quoin.signer.terms.WithdrawalTerms;
import io.quoin.testnet.ContractDeployer;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;

/** One local chain with the contracts on it, and what a test needs around an adapter. */
final class ChainFixture {
    /** One base token and what it costs: 18 and 6 decimals. */
    static final BigInteger ONE_BASE = BigInteger.TEN.pow(18);

    static final BigInteger PRICE = BigInteger.valueOf(2_500_000_000L);

    private static final AtomicInteger CELLS_USED = new AtomicInteger();

    final LocalChain chain;
    final Deployment deployment;
    final VaultDomain vault;
    final EvmAddress base;
    final EvmAddress quote;
    final MarketLots lots;
    final EscrowTerms terms;
    final MemoryStore store;
    final RecordedAlarms alarms;

    ChainFixture(LocalChain chain, Deployment deployment) {
        this.chain = chain;
        this.deployment = deployment;
        this.vault = new VaultDomain(ChainId.eip155(chain.chainId()), EvmAddress.of(deployment.vault()));
        this.base = EvmAddress.of(deployment.token("QBASE").address());
        this.quote = EvmAddress.of(deployment.token("QUSD").address());
        Deployment.Market market = deployment.market("QBASE", "QUSD");
        this.lots = new MarketLots(base, quote, market.baseLot(), market.quoteLot());
        this.terms = terms(86_400);
        this.store = new MemoryStore();
        this.alarms = new RecordedAlarms();
    }

    private ChainFixture(ChainFixture same, EscrowTerms terms) {
        this.chain = same.chain;
        this.deployment = same.deployment;
        this.vault = same.vault;
        this.base = same.base;
        this.quote = same.quote;
        this.lots = same.lots;
        this.terms = terms;
        this.store = same.store;
        this.alarms = same.alarms;
    }

    Trader trader(int account) {
        return new Trader(this, DevAccount.all().get(account));
    }

    /** A trader whom the chain has not seen: no other batch shares a lane with his. */
    Trader newTrader() {
        String key = randomWord().hex();
        String address = Credentials.create(key).getAddress();
        ContractDeployer.fundEther(chain.rpcUrl(), address, ONE_BASE);
        return new Trader(this, new DevAccount(address, key));
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

    /** The market's terms with that refund delay, seconds. */
    private EscrowTerms terms(long refundDelay) {
        long arbiter = deployment.market("QBASE", "QUSD").arbiterId();
        return new EscrowTerms(arbiter, 0, refundDelay, 0, EvmAddress.ZERO, 5_000, 0, 0);
    }

    /** The fixture of the same chain whose orders can be refunded so many seconds after their lock. */
    ChainFixture refundableAfter(long seconds) {
        return new ChainFixture(this, terms(seconds));
    }

    /** A fill of one base token at the price; the buyer rested in the book. */
    BatchFill fill(Trader buyer, Trader seller) {
        return new BatchFill(
                buyer.buys(ONE_BASE, PRICE),
                seller.sells(ONE_BASE, PRICE),
                true,
                false,
                ONE_BASE.divide(lots.baseLot()));
    }

    /** The same, but the seller's order is for the code at his address to sign. */
    BatchFill walletFill(Trader buyer, Trader seller) {
        return new BatchFill(
                buyer.buys(ONE_BASE, PRICE),
                seller.sellsAsWallet(ONE_BASE, PRICE),
                true,
                false,
                ONE_BASE.divide(lots.baseLot()));
    }

    /** A lock of those fills in the next cell. */
    ChainAction lock(BatchFill... fills) {
        return lockIn(CELLS_USED.getAndIncrement() % LockBatch.CELLS, fills);
    }

    ChainAction lockIn(int cell, BatchFill... fills) {
        return action(
                new VaultCall.Lock(new LockBatch(lots, ONE_BASE, cell, terms, BatchFees.NONE, 0, List.of(fills))));
    }

    ChainAction release(ChainEvent.Locked locked) {
        return action(new VaultCall.Release(locked.seal()));
    }

    ChainAction refund(ChainEvent.Locked locked) {
        return action(new VaultCall.Refund(locked.seal()));
    }

    /** The operator's signature that lets a withdrawal be paid at once. */
    EvmSignature cosign(WithdrawalTerms withdrawal) {
        LocalSigner signer = new LocalSigner(new SigningPolicy(vault, Wei.ofGwei(1), 21_000), operator());
        return switch (signer.cosign(new WithdrawalCosign(vault, withdrawal))) {
            case CosignReply.Signed(var signature) -> signature;
            case CosignReply.Refused refused -> throw new IllegalStateException(refused.toString());
        };
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
