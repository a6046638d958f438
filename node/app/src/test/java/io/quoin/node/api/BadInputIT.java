package io.quoin.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quoin.node.NodeWorld;
import io.quoin.node.demo.trader.MarketView;
import io.quoin.node.demo.trader.OrderDraft;
import io.quoin.node.demo.trader.OrderView;
import io.quoin.node.demo.trader.Trader;
import io.quoin.node.demo.trader.WithdrawalDraft;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong is refused in words, changes nothing, and every answer is one that the API's document describes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LATER = 4_000_000_000L;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();
    private NodeWorld world;
    private Trader trader;
    private ResponseValidator document;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = new NodeWorld(folder);
        trader = world.trader("Alice", "5", "0");
        OpenAPIContract contract = OpenAPIContract.from(vertx, "io/quoin/node/api/openapi.yaml")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        document = ResponseValidator.create(vertx, contract);
    }

    @AfterAll
    void stop() throws Exception {
        client.close();
        world.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    static Stream<Arguments> wrongBodies() {
        return Stream.of(
                wrong("malformed JSON", 400, "MALFORMED_REQUEST: be decoded", body -> "{\"vault\": "),
                wrong("no body", 400, "MALFORMED_REQUEST: body", body -> ""),
                wrong("an array", 400, "MALFORMED_REQUEST: Expected object", body -> "[]"),
                wrong(
                        "an unknown field",
                        400,
                        "MALFORMED_REQUEST: there is no field surprise",
                        body -> body.put("surprise", 1)),
                wrong("a missing field", 400, "MALFORMED_REQUEST: nonce", body -> body.without("nonce")),
                wrong("a number for a decimal", 400, "MALFORMED_REQUEST: field price", body -> body.put("price", 2500)),
                wrong(
                        "a negative quantity",
                        400,
                        "MALFORMED_REQUEST: field quantity",
                        body -> body.put("quantity", "-1")),
                wrong(
                        "a short signature",
                        400,
                        "MALFORMED_REQUEST: field signature",
                        body -> body.put("signature", "0x12")),
                wrong(
                        "a line break in a nonce",
                        400,
                        "MALFORMED_REQUEST: field nonce",
                        body -> body.put("nonce", "1\n")),
                wrong(
                        "a nonce beyond 64 bits",
                        400,
                        "MALFORMED_REQUEST",
                        body -> body.put("nonce", "18446744073709551616")),
                wrong("an unknown market", 404, "UNKNOWN_MARKET", body -> body.put("market", "NO-SUCH")),
                wrong("another chain", 422, "WRONG_CHAIN", body -> body.put("vault", "eip155:1:" + last(body))),
                wrong(
                        "another vault",
                        422,
                        "WRONG_VAULT",
                        body -> body.put("vault", "eip155:31337:0x" + "1".repeat(40))),
                wrong("another signer", 422, "WRONG_SIGNATURE", body -> body.put("trader", "0x" + "1".repeat(40))),
                wrong("a price that was not signed", 422, "WRONG_SIGNATURE", body -> body.put("price", "2501")),
                wrong("an expiry that was not signed", 422, "WRONG_SIGNATURE", body -> body.put("expiry", LATER + 1)),
                wrong(
                        "an expiry in the past that was not signed",
                        422,
                        "WRONG_SIGNATURE",
                        body -> body.put("expiry", 1_000_000_000L)),
                wrong("a price off the tick", 422, "PRICE_OFF_TICK", body -> body.put("price", "2500.005")),
                wrong("a price of zero", 422, "PRICE_OFF_TICK", body -> body.put("price", "0")),
                wrong("a quantity off the lot", 422, "QUANTITY_OFF_LOT", body -> body.put("quantity", "1.0005")),
                wrong("other terms", 422, "WRONG_TERMS: refundDelay", body -> terms(body, "refundDelay", 60)),
                wrong("another arbiter", 422, "WRONG_TERMS: arbiterId", body -> terms(body, "arbiterId", 77)),
                wrong("a buyer's bond", 422, "WRONG_TERMS: buyerBond", body -> terms(body, "buyerBond", 100)),
                wrong("a seller's bond", 422, "WRONG_TERMS: sellerBond", body -> terms(body, "sellerBond", 100)),
                wrong(
                        "another fallback share",
                        422,
                        "WRONG_TERMS: fallbackToBuyer",
                        body -> terms(body, "fallbackToBuyer", 10_000)),
                wrong(
                        "a fallback share beyond the whole",
                        400,
                        "MALFORMED_REQUEST: fallbackToBuyer",
                        body -> terms(body, "fallbackToBuyer", 10_001)),
                wrong("terms of an unknown kind", 400, "MALFORMED_REQUEST", body -> terms(body, "surprise", 1)),
                wrong("no terms", 400, "MALFORMED_REQUEST: terms", body -> body.without("terms")),
                wrong("terms that are no object", 400, "MALFORMED_REQUEST: terms", body -> body.put("terms", 1)),
                wrong("no time of signing", 400, "MALFORMED_REQUEST: issued", body -> body.without("issued")),
                wrong(
                        "a time of signing that was not signed",
                        422,
                        "WRONG_SIGNATURE",
                        body -> body.put("issued", 1_700_000_000L)),
                wrong("no wallet field", 400, "MALFORMED_REQUEST: wallet", body -> body.without("wallet")),
                wrong(
                        "a contract wallet",
                        422,
                        "WALLET_NOT_OFFERED: EIP-1271",
                        body -> body.put("wallet", "0x" + "1".repeat(40))),
                wrong(
                        "a nonce that fills in one batch only",
                        422,
                        "WRONG_NONCE_KIND: 2^39",
                        body -> body.put("nonce", "7")),
                wrong("a nonce above its kind", 422, "WRONG_NONCE_KIND", body -> body.put("nonce", "1099511627776")),
                wrong(
                        "an expiry beyond the vault's time",
                        400,
                        "MALFORMED_REQUEST: expiry",
                        body -> body.put("expiry", 4_294_967_296L)),
                wrong("another mode", 422, "WRONG_TERMS", body -> body.put("mode", "P2P")));
    }

    @ParameterizedTest(name = "{0} is refused with {1} {2}")
    @MethodSource("wrongBodies")
    void aWrongOrder_isRefused_andChangesNothing(String what, int status, String code, Wrong wrong) throws Exception {
        String before = state();
        ObjectNode right = (ObjectNode) JSON.readTree(trader.signedOrder(world.market(), draft(1, "2500", "1", LATER)));

        HttpResponse<String> response = post(wrong.make(right).toString());

        String[] expected = code.split(": ", 2);
        JsonNode error = assertRefused(response, status, expected[0], "placeOrder");
        assertThat(error.path("message").asText()).contains(expected.length > 1 ? expected[1] : "");
        assertThat(state()).as(what).isEqualTo(before);
    }

    @Test
    void anExpiredOrder_thatWasSignedSo_isRefused() throws Exception {
        String body = trader.signedOrder(
                world.market(), draft(2, "2500", "1", Instant.now().getEpochSecond() - 10));

        assertRefused(post(body), 422, "ORDER_EXPIRED", "placeOrder");
    }

    @Test
    void anOrderSignedForAnotherChain_isRefused_thoughItNamesTheRightVault() throws Exception {
        MarketView here = world.market();
        MarketView elsewhere = new MarketView(
                here.symbol(),
                1,
                here.vault(),
                here.base(),
                here.quote(),
                here.priceScale(),
                here.mode(),
                here.terms(),
                here.baseLot(),
                here.quoteLot(),
                here.serverTimeMillis());
        ObjectNode body = (ObjectNode) JSON.readTree(trader.signedOrder(elsewhere, draft(5, "2500", "1", LATER)));
        body.put("vault", "eip155:31337:" + here.vault());

        JsonNode error = assertRefused(post(body.toString()), 422, "WRONG_SIGNATURE", "placeOrder");
        assertThat(error.path("message").asText()).contains("chain id 31337").contains(here.vault());
    }

    @Test
    void aTradeAndItsEscrow_areAnsweredAsTheDocumentSays() throws Exception {
        Trader seller = world.trader("Dora", "1", "0");
        Trader buyer = world.trader("Bob", "0", "3000");
        OrderView sold = seller.place(world.market(), draft(1, "2000", "1", LATER));
        OrderView bought = buyer.place(
                world.market(), new OrderDraft(false, new BigDecimal("2000"), BigDecimal.ONE, 1, now(), LATER));
        String escrow = bought.fills().getFirst().escrow();

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            HttpResponse<String> answer = get("/v1/escrows/" + escrow);
            assertDescribed(answer, "readEscrow");
            assertThat(JSON.readTree(answer.body()).path("state").asText()).isEqualTo("SETTLED");
        });
        assertDescribed(get("/v1/orders/" + sold.id()), "readOrder");
        assertDescribed(get("/v1/orders?trader=" + buyer.address()), "listOrders");
        assertDescribed(get("/v1/trades?market=QBASE-QUSD"), "listTrades");
        assertDescribed(get("/v1/balances/" + buyer.address()), "readBalances");
        assertThat(get("/v1/trades?market=QBASE-QUSD").body()).contains(escrow);
    }

    @Test
    void moreThanTheDeposit_isRefused_withBothAmounts() throws Exception {
        String before = state();
        HttpResponse<String> response = post(trader.signedOrder(world.market(), draft(3, "2500", "5.001", LATER)));

        JsonNode error = assertRefused(response, 422, "INSUFFICIENT_BALANCE", "placeOrder");
        assertThat(error.path("message").asText()).contains("5.001 QBASE").contains("5 QBASE is free");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aReusedNonce_isRefused_andTheSameOrderAgainIsNot() throws Exception {
        String body = trader.signedOrder(world.market(), draft(4, "9000", "0.5", LATER));
        HttpResponse<String> placed = post(body);
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        String id = JSON.readTree(placed.body()).path("id").asText();
        String before = state();

        assertThat(post(body).statusCode()).isEqualTo(200);
        assertRefused(
                post(trader.signedOrder(world.market(), draft(4, "9001", "0.5", LATER))),
                409,
                "NONCE_REUSED",
                "placeOrder");
        assertThat(state()).isEqualTo(before);
        assertRefused(
                send(request("/v1/orders/" + id)
                        .header("Quoin-Signature", "0x" + "11".repeat(64) + "1b")
                        .DELETE()),
                422,
                "WRONG_SIGNATURE",
                "cancelOrder");
        assertThat(trader.cancel(world.market(), id).status()).isEqualTo("CANCELLED");
    }

    @Test
    void whatIsNotThere_isSaidSo() throws Exception {
        String nothing = "0x" + "ab".repeat(32);
        assertRefused(get("/v1/orders/" + nothing), 404, "UNKNOWN_ORDER", "readOrder");
        assertRefused(get("/v1/escrows/" + nothing), 404, "UNKNOWN_ESCROW", "readEscrow");
        assertRefused(get("/v1/withdrawals/" + nothing), 404, "UNKNOWN_WITHDRAWAL", "readWithdrawal");
        assertRefused(get("/v1/book/NO-SUCH"), 404, "UNKNOWN_MARKET", "readBook");
        JsonNode depth = assertRefused(get("/v1/book/QBASE-QUSD?depth=0"), 400, "MALFORMED_REQUEST", "readBook");
        assertThat(depth.path("message").asText()).contains("depth").contains("0 is less than 1");
        assertRefused(get("/v1/trades?market=QBASE-QUSD&limit=501"), 400, "MALFORMED_REQUEST", "listTrades");
        assertRefused(get("/v1/balances/eip155:1:" + trader.address()), 422, "WRONG_CHAIN", "readBalances");
        assertThat(get("/v1/book/QBASE-QUSD?depth=2.0").statusCode()).isEqualTo(200);
        assertRefused(get("/v1/balances/0x123"), 400, "MALFORMED_REQUEST", "readBalances");
        assertThat(get("/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(send(request("/v1/markets").DELETE()).statusCode()).isIn(404, 405);
    }

    @Test
    void aBodyThatIsTooLarge_isRefused() throws Exception {
        HttpResponse<String> response = post("{\"vault\":\"" + "x".repeat(100_000) + "\"}");

        assertRefused(response, 413, "BODY_TOO_LARGE", "placeOrder");
    }

    @Test
    void everyRead_answersAsTheDocumentSays() throws Exception {
        assertDescribed(get("/v1/markets"), "listMarkets");
        assertDescribed(get("/v1/book/QBASE-QUSD"), "readBook");
        assertDescribed(get("/v1/trades?market=QBASE-QUSD"), "listTrades");
        assertDescribed(get("/v1/orders?trader=" + trader.address()), "listOrders");
        assertDescribed(get("/v1/balances/" + trader.address()), "readBalances");
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body()).contains("quoin_chain_final_height").contains("quoin_http_request");
        assertThat(get("/openapi.json").body()).contains("placeOrder");
    }

    static Stream<Arguments> wrongWithdrawals() {
        String other = "0x" + "1".repeat(40);
        return Stream.of(
                wrong("no body", 400, "MALFORMED_REQUEST: body", body -> ""),
                wrong("an unknown field", 400, "MALFORMED_REQUEST: surprise", body -> body.put("surprise", 1)),
                wrong("a missing field", 400, "MALFORMED_REQUEST: deadline", body -> body.without("deadline")),
                wrong("a negative amount", 400, "MALFORMED_REQUEST: amount", body -> body.put("amount", "-1")),
                wrong("a nonce that is none", 400, "MALFORMED_REQUEST: nonce", body -> body.put("nonce", "0x1")),
                wrong(
                        "a nonce beyond 256 bits",
                        400,
                        "MALFORMED_REQUEST: nonce",
                        body -> body.put("nonce", "9".repeat(78))),
                wrong("a payee that is none", 400, "MALFORMED_REQUEST: to", body -> body.put("to", "bob")),
                wrong("another chain", 422, "WRONG_CHAIN", body -> body.put("vault", "eip155:1:" + last(body))),
                wrong("another vault", 422, "WRONG_VAULT", body -> body.put("vault", "eip155:31337:" + other)),
                wrong("another account", 422, "WRONG_SIGNATURE", body -> body.put("account", other)),
                wrong("another payee", 422, "WRONG_SIGNATURE", body -> body.put("to", other)),
                wrong("nobody as payee", 422, "WRONG_PAYEE", body -> body.put("to", "0x" + "0".repeat(40))),
                wrong("the vault as payee", 422, "WRONG_PAYEE", body -> body.put("to", last(body))),
                wrong("an unknown token", 404, "UNKNOWN_ASSET", body -> body.put("token", other)),
                wrong("another amount", 422, "WRONG_SIGNATURE", body -> body.put("amount", "1.5")),
                wrong("no amount", 422, "AMOUNT_OFF_UNIT", body -> body.put("amount", "0")),
                wrong("a finer amount", 422, "AMOUNT_OFF_UNIT", body -> body.put("amount", "1.0000000001")),
                wrong("another deadline", 422, "WRONG_SIGNATURE", body -> body.put("deadline", now() + 120)),
                wrong(
                        "another signature",
                        422,
                        "WRONG_SIGNATURE",
                        body -> body.put("signature", "0x" + "11".repeat(64) + "1b")));
    }

    @ParameterizedTest(name = "a withdrawal with {0} is refused with {1} {2}")
    @MethodSource("wrongWithdrawals")
    void aWrongWithdrawal_isRefused_andChangesNothing(String what, int status, String code, Wrong wrong)
            throws Exception {
        String before = state();
        ObjectNode right =
                (ObjectNode) JSON.readTree(trader.signedWithdrawal(world.market(), withdrawal("1", 1, now() + 600)));

        HttpResponse<String> response = postWithdrawal(wrong.make(right).toString());

        String[] expected = code.split(": ", 2);
        JsonNode error = assertRefused(response, status, expected[0], "requestWithdrawal");
        assertThat(error.path("message").asText()).contains(expected.length > 1 ? expected[1] : "");
        assertThat(state()).as(what).isEqualTo(before);
    }

    @Test
    void aWithdrawalThatCannotBe_isRefused_andChangesNothing() throws Exception {
        String before = state();
        assertRefused(
                postWithdrawal(trader.signedWithdrawal(world.market(), withdrawal("5.001", 2, now() + 600))),
                422,
                "INSUFFICIENT_BALANCE",
                "requestWithdrawal");
        assertRefused(
                postWithdrawal(trader.signedWithdrawal(world.market(), withdrawal("1", 3, now() + 10))),
                422,
                "DEADLINE_OUT_OF_RANGE",
                "requestWithdrawal");
        assertRefused(
                postWithdrawal(trader.signedWithdrawal(world.market(), withdrawal("1", 4, now() + 7_200))),
                422,
                "DEADLINE_OUT_OF_RANGE",
                "requestWithdrawal");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aWithdrawal_isCoSigned_onceAndForItsNonce_andTheVaultPaysIt() throws Exception {
        Trader leaving = world.trader("Erin", "2", "0");
        var draft =
                new WithdrawalDraft(world.market().base(), new BigDecimal("1.5"), leaving.address(), 1, now() + 600);
        HttpResponse<String> first = postWithdrawal(leaving.signedWithdrawal(world.market(), draft));
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertDescribed(first, "requestWithdrawal");
        HttpResponse<String> again = postWithdrawal(leaving.signedWithdrawal(world.market(), draft));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        var other =
                new WithdrawalDraft(world.market().base(), new BigDecimal("0.25"), leaving.address(), 1, now() + 600);
        assertRefused(
                postWithdrawal(leaving.signedWithdrawal(world.market(), other)),
                409,
                "NONCE_REUSED",
                "requestWithdrawal");
        assertThat(leaving.ledger(world.market().base()).available()).isEqualByComparingTo("0.5");

        leaving.withdraw(world.market(), draft, leaving.requestWithdrawal(world.market(), draft));

        String path =
                "/v1/withdrawals/" + JSON.readTree(first.body()).path("id").asText();
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            HttpResponse<String> answer = get(path);
            assertDescribed(answer, "readWithdrawal");
            assertThat(JSON.readTree(answer.body()).path("state").asText()).isEqualTo("FINAL");
        });
        assertThat(leaving.wallet(world.market().base())).isEqualByComparingTo("1.5");
        assertThat(leaving.ledger(world.market().base()).available()).isEqualByComparingTo("0.5");
    }

    @Test
    void anOrderSignedInTheFuture_isRefused() throws Exception {
        OrderDraft early = new OrderDraft(true, new BigDecimal("2500"), BigDecimal.ONE, 6, now() + 600, LATER);

        assertRefused(post(trader.signedOrder(world.market(), early)), 422, "ISSUED_IN_FUTURE", "placeOrder");
    }

    @Test
    void anOrderThatWouldEndAnOpenOne_isRefused_untilThatIsCancelled() throws Exception {
        String open =
                trader.place(world.market(), draft(20, "9100", "0.5", LATER)).id();
        String body = trader.signedOrder(world.market(), draft(20 + 256, "9100", "0.5", LATER));
        String before = state();

        JsonNode error = assertRefused(post(body), 409, "NONCE_CELL_TAKEN", "placeOrder");
        assertThat(error.path("message").asText()).contains(open).contains("cell 20");
        assertThat(state()).isEqualTo(before);
        trader.cancel(world.market(), open);
        HttpResponse<String> placed = post(body);
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        trader.cancel(world.market(), JSON.readTree(placed.body()).path("id").asText());
        assertRefused(
                post(trader.signedOrder(world.market(), draft(20, "9101", "0.5", LATER))),
                409,
                "NONCE_REUSED",
                "placeOrder");
    }

    /** Turns a right order into a wrong one. */
    interface Wrong {
        Object make(ObjectNode right);
    }

    private static Arguments wrong(String what, int status, String code, Wrong wrong) {
        return Arguments.of(what, status, code, wrong);
    }

    private WithdrawalDraft withdrawal(String amount, long nonce, long deadline) {
        return new WithdrawalDraft(world.market().base(), new BigDecimal(amount), trader.address(), nonce, deadline);
    }

    private static OrderDraft draft(long nonce, String price, String quantity, long expiry) {
        return new OrderDraft(true, new BigDecimal(price), new BigDecimal(quantity), nonce, now(), expiry);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static ObjectNode terms(ObjectNode body, String term, int value) {
        ((ObjectNode) body.path("terms")).put(term, value);
        return body;
    }

    private static String last(ObjectNode body) {
        String vault = body.path("vault").asText();
        return vault.substring(vault.lastIndexOf(':') + 1);
    }

    private JsonNode assertRefused(HttpResponse<String> response, int status, String code, String operation)
            throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode error = JSON.readTree(response.body());
        assertThat(error.path("code").asText()).as(response.body()).isEqualTo(code);
        assertThat(error.path("message").asText())
                .isNotBlank()
                .doesNotContain("Exception")
                .doesNotContain("io.quoin");
        assertThat(error.path("requestId").asText()).isNotBlank();
        assertDescribed(response, operation);
        return error;
    }

    private void assertDescribed(HttpResponse<String> response, String operation) throws Exception {
        ValidatableResponse answer = ValidatableResponse.create(
                response.statusCode(),
                Buffer.buffer(response.body()),
                response.headers().firstValue("content-type").orElse(""));
        document.validate(answer, operation)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private String state() throws Exception {
        return get("/v1/balances/" + trader.address()).body()
                + get("/v1/orders?trader=" + trader.address()).body()
                + get("/v1/book/QBASE-QUSD").body();
    }

    private HttpResponse<String> post(String body) throws Exception {
        return send(request("/v1/orders")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> postWithdrawal(String body) throws Exception {
        return send(request("/v1/withdrawals")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(world.node().url() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
