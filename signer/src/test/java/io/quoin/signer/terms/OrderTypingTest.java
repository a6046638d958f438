package io.quoin.signer.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.crypto.StructuredDataEncoder;

class OrderTypingTest {
    private static final VaultDomain DOMAIN =
            new VaultDomain(ChainId.eip155(31337), EvmAddress.of("0x5FbDB2315678afecb367f032d93F642f64180aa3"));
    private static final OrderTerms ORDER = new OrderTerms(
            EvmAddress.of("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"),
            SettlementMode.ESCROW,
            new MarketTerms(
                    EvmAddress.of("0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"),
                    EvmAddress.of("0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0"),
                    BigInteger.TEN.pow(18)),
            OrderSide.BUY,
            BigInteger.valueOf(2_500_000_000L),
            BigInteger.TEN.pow(18),
            BigInteger.valueOf(7),
            1_900_000_000L,
            3,
            3_600,
            86_400,
            604_800,
            25,
            10,
            Set.of(OrderFlag.POST_ONLY));

    @Test
    @DisplayName("R1 the digest of random orders is that of web3j's independent EIP-712 encoder")
    void orderDigest_ofRandomOrders_equalsIndependentEncoder() throws IOException {
        long seed = System.nanoTime();
        RandomOrders random = new RandomOrders(seed);
        for (int i = 0; i < 300; i++) {
            OrderTerms order = random.order();
            VaultDomain domain = random.domain();

            Bytes32 expected = Bytes32.of(
                    new StructuredDataEncoder(OrderTyping.orderTypedDataJson(domain, order)).hashStructuredData());

            assertThat(OrderTyping.orderDigest(domain, order))
                    .as("seed %d, order %d: %s", seed, i, order)
                    .isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("R1 a fixed order has a fixed digest")
    void orderDigest_ofFixedOrder_isFixed() {
        assertThat(OrderTyping.orderDigest(DOMAIN, ORDER).hex())
                .isEqualTo("0x31d506142d3b876e6a76d9931281bbaf831a277a1339b076949a94c61ac013fb");
        assertThat(OrderTyping.cancelDigest(DOMAIN, OrderTyping.orderDigest(DOMAIN, ORDER))
                        .hex())
                .isEqualTo("0x66f8dc621edae08d1c8d1fa91a8241d773cfb9b5e550128900d610dff960674f");
    }

    @Test
    void cancelDigest_equalsIndependentEncoder() throws IOException {
        Bytes32 order = OrderTyping.orderDigest(DOMAIN, ORDER);
        String json = OrderTyping.orderTypedDataJson(DOMAIN, ORDER);
        String types = json.substring(json.indexOf("\"EIP712Domain\""), json.indexOf(",\"Order\""));
        String domain = json.substring(json.indexOf("\"domain\""), json.indexOf(",\"message\""));
        String cancel = "{\"types\":{" + types + ",\"CancelOrder\":[{\"name\":\"order\",\"type\":\"bytes32\"}]},"
                + "\"primaryType\":\"CancelOrder\"," + domain + ",\"message\":{\"order\":\"" + order.hex() + "\"}}";

        Bytes32 expected = Bytes32.of(new StructuredDataEncoder(cancel).hashStructuredData());

        assertThat(OrderTyping.cancelDigest(DOMAIN, order)).isEqualTo(expected);
    }

    @Test
    @DisplayName("R1 changing any signed term, the chain or the vault changes the digest")
    void orderDigest_whenAnyTermChanges_changes() {
        EvmAddress other = EvmAddress.of("0x0000000000000000000000000000000000000001");
        Stream<Bytes32> changed = Stream.concat(
                changes().stream().map(order -> OrderTyping.orderDigest(DOMAIN, order)),
                Stream.of(
                        OrderTyping.orderDigest(new VaultDomain(ChainId.eip155(1), DOMAIN.vault()), ORDER),
                        OrderTyping.orderDigest(new VaultDomain(DOMAIN.chain(), other), ORDER)));

        assertThat(Stream.concat(Stream.of(OrderTyping.orderDigest(DOMAIN, ORDER)), changed))
                .hasSize(20)
                .doesNotHaveDuplicates();
    }

    @Test
    void recover_givesTheSigner_andAnotherForAnotherDigest() {
        ECKeyPair key = ECKeyPair.create(BigInteger.valueOf(4711));
        Bytes32 digest = OrderTyping.orderDigest(DOMAIN, ORDER);
        Sign.SignatureData made = Sign.signMessage(digest.bytes(), key, false);
        EvmSignature signature = new EvmSignature(Bytes32.of(made.getR()), Bytes32.of(made.getS()), made.getV()[0]);

        EvmAddress signer = EvmAddress.of("0x" + Keys.getAddress(key));

        assertThat(OrderTyping.recover(digest, signature)).contains(signer);
        assertThat(OrderTyping.recover(OrderTyping.cancelDigest(DOMAIN, digest), signature))
                .isNotEqualTo(Optional.of(signer));
    }

    @Test
    void recover_whenNoKeyCanHaveSigned_isEmpty() {
        Bytes32 noPoint = new Bytes32("0x" + "0".repeat(63) + "5");

        assertThat(OrderTyping.recover(Bytes32.ZERO, new EvmSignature(noPoint, noPoint, 27)))
                .isEmpty();
    }

    @Test
    void terms_whenTheyDoNotFitTheSignedType_areRefused() {
        BigInteger tooLarge = BigInteger.ONE.shiftLeft(128);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(ORDER.side(), tooLarge, ORDER.quantity(), ORDER.nonce(), 0))
                .withMessageContaining("price");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(ORDER.side(), ORDER.price(), BigInteger.ONE.negate(), ORDER.nonce(), 0))
                .withMessageContaining("quantity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(ORDER.side(), ORDER.price(), ORDER.quantity(), BigInteger.ONE.shiftLeft(64), 0))
                .withMessageContaining("nonce");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(ORDER.side(), ORDER.price(), ORDER.quantity(), ORDER.nonce(), 1L << 32))
                .withMessageContaining("arbiterId");
        assertThatIllegalArgumentException().isThrownBy(() -> OrderFlag.of(4)).withMessageContaining("flag");
    }

