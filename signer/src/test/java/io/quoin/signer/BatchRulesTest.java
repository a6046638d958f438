package io.quoin.signer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.evm.EvmTransaction;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.evm.Wei;
import io.quoin.signer.keystore.Secret;
import io.quoin.signer.keystore.UnlockedKey;
import io.quoin.signer.terms.BatchDraft;
import io.quoin.signer.terms.BatchFees;
import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.LockBatch;
import io.quoin.signer.terms.OrderDraft;
import io.quoin.signer.terms.OrderFlag;
import io.quoin.signer.terms.SignedOrder;
import io.quoin.signer.terms.VaultCall;
import io.quoin.signer.terms.VaultCalldata;
import io.quoin.signer.terms.VaultDomain;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.ECKeyPair;

/** Each rule about batches, accepting at its edge and refusing beyond it. */
class BatchRulesTest {
    private static final VaultDomain VAULT =
            new VaultDomain(ChainId.eip155(31337), EvmAddress.of("0x5FbDB2315678afecb367f032d93F642f64180aa3"));
    private static final long NOW = 1_800_000_000L;
    private static final ECKeyPair ALICE = OrderDraft.key(11);
    private static final ECKeyPair BOB = OrderDraft.key(12);
    private static final EvmAddress REFERRER = EvmAddress.of("0x0000000000000000000000000000000000000009");

    private final LocalSigner signer = new LocalSigner(
            new SigningPolicy(VAULT, Wei.ofGwei(100), 1_000_000),
            key(),
            InstantSource.fixed(Instant.ofEpochSecond(NOW)));

    @Test
    @DisplayName("batch-terms-lockable")
    void rule_termsLockable() {
        refused("batch-terms-lockable", ofTerms(terms(0, 5_000, 0, 0)));
        refused("batch-terms-lockable", ofTerms(terms(30 * 86_400 + 1, 5_000, 0, 0)));
        refused("batch-terms-lockable", ofTerms(terms(1, 10_001, 0, 0)));
        refused("batch-terms-lockable", ofTerms(terms(1, 5_000, 1, 0)));
        refused("batch-terms-lockable", ofTerms(terms(1, 5_000, 0, 1)));
        signed(ofTerms(terms(1, 10_000, 0, 0)));
        signed(ofTerms(terms(30 * 86_400, 0, 0, 0)));
    }

    @Test
    @DisplayName("batch-orders-live")
    void rule_ordersLive() {
        refused("batch-orders-live", of(OrderDraft.buy().expiry(NOW - 1), OrderDraft.sell()));
        refused("batch-orders-live", of(OrderDraft.buy(), OrderDraft.sell().expiry(NOW - 1)));
        signed(of(OrderDraft.buy().expiry(NOW), OrderDraft.sell().expiry(NOW)));
    }

    @Test
    @DisplayName("batch-traders-differ")
    void rule_tradersDiffer() {
        refused(
                "batch-traders-differ",
                fill(buy(OrderDraft.buy()), OrderDraft.sell().signed(VAULT, ALICE)));
        signed(fill(buy(OrderDraft.buy()), sell(OrderDraft.sell())));
    }

    @Test
    @DisplayName("R3 batch-price-within-limits")
    void rule_priceWithinLimits() {
        OrderDraft low = OrderDraft.buy().price(2_499_990_000L);
        refused("batch-price-within-limits", of(low, OrderDraft.sell()));
        refused("batch-price-within-limits", with(buy(low), sell(OrderDraft.sell()), false));
        SignedOrder postOnly = sell(OrderDraft.sell().flags(OrderFlag.POST_ONLY));
        refused("batch-price-within-limits", with(buy(OrderDraft.buy()), postOnly, true));
        signed(with(buy(OrderDraft.buy()), postOnly, false));
        signed(of(OrderDraft.buy().price(2_500_010_000L), OrderDraft.sell()));
    }

    @Test
    @DisplayName("R3 batch-price-within-limits in an auction")
    void rule_priceWithinLimits_inAnAuction() {
        SignedOrder buy = buy(OrderDraft.buy().price(2_500_020_000L));
        SignedOrder sell = sell(OrderDraft.sell());
        refused("batch-price-within-limits", auction(buy, sell, 250_003));
        refused("batch-price-within-limits", auction(buy, sell, 249_999));
        refused("batch-price-within-limits", auction(buy, sell, 0));
        refused("batch-price-within-limits", auction(buy(OrderDraft.buy().flags(OrderFlag.POST_ONLY)), sell, 250_000));
        signed(auction(buy, sell, 250_002));
        signed(auction(buy, sell, 250_000));
    }

    @Test
    @DisplayName("R3 batch-fees-within-caps")
    void rule_feesWithinCaps() {
        OrderDraft maker = OrderDraft.buy().caps(5, 0);
        OrderDraft taker = OrderDraft.sell().caps(20, 10);
        refused("batch-fees-within-caps", withFees(maker, taker, 6, 20, 10));
        refused("batch-fees-within-caps", withFees(maker, taker, 5, 21, 10));
        refused("batch-fees-within-caps", withFees(maker, taker, 5, 20, 11));
        refused("batch-fees-within-caps", withFees(maker, taker, -21, 20, 10));
        signed(withFees(maker, taker, 5, 20, 10));
        signed(withFees(maker, taker, -20, 20, 10));
    }

