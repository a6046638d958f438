package io.quoin.signer.terms;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.evm.Hex;
import java.math.BigInteger;
import java.util.Random;

/** Orders at random, of any value that the signed type can hold. */
public final class RandomOrders {
    private final Random random;

    /** The same seed makes the same orders. */
    public RandomOrders(long seed) {
        this.random = new Random(seed);
    }

    /** Any order. */
    public OrderTerms order() {
        return order(pick(OrderSide.values()));
    }

    /** Any order of that side. */
    public OrderTerms order(OrderSide side) {
        return new OrderTerms(
                address(),
                pick(SettlementMode.values()),
                new MarketTerms(address(), address(), uint(127).add(BigInteger.ONE)),
                side,
                uint(128),
                uint(128),
                uint(64),
                uint(63).longValueExact(),
                uint(32).longValueExact(),
                uint(32).longValueExact(),
                uint(32).longValueExact(),
                uint(32).longValueExact(),
                uint(16).intValueExact(),
                uint(16).intValueExact(),
                OrderFlag.of(random.nextInt(4)));
    }

    /** Any fill, with signatures of the right form that nobody made. */
    public EscrowFill fill() {
        return new EscrowFill(
                word(),
                new SignedOrder(order(OrderSide.BUY), signature()),
                new SignedOrder(order(OrderSide.SELL), signature()),
                random.nextBoolean(),
                uint(127).add(BigInteger.ONE));
    }

    /** Any vault. */
    public VaultDomain domain() {
        return new VaultDomain(ChainId.eip155(1 + uint(40).longValueExact()), address());
    }

    /** Any word. */
    public Bytes32 word() {
        return Bytes32.of(bytes(32));
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private EvmSignature signature() {
        byte[] low = bytes(32);
        low[0] &= 0x3f;
        return new EvmSignature(Bytes32.of(low), Bytes32.of(low), 27 + random.nextInt(2));
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
