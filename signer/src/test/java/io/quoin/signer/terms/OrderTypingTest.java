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
import java.util.stream.Collectors;
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
    private static final EvmAddress TRADER = EvmAddress.of("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    private static final OrderTerms ORDER = draft().of(TRADER);

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
    @DisplayName("R1 the trader is no part of the digest: the signature names him")
    void orderDigest_ofAnotherTrader_isTheSame() {
        EvmAddress other = EvmAddress.of("0x0000000000000000000000000000000000000001");

        assertThat(OrderTyping.orderDigest(DOMAIN, draft().of(other)))
                .isEqualTo(OrderTyping.orderDigest(DOMAIN, ORDER));
    }

    @Test
    void withdrawalDigest_equalsIndependentEncoder() throws IOException {
        long seed = System.nanoTime();
        RandomOrders random = new RandomOrders(seed);
        for (int i = 0; i < 50; i++) {
            WithdrawalTerms terms = random.withdrawal();
            VaultDomain domain = random.domain();

            assertThat(OrderTyping.withdrawalDigest(domain, terms))
                    .as("seed %d: %s", seed, terms)
                    .isEqualTo(
                            Bytes32.of(new StructuredDataEncoder(withdrawalJson(domain, terms)).hashStructuredData()));
        }
    }

    private static String withdrawalJson(VaultDomain domain, WithdrawalTerms terms) {
        String json = OrderTyping.orderTypedDataJson(domain, ORDER);
        String types = json.substring(json.indexOf("\"EIP712Domain\""), json.indexOf(",\"Order\""));
        String domainJson = json.substring(json.indexOf("\"domain\""), json.indexOf(",\"message\""));
        String fields = Stream.of(
                        "address account",
                        "address token",
                        "uint256 amount",
                        "address to",
                        "uint256 nonce",
                        "uint256 deadline")
                .map(field -> field.split(" ", 2))
                .map(field -> "{\"name\":\"%s\",\"type\":\"%s\"}".formatted(field[1], field[0]))
                .collect(Collectors.joining(","));
        String message =
                "{\"account\":\"%s\",\"token\":\"%s\",\"amount\":\"%s\",\"to\":\"%s\",\"nonce\":\"%s\",\"deadline\":\"%s\"}"
                        .formatted(
                                terms.account(),
                                terms.token(),
                                terms.amount(),
                                terms.to(),
                                terms.nonce(),
                                terms.deadlineSeconds());
        return "{\"types\":{" + types + ",\"Withdrawal\":[" + fields + "]},\"primaryType\":\"Withdrawal\"," + domainJson
                + ",\"message\":" + message + "}";
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
                .hasSize(25)
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
        refused(draft().price(BigInteger.ONE.shiftLeft(128)), "price");
        refused(draft().quantity(BigInteger.ONE.negate()), "quantity");
        refused(draft().nonce(BigInteger.ONE.shiftLeft(64)), "nonce");
        refused(draft().issued(-1), "issued");
        refused(draft().caps(1 << 16, 0), "operatorFeeCap");
        refused(draft().wallet(EvmAddress.of("0x0000000000000000000000000000000000000001")), "wallet");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EscrowTerms(1L << 32, 0, 0, 0, EvmAddress.ZERO, 0, 0, 0))
                .withMessageContaining("arbiterId");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EscrowTerms(0, 0, 0, 0, EvmAddress.ZERO, 1 << 16, 0, 0))
                .withMessageContaining("fallbackToBuyer");
        assertThatIllegalArgumentException().isThrownBy(() -> OrderFlag.of(4)).withMessageContaining("flag");
    }

    private static void refused(OrderDraft draft, String why) {
        assertThatIllegalArgumentException().isThrownBy(() -> draft.of(TRADER)).withMessageContaining(why);
    }

    /** The fixed order twenty-two times, each with another field changed. */
    private static List<OrderTerms> changes() {
        EvmAddress a = EvmAddress.of("0x0000000000000000000000000000000000000001");
        BigInteger n = BigInteger.valueOf(99);
        MarketTerms m = ORDER.market();
        Stream<OrderDraft> drafts = Stream.of(
                draft().mode(SettlementMode.P2P),
                draft().market(new MarketTerms(a, m.quote(), m.priceScale())),
                draft().market(new MarketTerms(m.base(), a, m.priceScale())),
                draft().market(new MarketTerms(m.base(), m.quote(), n)),
                draft().side(OrderSide.SELL),
                draft().price(n),
                draft().quantity(n),
                draft().nonce(n),
                draft().issued(99),
                draft().expiry(99),
                draft().caps(99, ORDER.referrerFeeCapBps()),
                draft().caps(ORDER.operatorFeeCapBps(), 99),
                draft().flags(),
                draft().wallet(TRADER));
        Stream<OrderDraft> terms = Stream.of(
                        new EscrowTerms(99, 0, 86_400, 604_800, EvmAddress.ZERO, 5_000, 0, 0),
                        new EscrowTerms(3, 99, 86_400, 604_800, EvmAddress.ZERO, 5_000, 0, 0),
                        new EscrowTerms(3, 0, 99, 604_800, EvmAddress.ZERO, 5_000, 0, 0),
                        new EscrowTerms(3, 0, 86_400, 99, EvmAddress.ZERO, 5_000, 0, 0),
                        new EscrowTerms(3, 0, 86_400, 604_800, a, 5_000, 0, 0),
                        new EscrowTerms(3, 0, 86_400, 604_800, EvmAddress.ZERO, 99, 0, 0),
                        new EscrowTerms(3, 0, 86_400, 604_800, EvmAddress.ZERO, 5_000, 99, 0),
                        new EscrowTerms(3, 0, 86_400, 604_800, EvmAddress.ZERO, 5_000, 0, 99))
                .map(changed -> draft().terms(changed));
        return Stream.concat(drafts, terms).map(draft -> draft.of(TRADER)).toList();
    }

    private static OrderDraft draft() {
        return OrderDraft.buy().flags(OrderFlag.POST_ONLY);
    }
}
