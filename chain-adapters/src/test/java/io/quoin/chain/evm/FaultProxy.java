package io.quoin.chain.evm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** Stands between an adapter and a real chain and does what a real chain does not do on demand. For tests only. */
final class FaultProxy implements AutoCloseable {
    /** What happens to a question and its answer. */
    interface Fault {
        /** The answer's body, or empty to close the connection without one. */
        Optional<String> apply(String question, UnaryOperator<String> chain);
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI target;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    FaultProxy(URI target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** With a path and a password that must never be shown. */
    URI url() {
        return URI.create("http://user:hunter2@127.0.0.1:" + server.getAddress().getPort() + "/v3/apikey-canary");
    }

    void set(String method, Fault fault) {
        faults.put(method, fault);
    }

    void clear(String method) {
        faults.remove(method);
    }

    int asked(String method) {
        return asked.computeIfAbsent(method, name -> new AtomicInteger()).get();
    }

    /** Forwards the question and loses the answer. */
    static Fault loseAnswer() {
        return (question, chain) -> Optional.of(chain.apply(question)).filter(answer -> false);
    }

    /** Loses the question. */
    static Fault loseQuestion() {
        return (question, chain) -> Optional.empty();
    }

    /** Changes the answer. */
    static Fault change(UnaryOperator<String> change) {
        return (question, chain) -> Optional.of(change.apply(chain.apply(question)));
    }

    /** That fault so many times, the truth afterwards. */
    static Fault times(int count, Fault fault) {
        AtomicInteger times = new AtomicInteger();
        return (question, chain) ->
                times.getAndIncrement() < count ? fault.apply(question, chain) : Optional.of(chain.apply(question));
    }

    /** The id of the question that this answers. */
    static String id(String answer) {
        return JSON.readTree(answer).path("id").asString();
    }

    /** The answer with another first block hash. */
    static String otherBlockHash(String answer) {
        return answer.replaceFirst("\"blockHash\":\"0x[0-9a-f]{8}", "\"blockHash\":\"0xdeadbeef");
    }

    /** The answer with every log twice. */
    static String twice(String answer) {
        int from = answer.indexOf("[{");
        int to = answer.lastIndexOf("}]");
        if (from < 0) {
            return answer;
        }
        String logs = answer.substring(from + 1, to + 1);
        return answer.substring(0, from + 1) + logs + "," + logs + answer.substring(to + 1);
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String question = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String method = JSON.readTree(question).path("method").asString("");
            asked.computeIfAbsent(method, name -> new AtomicInteger()).incrementAndGet();
            Fault fault = faults.getOrDefault(method, (asking, chain) -> Optional.of(chain.apply(asking)));
            Optional<String> answer = fault.apply(question, this::forward);
            if (answer.isPresent()) {
                byte[] body = answer.get().getBytes(UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private String forward(String question) {
        HttpRequest request = HttpRequest.newBuilder(target)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(question))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
