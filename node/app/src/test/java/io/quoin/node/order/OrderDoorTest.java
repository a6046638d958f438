package io.quoin.node.order;

import static io.quoin.node.Samples.MARKET;
import static io.quoin.node.Samples.MARKETS;
import static io.quoin.node.Samples.VAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.node.Samples;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.OrderNonce;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTerms;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.SettlementMode;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

class OrderDoorTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    private static final ECKeyPair TRADER = ECKeyPair.create(BigInteger.valueOf(0xC0FFEE));
    private static final EvmAddress ADDRESS = new EvmAddress("0x" + Keys.getAddress(TRADER));
    private static final String VAULT_NAME = VAULT.chain() + ":" + VAULT.vault();

    private static final BigInteger NONCE = OrderNonce.manyBatches(1);
    private static final String NOBODY = EvmAddress.ZERO.hex();
    private static final OrderRequest.Terms TERMS = new OrderRequest.Terms(0, 0, 3_600, 0, NOBODY, 0, 0, 0);

    private final OrderDoor door = new OrderDoor(MARKETS, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void admit_whenAllIsRight_knowsTheOrderByTheDigestThatWasSigned() {
        SubmittedOrder order = door.admit(request("2000.5", "1.25", NOW.getEpochSecond() + 3_600));

        assertThat(order.id()).isEqualTo(OrderTyping.orderDigest(VAULT, order.terms()));
        assertThat(order.ticks()).isEqualTo(200_050);
        assertThat(order.lots()).isEqualTo(1_250);
        assertThat(order.terms().trader()).isEqualTo(ADDRESS);
    }

    static Stream<Arguments> wrong() {
        long later = NOW.getEpochSecond() + 3_600;
        OrderRequest right = request("2000.5", "1.25", later);
        return Stream.of(
                Arguments.of(
                        "another chain", RefusalCode.WRONG_CHAIN, with(right, "vault", "eip155:1:" + VAULT.vault())),
                Arguments.of(
                        "another vault",
                        RefusalCode.WRONG_VAULT,
                        with(right, "vault", VAULT.chain() + ":0x" + "1".repeat(40))),
                Arguments.of("unknown market", RefusalCode.UNKNOWN_MARKET, with(right, "market", "NO-SUCH")),
                Arguments.of(
                        "another trader", RefusalCode.WRONG_SIGNATURE, with(right, "trader", "0x" + "2".repeat(40))),
                Arguments.of("another price", RefusalCode.WRONG_SIGNATURE, with(right, "price", "2000.51")),
                Arguments.of("another quantity", RefusalCode.WRONG_SIGNATURE, with(right, "quantity", "1.251")),
                Arguments.of("another side", RefusalCode.WRONG_SIGNATURE, with(right, "side", "BUY")),
                Arguments.of("price off tick", RefusalCode.PRICE_OFF_TICK, with(right, "price", "2000.505")),
                Arguments.of("quantity off lot", RefusalCode.QUANTITY_OFF_LOT, with(right, "quantity", "1.2505")),
                Arguments.of("mode not the market's", RefusalCode.WRONG_TERMS, with(right, "mode", "P2P")),
                Arguments.of("another arbiter", RefusalCode.WRONG_TERMS, with(right, terms(9, 3_600, NOBODY, 0, 0, 0))),
                Arguments.of(
                        "another refund delay", RefusalCode.WRONG_TERMS, with(right, terms(0, 60, NOBODY, 0, 0, 0))),
                Arguments.of(
                        "another fallback arbiter",
                        RefusalCode.WRONG_TERMS,
                        with(right, terms(0, 3_600, ADDRESS.hex(), 0, 0, 0))),
                Arguments.of(
                        "another fallback share",
                        RefusalCode.WRONG_TERMS,
                        with(right, terms(0, 3_600, NOBODY, 10_001, 0, 0))),
                Arguments.of("a buyer's bond", RefusalCode.WRONG_TERMS, with(right, terms(0, 3_600, NOBODY, 0, 1, 0))),
                Arguments.of("a seller's bond", RefusalCode.WRONG_TERMS, with(right, terms(0, 3_600, NOBODY, 0, 0, 1))),
                Arguments.of(
                        "a fallback arbiter that is no address",
                        RefusalCode.MALFORMED_REQUEST,
                        with(right, terms(0, 3_600, "0x12", 0, 0, 0))),
                Arguments.of("a contract wallet", RefusalCode.WALLET_NOT_OFFERED, with(right, "wallet", ADDRESS.hex())),
                Arguments.of("a nonce of one batch", RefusalCode.WRONG_NONCE_KIND, with(right, "nonce", "1")),
                Arguments.of(
                        "a nonce beyond its kind",
                        RefusalCode.WRONG_NONCE_KIND,
                        with(right, "nonce", NONCE.shiftLeft(1).toString())),
                Arguments.of(
                        "a nonce beyond 64 bits",
                        RefusalCode.MALFORMED_REQUEST,
                        with(right, "nonce", BigInteger.ONE.shiftLeft(64).toString())),
                Arguments.of(
                        "another nonce",
                        RefusalCode.WRONG_SIGNATURE,
                        with(right, "nonce", OrderNonce.manyBatches(2).toString())),
                Arguments.of(
                        "another time of signing",
                        RefusalCode.WRONG_SIGNATURE,
                        with(right, "issued", Long.toString(NOW.getEpochSecond() - 1))),
                Arguments.of(
                        "signed in the future",
                        RefusalCode.ISSUED_IN_FUTURE,
                        request(
                                "2000.5",
                                "1.25",
                                NONCE,
                                NOW.getEpochSecond() + OrderDoor.ISSUED_AHEAD_MAX_SECONDS + 1,
                                later)),
                Arguments.of(
                        "more than the vault counts", RefusalCode.AMOUNT_TOO_LARGE, request("1000000", "11", later)),
                Arguments.of(
                        "an expiry beyond the vault's",
                        RefusalCode.MALFORMED_REQUEST,
                        request("2000.5", "1.25", 1L << 32)),
                Arguments.of(
                        "no signature", RefusalCode.WRONG_SIGNATURE, with(right, "signature", "0x" + "0".repeat(130))),
                Arguments.of("high s", RefusalCode.WRONG_SIGNATURE, with(right, "signature", highS(right.signature()))),
                Arguments.of("expired", RefusalCode.ORDER_EXPIRED, request("2000.5", "1.25", NOW.getEpochSecond() - 1)),
                Arguments.of(
                        "expires before it can be locked",
                        RefusalCode.ORDER_EXPIRED,
                        request("2000.5", "1.25", NOW.getEpochSecond() + SubmittedOrder.LOCK_MARGIN_SECONDS)));
    }

    private static OrderRequest.Terms terms(
            long arbiter, long refundDelay, String fallbackArbiter, int toBuyer, int buyerBond, int sellerBond) {
        return new OrderRequest.Terms(arbiter, 0, refundDelay, 0, fallbackArbiter, toBuyer, buyerBond, sellerBond);
    }

    @Test
    void admit_whenTheTradersClockIsALittleAhead_takesTheOrder() {
        long ahead = NOW.getEpochSecond() + OrderDoor.ISSUED_AHEAD_MAX_SECONDS;

        assertThat(door.admit(request("2000.5", "1.25", NONCE, ahead, ahead + 3_600))
                        .terms()
                        .issuedSeconds())
                .isEqualTo(ahead);
    }

    @ParameterizedTest(name = "{0} is refused as {1}")
    @MethodSource("wrong")
    void admit_whenSomethingIsWrong_refuses(String what, RefusalCode code, OrderRequest request) {
        assertThatThrownBy(() -> door.admit(request))
                .as(what)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    @Test
    void requireCancelSignature_whenAnotherSigned_refuses() {
        Bytes32 order = door.admit(request("2000.5", "1.25", NOW.getEpochSecond() + 3_600))
                .id();
        String signature = sign(OrderTyping.cancelDigest(VAULT, order), TRADER);
        String foreign = sign(OrderTyping.cancelDigest(VAULT, order), ECKeyPair.create(BigInteger.TEN));

        OrderDoor.requireCancelSignature(VAULT, order, ADDRESS, signature);
        assertThatThrownBy(() -> OrderDoor.requireCancelSignature(VAULT, order, ADDRESS, foreign))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("CancelOrder");
    }

    private static OrderRequest request(String price, String quantity, long expiry) {
        return request(price, quantity, NONCE, NOW.getEpochSecond(), expiry);
    }

    private static OrderRequest request(String price, String quantity, BigInteger nonce, long issued, long expiry) {
        OrderTerms terms = new OrderTerms(
                ADDRESS,
                SettlementMode.ESCROW,
                MARKET.signedTerms(),
                OrderSide.SELL,
                MARKET.price(MARKET.ticks(price)),
                MARKET.quantity(MARKET.lots(quantity)),
                nonce,
                issued,
                expiry,
                Samples.TERMS,
                0,
                0,
                Set.of(),
                Optional.empty());
        String signature = sign(OrderTyping.orderDigest(VAULT, terms), TRADER);
        return new OrderRequest(
                VAULT_NAME,
                MARKET.symbol(),
                ADDRESS.hex(),
                "ESCROW",
                "SELL",
                price,
                quantity,
                nonce,
                issued,
                expiry,
                TERMS,
                0,
                0,
                Set.of(),
                EvmAddress.ZERO.hex(),
                signature);
    }

    private static OrderRequest with(OrderRequest r, OrderRequest.Terms terms) {
        return with(r, terms, "", "");
    }

    private static OrderRequest with(OrderRequest r, String field, String value) {
        return with(r, r.terms(), field, value);
    }

    private static OrderRequest with(OrderRequest r, OrderRequest.Terms terms, String field, String value) {
        return new OrderRequest(
                field.equals("vault") ? value : r.vault(),
                field.equals("market") ? value : r.market(),
                field.equals("trader") ? value : r.trader(),
                field.equals("mode") ? value : r.mode(),
                field.equals("side") ? value : r.side(),
                field.equals("price") ? value : r.price(),
                field.equals("quantity") ? value : r.quantity(),
                field.equals("nonce") ? new BigInteger(value) : r.nonce(),
                field.equals("issued") ? Long.parseLong(value) : r.issued(),
                r.expiry(),
                terms,
                r.operatorFeeCap(),
                r.referrerFeeCap(),
                r.flags(),
                field.equals("wallet") ? value : r.wallet(),
                field.equals("signature") ? value : r.signature());
    }

    private static String sign(Bytes32 digest, ECKeyPair key) {
        Sign.SignatureData signed = Sign.signMessage(digest.bytes(), key, false);
        HexFormat hex = HexFormat.of();
        return "0x" + hex.formatHex(signed.getR()) + hex.formatHex(signed.getS()) + hex.formatHex(signed.getV());
    }

    private static String highS(String signature) {
        BigInteger order = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
        BigInteger s = order.subtract(new BigInteger(signature.substring(66, 130), 16));
        String v = signature.endsWith("1b") ? "1c" : "1b";
        return signature.substring(0, 66) + "%064x".formatted(s) + v;
    }
}
