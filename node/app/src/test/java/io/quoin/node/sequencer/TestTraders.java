package io.quoin.node.sequencer;

import io.quoin.node.market.Asset;
import io.quoin.node.market.Market;
import io.quoin.node.order.SubmittedOrder;
import io.quoin.node.withdrawal.SignedWithdrawal;
import io.quoin.node.withdrawal.SubmittedWithdrawal;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.terms.OrderFlag;
import io.quoin.signer.terms.OrderNonce;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTerms;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.SettlementMode;
import io.quoin.signer.terms.SignedOrder;
import io.quoin.signer.terms.VaultDomain;
import io.quoin.signer.terms.WithdrawalTerms;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/** Traders with keys of their own, and orders that they really signed. */
public enum TestTraders {
    ALICE(1),
    BOB(2),
    CAROL(3);

    private static final long ISSUED = 1_700_000_000L;

    private final long secret;

    TestTraders(long secret) {
        this.secret = secret;
    }

    private ECKeyPair key() {
        return ECKeyPair.create(BigInteger.valueOf(secret));
    }

    public EvmAddress address() {
        return new EvmAddress("0x" + Keys.getAddress(key()));
    }

    public SubmittedOrder order(Market market, OrderSide side, String price, String quantity, long nonce) {
        return order(market, side, price, quantity, nonce, 4_000_000_000L);
    }

    public SubmittedOrder order(
            Market market, OrderSide side, String price, String quantity, long nonce, long expirySeconds) {
        return order(market, side, price, quantity, nonce, expirySeconds, Set.of());
    }

    public SubmittedOrder postOnlyOrder(Market market, OrderSide side, String price, String quantity, long nonce) {
        return order(market, side, price, quantity, nonce, 4_000_000_000L, Set.of(OrderFlag.POST_ONLY));
    }

    private SubmittedOrder order(
            Market market,
            OrderSide side,
            String price,
            String quantity,
            long nonce,
            long expirySeconds,
            Set<OrderFlag> flags) {
        long ticks = market.ticks(price);
        long lots = market.lots(quantity);
        OrderTerms terms = new OrderTerms(
                address(),
                SettlementMode.ESCROW,
                market.signedTerms(),
                side,
                market.price(ticks),
                market.quantity(lots),
                OrderNonce.manyBatches(nonce),
                ISSUED,
                expirySeconds,
                market.terms().escrow(),
                0,
                0,
                flags,
                Optional.empty());
        var digest = OrderTyping.orderDigest(market.vault(), terms);
        return new SubmittedOrder(digest, market, new SignedOrder(terms, sign(digest)), ticks, lots);
    }

    /** Asks for a withdrawal to the trader himself, really signed. */
    public SubmittedWithdrawal withdrawal(
            VaultDomain vault, Asset asset, BigInteger amount, long nonce, long deadlineSeconds) {
        WithdrawalTerms terms = new WithdrawalTerms(
                address(), asset.token(), amount, address(), BigInteger.valueOf(nonce), deadlineSeconds);
        Bytes32 digest = OrderTyping.withdrawalDigest(vault, terms);
        return new SubmittedWithdrawal(
                digest,
                vault,
                asset,
                new SignedWithdrawal(terms, sign(digest)),
                asset.engineUnits(amount).longValueExact());
    }

    private EvmSignature sign(Bytes32 digest) {
        Sign.SignatureData signed = Sign.signMessage(digest.bytes(), key(), false);
        HexFormat hex = HexFormat.of();
        return EvmSignature.parse(
                "0x" + hex.formatHex(signed.getR()) + hex.formatHex(signed.getS()) + hex.formatHex(signed.getV()));
    }
}
