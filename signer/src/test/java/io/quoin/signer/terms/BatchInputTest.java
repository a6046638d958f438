package io.quoin.signer.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchInputTest {
    private static final VaultDomain VAULT = new RandomOrders(5).domain();

    @Test
    void decode_ofRandomBatches_givesThemBack() {
        long seed = System.nanoTime();
        RandomOrders random = new RandomOrders(seed);
        for (int i = 0; i < 30; i++) {
            LockBatch batch = random.batch(VAULT);

            BatchInput input = BatchInput.decode(VAULT, VaultCalldata.encode(new VaultCall.Lock(batch)));

            assertThat(input.mode()).isEqualTo(SettlementMode.ESCROW);
            assertThat(input.lots()).isEqualTo(batch.lots());
            assertThat(input.terms()).isEqualTo(batch.terms());
            assertThat(input.fees()).isEqualTo(batch.fees());
            assertThat(input.fills()).as("seed %d", seed).isEqualTo(expected(batch));
        }
    }

    @Test
    void decode_ofCutOrOtherCalldata_isRefused() {
        byte[] call = VaultCalldata.encode(new VaultCall.Lock(new RandomOrders(7).batch(VAULT)));
        int padded = call.length - VaultCalldata.batchBytes(call).length - 4 - 2 * AbiWords.WORD;

        for (int size = 0; size < call.length - padded; size += 7) {
            byte[] cut = Arrays.copyOf(call, size);
            assertThatIllegalArgumentException().isThrownBy(() -> BatchInput.decode(VAULT, cut));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchInput.decode(
                        VAULT, VaultCalldata.encode(new VaultCall.Release(new RandomOrders(1).seal()))))
                .withMessageContaining("no lock or settle");
    }

    @Test
    void decode_ofABatchThatGathersFirst_givesTheSameFills() {
        LockBatch batch = new RandomOrders(9).batch(VAULT);
        byte[] call = VaultCalldata.encode(new VaultCall.Lock(batch));

        assertThat(BatchInput.decode(VAULT, withTail(call, 2 * 75)).fills()).isEqualTo(expected(batch));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchInput.decode(VAULT, withTail(call, 2 * 75 - 1)))
                .withMessageContaining("after the fills");
    }

    /** The same call with so many more bytes of batch data. */
    private static byte[] withTail(byte[] call, int more) {
        byte[] data = VaultCalldata.batchBytes(call);
        byte[] arguments = new AbiWords()
                .number(AbiWords.WORD)
                .dynamic(Arrays.copyOf(data, data.length + more))
                .bytes();
        byte[] longer = Arrays.copyOf(call, 4 + arguments.length);
        System.arraycopy(arguments, 0, longer, 4, arguments.length);
        return longer;
    }

    @Test
    void decode_forAnotherVault_recoversOtherTraders() {
        LockBatch batch = new BatchDraft()
                .fill(
                        OrderDraft.buy().signed(VAULT, OrderDraft.key(1)),
                        OrderDraft.sell().signed(VAULT, OrderDraft.key(2)),
                        true,
                        5)
                .build();

        BatchInput input =
                BatchInput.decode(new RandomOrders(6).domain(), VaultCalldata.encode(new VaultCall.Lock(batch)));

        assertThat(input.fills().getFirst().buy().order().trader())
                .isNotEqualTo(batch.orders().getFirst().terms().trader());
    }

    @Test
    void amounts_followTheVaultsArithmetic() {
        BatchFees fees = new BatchFees(-5, 20, 10, Optional.of(OrderDraft.account(OrderDraft.key(9))));
        BigInteger lots = BigInteger.valueOf(3);
        BigInteger ticks = BigInteger.valueOf(3_333);

        // Of 9,999: rebate 4.9, taker's 19.9 and 9.9, each rounded down.
        assertThat(FillAmounts.of(lots, ticks, fees, true)).isEqualTo(amounts(3, 9_995, 9_971, 9));
        assertThat(FillAmounts.of(lots, ticks, fees, false)).isEqualTo(amounts(3, 10_027, 10_003, 9));
        assertThat(FillAmounts.of(lots, ticks, BatchFees.NONE, true)).isEqualTo(amounts(3, 9_999, 9_999, 0));
        LockBatchTest.refused(
                () -> FillAmounts.of(lots, ticks, new BatchFees(-21, 20, 0, Optional.empty()), true), "rebate");
        LockBatchTest.refused(() -> FillAmounts.of(lots, BigInteger.ZERO, fees, true), "positive");
        LockBatchTest.refused(() -> FillAmounts.of(lots, BigInteger.ONE.shiftLeft(39), fees, true), "quote lots");
    }

    private static FillAmounts amounts(long base, long pay, long get, long referrer) {
        return new FillAmounts(
                BigInteger.valueOf(base),
                BigInteger.valueOf(pay),
                BigInteger.valueOf(get),
                BigInteger.valueOf(referrer));
    }

    private static List<BatchInput.Fill> expected(LockBatch batch) {
        BigInteger tick = batch.lots().tickPrice(batch.priceScale());
        return batch.fills().stream()
                .map(fill -> new BatchInput.Fill(
                        order(fill.buy()),
                        order(fill.sell()),
                        fill.buyerIsMaker(),
                        FillAmounts.of(
                                fill.lots(),
                                (fill.buyerIsMaker() ? fill.buy() : fill.sell())
                                        .terms()
                                        .price()
                                        .divide(tick),
                                batch.fees(),
                                fill.buyerIsMaker())))
                .toList();
    }

    private static InputOrder order(SignedOrder order) {
        return new InputOrder(OrderTyping.orderDigest(VAULT, order.terms()), order.terms());
    }
}
