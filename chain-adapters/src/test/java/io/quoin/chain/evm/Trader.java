package io.quoin.chain.evm;

import io.quoin.contracts.IEscrowVault;
import io.quoin.contracts.TestToken;
import io.quoin.contracts.TestWallet;
import io.quoin.contracts.VaultLens;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.terms.MarketLots;
import io.quoin.signer.terms.MarketTerms;
import io.quoin.signer.terms.OrderNonce;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTerms;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.SettlementMode;
import io.quoin.signer.terms.SignedOrder;
import io.quoin.signer.terms.WithdrawalTerms;
import io.quoin.testnet.ContractDeployer;
import io.quoin.testnet.DevAccount;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.web3j.crypto.AuthorizationTuple;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.gas.StaticEIP1559GasProvider;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;
import org.web3j.utils.Numeric;

/** A trader outside the node: own key, own transactions, signed orders. */
final class Trader {
    private static final long GAS = 300_000;
    private static final BigInteger DEPLOY_GAS = BigInteger.valueOf(1_000_000);

    /** Rising, for the vault forgets the one-batch nonces far below an account's highest. */
    private static final AtomicLong NUMBERS = new AtomicLong();

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

    /** Sends a withdrawal, co-signed by the operator, with that tip and does not wait for it. */
    void withdraw(EvmAddress token, BigInteger amount, BigInteger tip) {
        WithdrawalTerms terms = new WithdrawalTerms(
                address(),
                token,
                amount,
                address(),
                BigInteger.valueOf(NUMBERS.incrementAndGet()),
                Instant.now().plusSeconds(600).getEpochSecond());
        byte[] signature = fixture.cosign(terms).bytes();
        with(tip, (web3j, sender, gas) -> {
            String data = vault(web3j, sender, gas)
                    .withdraw(
                            token.hex(),
                            amount,
                            terms.to().hex(),
                            terms.nonce(),
                            BigInteger.valueOf(terms.deadlineSeconds()),
                            signature)
                    .encodeFunctionCall();
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

    /**
     * Lets the account run the code at that address from now on, by an authorization (EIP-7702) that it signs and sends
     * itself.
     */
    void delegateTo(EvmAddress code) {
        with(TIP, (web3j, sender, gas) -> {
            BigInteger nonce = web3j.ethGetTransactionCount(address().hex(), DefaultBlockParameterName.LATEST)
                    .send()
                    .getTransactionCount();
            // The transaction itself takes the first number.
            AuthorizationTuple authorization =
                    Sign.signAuthorization(fixture.chain.chainId(), code.hex(), nonce.add(BigInteger.ONE), credentials);
            RawTransaction transaction = RawTransaction.createTransaction(
                    fixture.chain.chainId(),
                    nonce,
                    TIP,
                    FEE,
                    BigInteger.valueOf(GAS),
                    address().hex(),
                    BigInteger.ZERO,
                    "",
                    List.of(),
                    List.of(authorization));
            byte[] signed = TransactionEncoder.signMessage(transaction, credentials);
            EthSendTransaction sent =
                    web3j.ethSendRawTransaction(Numeric.toHexString(signed)).send();
            if (sent.hasError()) {
                throw new IllegalStateException(sent.getError().getMessage());
            }
            return new PollingTransactionReceiptProcessor(web3j, 50, 600)
                    .waitForTransactionReceipt(sent.getTransactionHash());
        });
    }

    /** What stands at the account's address. */
    String code() {
        return with(
                TIP,
                (web3j, sender, gas) -> web3j.ethGetCode(address().hex(), DefaultBlockParameterName.LATEST)
                        .send()
                        .getCode());
    }

    /** A wallet contract that signs what it is told to; the trader pays for it. */
    EvmAddress makeWalletCode() {
        return with(
                TIP,
                (web3j, sender, gas) -> EvmAddress.of(TestWallet.deploy(
                                web3j,
                                sender,
                                new StaticEIP1559GasProvider(fixture.chain.chainId(), FEE, TIP, DEPLOY_GAS))
                        .send()
                        .getContractAddress()));
    }

    /** Brings what is free in the account of that side of the market to the wallet. */
    void gather(OrderSide side) {
        MarketLots market = fixture.lots;
        IEscrowVault.Lots lots =
                new IEscrowVault.Lots(market.base().hex(), market.quote().hex(), market.baseLot(), market.quoteLot());
        with(
                TIP,
                (web3j, sender, gas) -> vault(web3j, sender, gas)
                        .gather(lots, BigInteger.valueOf(side.code()), address().hex())
                        .send());
    }

    /** Base units of a token that the account has outside the vault. */
    BigInteger tokens(EvmAddress token) {
        return with(
                TIP,
                (web3j, sender, gas) -> TestToken.load(token.hex(), web3j, sender, gas)
                        .balanceOf(address().hex())
                        .send());
    }

    /** Tells the wallet code at the account's own address to sign that order. */
    void approveAsWallet(SignedOrder order) {
        byte[] digest = OrderTyping.orderDigest(fixture.vault, order.terms()).bytes();
        with(
                TIP,
                (web3j, sender, gas) -> TestWallet.load(address().hex(), web3j, sender, gas)
                        .approve(digest)
                        .send());
    }

    /** An order that the code at the account's own address answers for (EIP-1271); the key's signature is not asked. */
    SignedOrder sellsAsWallet(BigInteger quantity, BigInteger price) {
        return signed(OrderSide.SELL, quantity, price, Optional.of(address()));
    }

    /** Base units of a token that are free: in the wallet, and on both sides of the market. */
    BigInteger vaultBalance(EvmAddress token) {
        return with(TIP, (web3j, sender, gas) -> {
            VaultLens lens = VaultLens.load(fixture.deployment.lens(), web3j, sender, gas);
            String vault = fixture.vault.vault().hex();
            BigInteger wallet =
                    lens.wallet(vault, address().hex(), token.hex()).send().component1();
            MarketLots market = fixture.lots;
            VaultLens.Lots lots =
                    new VaultLens.Lots(market.base().hex(), market.quote().hex(), market.baseLot(), market.quoteLot());
            boolean isBase = token.equals(market.base());
            VaultLens.AccountView buys =
                    lens.account(vault, lots, BigInteger.ZERO, address().hex()).send();
            VaultLens.AccountView sells =
                    lens.account(vault, lots, BigInteger.ONE, address().hex()).send();
            BigInteger free = isBase ? buys.getFree.add(sells.payFree) : buys.payFree.add(sells.getFree);
            return wallet.add(free.multiply(isBase ? market.baseLot() : market.quoteLot()));
        });
    }

    SignedOrder buys(BigInteger quantity, BigInteger price) {
        return signed(OrderSide.BUY, quantity, price, Optional.empty());
    }

    SignedOrder sells(BigInteger quantity, BigInteger price) {
        return signed(OrderSide.SELL, quantity, price, Optional.empty());
    }

    private SignedOrder signed(OrderSide side, BigInteger quantity, BigInteger price, Optional<EvmAddress> wallet) {
        OrderTerms terms = new OrderTerms(
                address(),
                SettlementMode.ESCROW,
                new MarketTerms(fixture.base, fixture.quote, ChainFixture.ONE_BASE),
                side,
                price,
                quantity,
                OrderNonce.oneBatch(NUMBERS.incrementAndGet()),
                1_700_000_000L,
                4_000_000_000L,
                fixture.terms,
                0,
                0,
                Set.of(),
                wallet);
        Bytes32 digest = OrderTyping.orderDigest(fixture.vault, terms);
        Sign.SignatureData made = Sign.signMessage(digest.bytes(), credentials.getEcKeyPair(), false);
        return new SignedOrder(
                terms, new EvmSignature(Bytes32.of(made.getR()), Bytes32.of(made.getS()), made.getV()[0]));
    }

    private IEscrowVault vault(Web3j web3j, RawTransactionManager sender, StaticEIP1559GasProvider gas) {
        return IEscrowVault.load(fixture.vault.vault().hex(), web3j, sender, gas);
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
