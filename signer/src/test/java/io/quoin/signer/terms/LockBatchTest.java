package io.quoin.signer.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.EvmAddress;
import java.math.BigInteger;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.ECKeyPair;

class LockBatchTest {
    private static final VaultDomain VAULT =
            new VaultDomain(ChainId.eip155(31337), EvmAddress.of("0x5FbDB2315678afecb367f032d93F642f64180aa3"));
    private static final ECKeyPair ALICE = OrderDraft.key(11);
    private static final ECKeyPair BOB = OrderDraft.key(12);
    private static final SignedOrder BUY = OrderDraft.buy().signed(VAULT, ALICE);
    private static final SignedOrder SELL = OrderDraft.sell().signed(VAULT, BOB);

    @Test
    void orders_areWrittenOnce() {
        SignedOrder other = OrderDraft.sell().nonce(BigInteger.TEN).signed(VAULT, BOB);
        LockBatch batch = new BatchDraft()
                .fill(BUY, SELL, true, 1)
                .fill(BUY, SELL, false, 2)
                .fill(BUY, other, true, 3)
                .build();

        assertThat(batch.orders()).containsExactly(BUY, SELL, other);
    }

    @Test
    @DisplayName("R1 a batch takes no order of another market or other terms")
    void batch_ofAnotherMarketOrOtherTerms_isRefused() {
        EvmAddress other = EvmAddress.of("0x0000000000000000000000000000000000000001");
        MarketTerms market = BUY.terms().market();
        EscrowTerms terms = new EscrowTerms(4, 0, 86_400, 604_800, EvmAddress.ZERO, 5_000, 0, 0);
        refusedOrder(OrderDraft.buy().market(new MarketTerms(other, market.quote(), market.priceScale())), "market");
        refusedOrder(OrderDraft.buy().market(new MarketTerms(market.base(), market.quote(), BigInteger.TEN)), "market");
        refusedOrder(OrderDraft.buy().terms(terms), "terms");
        refused(() -> one().terms(terms).build(), "terms");
        assertThat(one().build().terms()).isEqualTo(OrderDraft.TERMS);
    }

    @Test
    void batch_withAnOrderOfNoWholeTicksOrLots_isRefused() {
        refusedOrder(OrderDraft.buy().price(2_500_000_001L), "price");
        refusedOrder(OrderDraft.buy().quantity(BigInteger.TEN.pow(18).add(BigInteger.ONE)), "quantity");
        refusedOrder(OrderDraft.buy().price(BigInteger.TEN.pow(4).shiftLeft(40)), "price");
        refusedOrder(OrderDraft.buy().quantity(OrderDraft.LOTS.baseLot().shiftLeft(40)), "quantity");
        refusedOrder(OrderDraft.buy().nonce(BigInteger.ONE.shiftLeft(40)), "nonce");
        refusedOrder(OrderDraft.buy().issued(1L << 32), "issued");
        refusedOrder(OrderDraft.buy().expiry(1L << 32), "expiry");
    }

    @Test
    void batch_outOfRange_isRefused() {
        refused(() -> new BatchDraft().build(), "fills");
        refused(() -> one().cell(LockBatch.CELLS).build(), "cell");
        refused(() -> one().cell(-1).build(), "cell");
        refused(() -> one().auctionTicks(1L << 40).build(), "auctionTicks");
        refused(() -> one().fill(SELL, BUY, true, 1), "swapped");
        refused(() -> one().fill(BUY, SELL, true, 0), "positive");
        refused(() -> one().fill(BUY, SELL, true, 1L << 40), "lots");
        refused(() -> one().priceScale(BigInteger.ONE).build(), "price scale");
        BatchDraft tooLong = new BatchDraft();
        for (int i = 0; i <= LockBatch.FILLS_MAX; i++) {
            tooLong.fill(BUY, SELL, true, 1);
        }
        refused(tooLong::build, "fills");
        assertThat(one().cell(LockBatch.CELLS - 1).build().cell()).isEqualTo(63);
    }

    @Test
    void pack_ofMoreThanSixteenPairsOfCaps_isRefused() {
        BatchDraft draft = new BatchDraft();
        for (int i = 0; i < 16; i++) {
            draft.fill(OrderDraft.buy().caps(i, 0).signed(VAULT, ALICE), SELL, true, 1);
        }

        refused(() -> BatchData.pack(draft.build()), "caps");
    }

    @Test
    void fees_outOfRangeOrForNobody_areRefused() {
        refused(() -> new BatchFees(1 << 15, 0, 0, Optional.empty()), "int16");
        refused(() -> new BatchFees(0, -1, 0, Optional.empty()), "taker");
        refused(() -> new BatchFees(0, 0, 1, Optional.empty()), "referrer");
        refused(() -> new BatchFees(0, 0, 1, Optional.of(EvmAddress.ZERO)), "referrer");
    }

    @Test
    void nonces_areOfOneOfTwoKinds() {
        assertThat(OrderNonce.oneBatch(OrderNonce.ONE_BATCH_MAX)).isEqualTo(BigInteger.valueOf((1L << 32) - 1));
        assertThat(OrderNonce.manyBatches(257)).isEqualTo(BigInteger.valueOf((1L << 39) + 257));
        assertThat(OrderNonce.cell(OrderNonce.manyBatches(257))).isEqualTo(1);
        assertThat(OrderNonce.isOneBatch(OrderNonce.oneBatch(OrderNonce.ONE_BATCH_MAX)))
                .isTrue();
        assertThat(OrderNonce.isOneBatch(BigInteger.ONE.shiftLeft(32))).isFalse();
        assertThat(OrderNonce.isManyBatches(OrderNonce.manyBatches(0))).isTrue();
        assertThat(OrderNonce.isManyBatches(OrderNonce.manyBatches(OrderNonce.MANY_BATCHES_MAX)))
                .isTrue();
        assertThat(OrderNonce.isManyBatches(BigInteger.ONE.shiftLeft(40))).isFalse();
        assertThat(OrderNonce.isManyBatches(BigInteger.ONE.shiftLeft(38))).isFalse();
        refused(() -> OrderNonce.oneBatch(-1), "nonce");
        refused(() -> OrderNonce.manyBatches(1L << 39), "nonce");
    }

    static void refused(ThrowingCallable maker, String why) {
        assertThatIllegalArgumentException().isThrownBy(maker).withMessageContaining(why);
    }

    private static void refusedOrder(OrderDraft buy, String why) {
        refused(
                () -> new BatchDraft()
                        .fill(buy.signed(VAULT, ALICE), SELL, true, 1)
                        .build(),
                why);
    }

    private static BatchDraft one() {
        return new BatchDraft().fill(BUY, SELL, true, 1);
    }
}