    @Test
    @DisplayName("batch-amounts-within-orders")
    void rule_amountsWithinOrders() {
        SignedOrder buy = buy(OrderDraft.buy().lots(10));
        SignedOrder sell = sell(OrderDraft.sell().lots(11));
        refused("batch-amounts-within-orders", draft().fill(buy, sell, true, 11).build());
        refused(
                "batch-amounts-within-orders",
                draft().fill(buy, sell, true, 6).fill(buy, sell, false, 5).build());
        refused(
                "batch-amounts-within-orders",
                of(OrderDraft.buy().price(0), OrderDraft.sell().price(0)));
        long tooMany = (1L << 40) / 250_000 + 1;
        refused(
                "batch-amounts-within-orders",
                draft().fill(
                                buy(OrderDraft.buy().lots(tooMany)),
                                sell(OrderDraft.sell().lots(tooMany)),
                                true,
                                tooMany)
                        .build());
        signed(draft().fill(buy, sell, true, 6).fill(buy, sell, false, 4).build());
    }

    @Test
    @DisplayName("R1 batch-orders-signed")
    void rule_ordersSigned() {
        SignedOrder buy = buy(OrderDraft.buy());
        SignedOrder sell = sell(OrderDraft.sell());
        VaultDomain otherVault = new VaultDomain(VAULT.chain(), REFERRER);
        refused("batch-orders-signed", fill(new SignedOrder(buy.terms(), sell.signature()), sell));
        refused("batch-orders-signed", fill(buy, new SignedOrder(sell.terms(), buy.signature())));
        refused("batch-orders-signed", fill(OrderDraft.buy().signed(otherVault, ALICE), sell));
        signed(fill(buy, sell));
    }

    @Test
    @DisplayName("R1 what a wallet contract signs is for the chain to say")
    void rule_ordersSigned_byAWallet() {
        signed(fill(OrderDraft.buy().wallet(REFERRER).signed(VAULT, ALICE), sell(OrderDraft.sell())));
    }

    private void refused(String tag, LockBatch batch) {
        assertThat(sign(batch)).isInstanceOfSatisfying(SignReply.Refused.class, refusal -> {
            assertThat(refusal.tag()).isEqualTo(tag);
            assertThat(refusal.explanation()).isNotBlank();
        });
    }

    private void signed(LockBatch batch) {
        assertThat(sign(batch)).isInstanceOf(SignReply.Signed.class);
    }

    private SignReply sign(LockBatch batch) {
        VaultCall call = new VaultCall.Lock(batch);
        return signer.sign(new SignRequest(
                new EvmEscrowCall(VAULT, call),
                new EvmTransaction(
                        VAULT.chain(),
                        new EvmNonce(1),
                        Wei.ofGwei(1),
                        Wei.ofGwei(2),
                        100_000,
                        VAULT.vault(),
                        Wei.ZERO,
                        Hex.of(VaultCalldata.encode(call)))));
    }

    private static LockBatch of(OrderDraft buy, OrderDraft sell) {
        return fill(buy(buy), sell(sell));
    }

    private static LockBatch fill(SignedOrder buy, SignedOrder sell) {
        return with(buy, sell, true);
    }

    private static LockBatch with(SignedOrder buy, SignedOrder sell, boolean buyerIsMaker) {
        return draft().fill(buy, sell, buyerIsMaker, 10).build();
    }

    private static LockBatch auction(SignedOrder buy, SignedOrder sell, long ticks) {
        return draft().auctionTicks(ticks).auctionFill(buy, sell, 10).build();
    }

    private static LockBatch ofTerms(EscrowTerms terms) {
        return draft().terms(terms)
                .fill(buy(OrderDraft.buy().terms(terms)), sell(OrderDraft.sell().terms(terms)), true, 10)
                .build();
    }

    private static LockBatch withFees(OrderDraft buy, OrderDraft sell, int maker, int taker, int referrer) {
        return draft().fees(new BatchFees(maker, taker, referrer, Optional.of(REFERRER)))
                .fill(buy(buy), sell(sell), true, 10)
                .build();
    }

    private static EscrowTerms terms(long refundDelay, int toBuyer, int buyerBond, int sellerBond) {
        return new EscrowTerms(3, 0, refundDelay, 0, EvmAddress.ZERO, toBuyer, buyerBond, sellerBond);
    }

    private static SignedOrder buy(OrderDraft draft) {
        return draft.signed(VAULT, ALICE);
    }

    private static SignedOrder sell(OrderDraft draft) {
        return draft.signed(VAULT, BOB);
    }

    private static BatchDraft draft() {
        return new BatchDraft();
    }

    private static UnlockedKey key() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        return UnlockedKey.of(Secret.ofBytes(key));
    }
}
