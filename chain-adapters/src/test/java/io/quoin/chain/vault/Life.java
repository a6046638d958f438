package io.quoin.chain.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.MarketLots;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.VaultDomain;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.DevAccount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** Some traders, a vault on a chain, and the model of it: what both are told is the same, and so must be what they say. */
final class Life implements AutoCloseable {
    private static final int TRADERS = 6;
    private static final int MARKET_CAP = 100;
    private static final BigInteger MINTED = BigInteger.ONE.shiftLeft(120);

    final Random random;
    final VaultChain chain;
    final VaultDomain domain;
    final EvmAddress base;
    final EvmAddress quote;
    final MarketLots lots;
    final List<Credentials> traders;
    final Credentials operator;
    final Credentials arbiter;
    final Credentials pauser;
    final Credentials fallbackArbiter;
    final EvmAddress referrer = EvmAddress.of("0x00000000000000000000000000000000000ef0e7");
    final String nextVault;
    final Wallets wallets;
    final Wallets nextWallets;
    final VaultModel model;
    final Escrows escrows;

    /** How often each refusal came, and each success under "". */
    final TreeMap<String, Integer> outcomes = new TreeMap<>();

    private final List<String> story = new ArrayList<>();

    Life(VaultChain chain, long seed) {
        Deployment deployment = chain.deployment;
        this.random = new Random(seed);
        this.chain = chain;
        this.domain = new VaultDomain(ChainId.eip155(deployment.chainId()), EvmAddress.of(deployment.vault()));
        this.base = EvmAddress.of(deployment.token("QBASE").address());
        this.quote = EvmAddress.of(deployment.token("QUSD").address());
        Deployment.Market market = deployment.market("QBASE", "QUSD");
        this.lots = new MarketLots(base, quote, market.baseLot(), market.quoteLot());
        this.traders = IntStream.range(0, TRADERS).mapToObj(Life::trader).toList();
        this.operator = account(deployment.operator());
        this.arbiter = account(market.arbiter());
        this.pauser = DevAccount.all().get(8).credentials();
        this.fallbackArbiter = DevAccount.all().get(9).credentials();
        this.nextVault = chain.anotherVault(fallbackArbiter);
        EvmAddress operatorAddress = address(operator);
        this.wallets = new Wallets(operatorAddress, deployment.exitDelaySeconds());
        this.nextWallets = new Wallets(operatorAddress, deployment.exitDelaySeconds());
        this.model = new VaultModel(
                wallets, lots, operatorAddress, MARKET_CAP, order -> OrderTyping.orderDigest(domain, order));
        this.escrows = new Escrows(
                model, lots, operatorAddress, address(arbiter), order -> OrderTyping.orderDigest(domain, order));
        traders.forEach(this::equip);
    }

    static EvmAddress address(Credentials account) {
        return EvmAddress.of(account.getAddress());
    }

    List<EvmAddress> owners() {
        return Stream.concat(traders.stream().map(Life::address), Stream.of(referrer, address(operator)))
                .toList();
    }

    Credentials someTrader() {
        return some(traders);
    }

    <T> T some(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** True once in so many times. */
    boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    /** Any account that may send: mostly {@code usual}. */
    Credentials mostly(Credentials usual) {
        return once(5) ? someTrader() : usual;
    }

    /** Tells model and vault the same, and fails if they do not answer the same. */
    <T> void both(String what, LongFunction<T> inModel, Supplier<VaultChain.Sent> onChain, Follow<T> follow) {
        long now = chain.time() + 1;
        T word = null;
        Optional<String> expected = Optional.empty();
        try {
            word = inModel.apply(now);
        } catch (Refused refused) {
            expected = Optional.ofNullable(refused.getMessage());
        }
        VaultChain.Sent sent = onChain.get();
        story.add(what + " at " + now + sent.refusal().map(" refused: "::concat).orElse(""));
        assertThat(sent.refusal()).as("the vault's refusal of: %s", what).isEqualTo(expected);
        outcomes.merge(sent.refusal().orElse(""), 1, Integer::sum);
        if (word != null) {
            follow.with(word, sent);
        }
    }

    /** The same for a call that answers nothing. */
    void both(String what, LongConsumer inModel, Supplier<VaultChain.Sent> onChain) {
        both(
                what,
                now -> {
                    inModel.accept(now);
                    return what;
                },
                onChain,
                (word, sent) -> {});
    }

    /** What to compare once both have done it. */
    interface Follow<T> {
        void with(T word, VaultChain.Sent sent);
    }

    /** The last steps, newest last. */
    List<String> story() {
        return story.subList(Math.max(0, story.size() - 12), story.size());
    }

    @Override
    public void close() {
        chain.close();
    }

    private void equip(Credentials trader) {
        chain.endow(address(trader));
        for (EvmAddress token : List.of(base, quote)) {
            accept(chain.send(
                    trader,
                    token.hex(),
                    VaultChain.encode("mint", new Address(trader.getAddress()), new Uint256(MINTED))));
            accept(chain.send(
                    trader, token.hex(), VaultChain.encode("approve", new Address(chain.vault), new Uint256(MINTED))));
        }
    }

    private static void accept(VaultChain.Sent sent) {
        assertThat(sent.refusal()).isEmpty();
    }

    /** The same keys in each run, so that a seed is the whole of it. */
    private static Credentials trader(int number) {
        byte[] key = Hash.sha3(Bytes32.ZERO.bytes());
        key[31] = (byte) number;
        return Credentials.create(Numeric.toHexString(key));
    }

    private static Credentials account(String address) {
        return DevAccount.all().stream()
                .filter(account -> account.address().equalsIgnoreCase(address))
                .findFirst()
                .orElseThrow()
                .credentials();
    }
}
