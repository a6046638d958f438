package io.quoin.chain.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON-RPC with batches, so that many views cost one round trip. */
final class ChainClient implements AutoCloseable {
    /** A call without effect of a contract. */
    record View(String to, String data) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI url;
    /** Hardhat does not understand an offer of HTTP/2. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ChainClient(URI url) {
        this.url = url;
    }

    /** The result; an error in the answer is an exception that has its text. */
    JsonNode ask(String method, Object... parameters) {
        JsonNode answer = JSON.readTree(post(JSON.writeValueAsString(question(0, method, parameters))));
        return result(answer);
    }

    /** The answers in the order of the views, in the newest block, as hexadecimal digits. */
    List<String> views(List<View> views) {
        List<Map<String, Object>> questions = new ArrayList<>();
        for (View view : views) {
            Object call = Map.of("to", view.to(), "data", view.data());
            questions.add(question(questions.size(), "eth_call", call, "latest"));
        }
        JsonNode answers = JSON.readTree(post(JSON.writeValueAsString(questions)));
        return StreamSupport.stream(answers.spliterator(), false)
                .sorted(Comparator.comparingInt(answer -> answer.path("id").asInt()))
                .map(answer -> result(answer).asString().substring(2))
                .toList();
    }

    /** The whole answer, error or not. */
    JsonNode answer(String method, Object... parameters) {
        return JSON.readTree(post(JSON.writeValueAsString(question(0, method, parameters))));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static JsonNode result(JsonNode answer) {
        if (!answer.has("result")) {
            throw new IllegalStateException("the chain answers " + answer);
        }
        return answer.path("result");
    }

    private static Map<String, Object> question(int id, String method, Object... parameters) {
        return Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", List.of(parameters));
    }

    private String post(String body) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the chain was asked", interrupted);
        }
    }
}
