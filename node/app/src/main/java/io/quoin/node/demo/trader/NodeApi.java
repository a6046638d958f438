package io.quoin.node.demo.trader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The node's public HTTP API, as any client sees it. Safe to call from any thread. */
public final class NodeApi implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SIGNATURE_HEADER = "Quoin-Signature";

    private final URI node;
    private final HttpClient client;

    /** Makes a client of the node at a URL such as {@code http://127.0.0.1:8080}. */
    public NodeApi(URI node) {
        this.node = node;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build();
    }

    /** Returns the market of that name. */
    public MarketView market(String symbol) {
        JsonNode list = get("/v1/markets");
        for (JsonNode market : list.path("markets")) {
            if (market.path("symbol").asText().equals(symbol)) {
                return MarketView.of(market, list.path("serverTime").asLong());
            }
        }
        throw new TraderException(node + " has no market " + symbol);
    }

    /** Returns an order with its fills. */
    public OrderView order(String id) {
        return OrderView.of(get("/v1/orders/" + id));
    }

    /** Returns an escrow with its steps and transactions. */
    public EscrowView escrow(String id) {
        return EscrowView.of(get("/v1/escrows/" + id));
    }

    /** Returns a withdrawal. */
    public WithdrawalView withdrawal(String id) {
        return WithdrawalView.of(get("/v1/withdrawals/" + id));
    }

    /** Returns what the node's ledger has of one token for an account; zero of everything if it never saw any. */
    public LedgerView ledger(String account, Token token) {
        for (JsonNode balance : get("/v1/balances/" + account).path("balances")) {
            if (balance.at("/asset/token").asText().equalsIgnoreCase(token.address())) {
                return LedgerView.of(balance);
            }
        }
        return LedgerView.NOTHING;
    }

    /** Returns whether {@code GET /readyz} says 200. */
    public boolean isReady() {
        return send(request("/readyz").GET().build()).statusCode() == 200;
    }

    /** Returns how many orders wait on both sides of a book. */
    public int openOrders(String market) {
        JsonNode book = get("/v1/book/" + market);
        int orders = 0;
        for (String side : new String[] {"bids", "asks"}) {
            for (JsonNode level : book.path(side)) {
                orders += level.path("orders").asInt();
            }
        }
        return orders;
    }

    OrderView place(String body) {
        return OrderView.of(json(request("/v1/orders")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build()));
    }

    WithdrawalView requestWithdrawal(String body) {
        return WithdrawalView.of(json(request("/v1/withdrawals")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build()));
    }

    OrderView cancel(String id, String signature) {
        return OrderView.of(json(request("/v1/orders/" + id)
                .header(SIGNATURE_HEADER, signature)
                .DELETE()
                .build()));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private JsonNode get(String path) {
        return json(request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(node.resolve(path)).timeout(LIMIT);
    }

    private JsonNode json(HttpRequest request) {
        HttpResponse<String> response = send(request);
        if (response.statusCode() / 100 != 2) {
            throw new TraderException(request.method() + " " + request.uri() + " was refused with "
                    + response.statusCode() + ": " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new TraderException(request.uri() + " answered no JSON: " + response.body(), e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new TraderException(request.uri() + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TraderException("interrupted while " + request.uri() + " answered", e);
        }
    }
}
