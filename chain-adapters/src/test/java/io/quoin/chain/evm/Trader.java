package io.quoin.chain.evm;

import io.quoin.contracts.EscrowVault;
import io.quoin.contracts.TestToken;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.terms.MarketTerms;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTerms;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.SettlementMode;
import io.quoin.signer.terms.SignedOrder;
import io.quoin.testnet.ContractDeployer;
import io.quoin.testnet.DevAccount;
import java.math.BigInteger;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Sign;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.gas.StaticEIP1559GasProvider;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;

/** A trader outside the node: own key, own transactions, signed orders. */
final class Trader {
    private static final long GAS = 300_000;
    private static final BigInteger FEE = BigInteger.valueOf(100_000_000_000L);
    private static final BigInteger TIP = BigInteger.valueOf(1_000_000_000L);

    private final ChainFixture fixture;
    private final Credentials credentials;

    Trader(ChainFixture fixture, DevAccount account) {
        this.fixture = fixture;
        this.credentials = account.credentials();
    }

    EvmAddress address() {
        return EvmAddress.of(credentials.getAddress());
    }

    void mintAndDeposit(EvmAddress token, BigInteger amount) {
        ContractDeployer.fund(fixture.chain.rpcUrl(), token.hex(), address().hex(), amount);
        with(TIP, (web3j, sender, gas) -> {
            TestToken.load(token.hex(), web3j, sender, gas)
                    .approve(fixture.vault.vault().hex(), amount)
                    .send();
            return vault(web3j, sender, gas).deposit(token.hex(), amount).send();
        });
    }

    /** Sends a withdrawal with that tip and does not wait for it. */
    void withdraw(EvmAddress token, BigInteger amount, BigInteger tip) {
        with(tip, (web3j, sender, gas) -> {
            String data =
                    vault(web3j, sender, gas).withdraw(token.hex(), amount).encodeFunctionCall();
            var sent = sender.sendEIP1559Transaction(
                    fixture.chain.chainId(),
                    tip,
                    FEE.max(tip.shiftLeft(1)),
                    BigInteger.valueOf(GAS),
                    fixture.vault.vault().hex(),
                    data,
                    BigInteger.ZERO);
            if (sent.hasError()) {
                throw new IllegalStateException(sent.getError().getMessage());
            }
            return sent;
        });
    }

    BigInteger vaultBalance(EvmAddress token) {
        return with(
                TIP,
                (web3j, sender, gas) -> vault(web3j, sender, gas)
                        .balanceOf(address().hex(), token.hex())
                        .send());
    }

    SignedOrder buys(BigInteger quantity, BigInteger price) {
        return signed(OrderSide.BUY, quantity, price);
    }

    SignedOrder sells(BigInteger quantity, BigInteger price) {
        return signed(OrderSide.SELL, quantity, price);
    }

    private SignedOrder signed(OrderSide side, BigInteger quantity, BigInteger price) {
        OrderTerms terms = new OrderTerms(
                address(),
                SettlementMode.ESCROW,
                new MarketTerms(fixture.base, fixture.quote, ChainFixture.ONE_BASE),
                side,
                price,
                quantity,
                BigInteger.valueOf(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE)),
                4_000_000_000L,
                1,
                0,
                86_400,
                0,
                0,
                0,
                Set.of());
        Bytes32 digest = OrderTyping.orderDigest(fixture.vault, terms);
        Sign.SignatureData made = Sign.signMessage(digest.bytes(), credentials.getEcKeyPair(), false);
        return new SignedOrder(
                terms, new EvmSignature(Bytes32.of(made.getR()), Bytes32.of(made.getS()), made.getV()[0]));
    }

    private EscrowVault vault(Web3j web3j, RawTransactionManager sender, StaticEIP1559GasProvider gas) {
        return EscrowVault.load(fixture.vault.vault().hex(), web3j, sender, gas);
    }

    private interface Use<T> {
        T apply(Web3j web3j, RawTransactionManager sender, StaticEIP1559GasProvider gas) throws Exception;
    }

    private <T> T with(BigInteger tip, Use<T> use) {
        Web3j web3j = Web3j.build(new HttpService(fixture.chain.rpcUrl().toString()));
        long chainId = fixture.chain.chainId();
        try {
            var receipts = new PollingTransactionReceiptProcessor(web3j, 50, 600);
            var sender = new RawTransactionManager(web3j, credentials, chainId, receipts);
            var gas = new StaticEIP1559GasProvider(chainId, FEE, tip, BigInteger.valueOf(GAS));
            return use.apply(web3j, sender, gas);
        } catch (Exception failed) {
            throw new IllegalStateException("the trader's request failed", failed);
        } finally {
            web3j.shutdown();
        }
    }
}