    private static OrderTerms with(
            OrderSide side, BigInteger price, BigInteger quantity, BigInteger nonce, long arbiterId) {
        return new OrderTerms(
                ORDER.trader(),
                ORDER.mode(),
                ORDER.market(),
                side,
                price,
                quantity,
                nonce,
                1,
                arbiterId,
                1,
                1,
                1,
                1,
                1,
                Set.of());
    }

    /** The fixed order seventeen times, each with another field changed. */
    private static List<OrderTerms> changes() {
        OrderTerms o = ORDER;
        EvmAddress a = EvmAddress.of("0x0000000000000000000000000000000000000001");
        BigInteger n = BigInteger.valueOf(99);
        MarketTerms m = o.market();
        return List.of(
                change(a, o.mode(), m, o.side(), o.price(), o.quantity(), o.nonce(), o.flags(), 0),
                change(o.trader(), SettlementMode.P2P, m, o.side(), o.price(), o.quantity(), o.nonce(), o.flags(), 0),
                change(
                        o.trader(),
                        o.mode(),
                        new MarketTerms(a, m.quote(), m.priceScale()),
                        o.side(),
                        o.price(),
                        o.quantity(),
                        o.nonce(),
                        o.flags(),
                        0),
                change(
                        o.trader(),
                        o.mode(),
                        new MarketTerms(m.base(), a, m.priceScale()),
                        o.side(),
                        o.price(),
                        o.quantity(),
                        o.nonce(),
                        o.flags(),
                        0),
                change(
                        o.trader(),
                        o.mode(),
                        new MarketTerms(m.base(), m.quote(), n),
                        o.side(),
                        o.price(),
                        o.quantity(),
                        o.nonce(),
                        o.flags(),
                        0),
                change(o.trader(), o.mode(), m, OrderSide.SELL, o.price(), o.quantity(), o.nonce(), o.flags(), 0),
                change(o.trader(), o.mode(), m, o.side(), n, o.quantity(), o.nonce(), o.flags(), 0),
                change(o.trader(), o.mode(), m, o.side(), o.price(), n, o.nonce(), o.flags(), 0),
                change(o.trader(), o.mode(), m, o.side(), o.price(), o.quantity(), n, o.flags(), 0),
                change(o.trader(), o.mode(), m, o.side(), o.price(), o.quantity(), o.nonce(), Set.of(), 0),
                numbers(1),
                numbers(2),
                numbers(3),
                numbers(4),
                numbers(5),
                numbers(6),
                numbers(7));
    }

    private static OrderTerms numbers(int field) {
        OrderTerms o = ORDER;
        return change(o.trader(), o.mode(), o.market(), o.side(), o.price(), o.quantity(), o.nonce(), o.flags(), field);
    }

    private static OrderTerms change(
            EvmAddress trader,
            SettlementMode mode,
            MarketTerms market,
            OrderSide side,
            BigInteger price,
            BigInteger quantity,
            BigInteger nonce,
            Set<OrderFlag> flags,
            int field) {
        return new OrderTerms(
                trader,
                mode,
                market,
                side,
                price,
                quantity,
                nonce,
                ORDER.expirySeconds() + (field == 1 ? 1 : 0),
                ORDER.arbiterId() + (field == 2 ? 1 : 0),
                ORDER.paymentWindowSeconds() + (field == 3 ? 1 : 0),
                ORDER.refundDelaySeconds() + (field == 4 ? 1 : 0),
                ORDER.disputeBoundSeconds() + (field == 5 ? 1 : 0),
                ORDER.operatorFeeCapBps() + (field == 6 ? 1 : 0),
                ORDER.referrerFeeCapBps() + (field == 7 ? 1 : 0),
                flags);
    }
}
