package io.quoin.signer.terms;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Hex;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Random;
import org.web3j.crypto.ECKeyPair;

/** Orders at random, of any value that the signed type can hold, and batches that the vault would take. */
public final class RandomOrders {
    private static final int PRICE = 2_500;

    private final Random random;

    /** The same seed makes the same orders. */
    public RandomOrders(long seed) {
        this.random = new Random(seed);
    }

    /** Any order. */
    public OrderTerms order() {
        EvmAddress trader = address();
        return new OrderTerms(
                trader,
                pick(SettlementMode.values()),
                new MarketTerms(address(), address(), uint(127).add(BigInteger.ONE)),
                pick(OrderSide.values()),
                uint(128),
                uint(128),
                uint(64),
                uint(63).longValueExact(),
                uint(63).longValueExact(),
                new EscrowTerms(
                        uint(32).longValueExact(),
                        uint(32).longValueExact(),
                        uint(32).longValueExact(),
                        uint(32).longValueExact(),
                        address(),
                        uint(16).intValueExact(),
                        uint(16).intValueExact(),
                        uint(16).intValueExact()),
                uint(16).intValueExact(),
                uint(16).intValueExact(),
                OrderFlag.of(random.nextInt(4)),
                Optional.of(trader).filter(wallet -> random.nextBoolean()));
    }

    /** A good batch of up to twelve fills, some of the same orders, with fees; all orders are signed for that vault. */
    public LockBatch batch(VaultDomain vault) {
        BatchDraft batch =
                new BatchDraft().cell(random.nextInt(LockBatch.CELLS)).fees(fees());
        int pairs = 1 + random.nextInt(6);
        for (int i = 0; i < pairs; i++) {
            SignedOrder buy = signed(vault, OrderDraft.buy(), PRICE + random.nextInt(10));
            SignedOrder sell = signed(vault, OrderDraft.sell(), PRICE - random.nextInt(10));
            batch.fill(buy, sell, random.nextBoolean(), 1 + random.nextInt(500));
            if (random.nextBoolean()) {
                batch.fill(buy, sell, random.nextBoolean(), 1 + random.nextInt(500));
            }
        }
        return batch.build();
    }

    /** Any withdrawal. */
    public WithdrawalTerms withdrawal() {
        return new WithdrawalTerms(address(), address(), uint(256), address(), uint(256), uint(63).longValueExact());
    }

    /** Any vault. */
    public VaultDomain domain() {
        return new VaultDomain(ChainId.eip155(1 + uint(40).longValueExact()), address());
    }

    /** Any word. */
    public Bytes32 word() {
        return Bytes32.of(bytes(32));
    }

    /** Any seal. */
    public BatchSeal seal() {
        return new BatchSeal(word(), word(), uint(256), address(), address());
    }

    private SignedOrder signed(VaultDomain vault, OrderDraft draft, int wholePrice) {
        ECKeyPair key = OrderDraft.key(1 + random.nextInt(Integer.MAX_VALUE - 1));
        draft.price(wholePrice * 1_000_000L)
                .nonce(uint(32))
                .caps(20 + random.nextInt(3), 10)
                .flags(OrderFlag.SLIDE);
        if (random.nextInt(4) == 0) {
            draft.wallet(address());
        }
        return draft.signed(vault, key);
    }

    private BatchFees fees() {
        return random.nextBoolean() ? BatchFees.NONE : new BatchFees(-5, 20, 10, Optional.of(address()));
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private EvmAddress address() {
        return new EvmAddress(Hex.of(bytes(20)).text());
    }

    /** Short and long numbers alike. */
    private BigInteger uint(int bits) {
        return new BigInteger(random.nextInt(bits + 1), random);
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
