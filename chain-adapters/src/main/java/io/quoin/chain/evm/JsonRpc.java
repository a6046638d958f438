package io.quoin.chain.evm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quoin.chain.ChainUnreachableException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Credentials;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON-RPC 2.0 over HTTP to one endpoint; every answer is bounded in time and size. Whatever is no proper answer is a
 * {@link ChainUnreachableException}, whose text never has the endpoint's credentials. Thread-safe.
 */
final class JsonRpc implements AutoCloseable {
    /** No answer that the adapter asks for comes near. */
    private static final long ANSWER_BYTES_MAX = 32L * 1024 * 1024;

    private static final MediaType JSON_TYPE = MediaType.get("application/json");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EvmProfile profile;
    private final OkHttpClient client;
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean closed;

    JsonRpc(EvmProfile profile) {
        this.profile = profile;
        this.client = new OkHttpClient.Builder()
                .callTimeout(profile.tuning().rpcTimeout())
                .connectTimeout(profile.tuning().rpcTimeout())
                .readTimeout(profile.tuning().rpcTimeout())
                .writeTimeout(profile.tuning().rpcTimeout())
                .followRedirects(false)
                .build();
    }

    /**
     * The result, which may be JSON {@code null}. Throws {@link RpcErrorException} for an error that the endpoint
     * answers with, {@link ChainUnreachableException} for no or no proper answer.
     */
    JsonNode ask(String method, Object... parameters) {
        if (closed) {
            throw new ChainUnreachableException(where() + " is not asked any more: the adapter is closed");
        }
        long id = ids.incrementAndGet();
        byte[] question = JSON.writeValueAsBytes(
                Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", List.of(parameters)));
        JsonNode answer = parsed(method, exchange(method, question));
        if (answer.path("error").isObject()) {
            throw new RpcErrorException(method, answer.path("error"));
        }
        if (answer.path("id").asLong(-1) != id || !answer.has("result")) {
            throw nonsense(method, "it is not the answer to this question");
        }
        return answer.path("result");
    }

    /** The exception for an answer that makes no sense. */
    ChainUnreachableException nonsense(String method, String why) {
        return new ChainUnreachableException(where() + " gave no usable answer to " + method + ": " + why);
    }

    /** Ends calls that are under way; later ones fail. */
    @Override
    public void close() {
        closed = true;
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private byte[] exchange(String method, byte[] question) {
        try (Response response = client.newCall(request(question)).execute()) {
            if (!response.isSuccessful()) {
                throw nonsense(method, "HTTP status " + response.code());
            }
            return bounded(method, response.body());
        } catch (IOException failed) {
            // The exception's own message may repeat the URL's path, which often is a credential.
            throw new ChainUnreachableException(
                    where() + " does not answer (" + failed.getClass().getSimpleName() + ")", failed);
        }
    }

    private Request request(byte[] question) {
        Request.Builder request =
                new Request.Builder().url(profile.rpcUrl().toString()).post(RequestBody.create(question, JSON_TYPE));
        String userInfo = profile.rpcUrl().getUserInfo();
        if (userInfo != null) {
            String[] parts = userInfo.split(":", 2);
            request.header("Authorization", Credentials.basic(parts[0], parts.length > 1 ? parts[1] : "", UTF_8));
        }
        return request.build();
    }

    private byte[] bounded(String method, @Nullable ResponseBody body) throws IOException {
        if (body == null) {
            throw nonsense(method, "it is empty");
        }
        BufferedSource source = body.source();
        if (source.request(ANSWER_BYTES_MAX + 1)) {
            throw nonsense(method, "it is larger than " + ANSWER_BYTES_MAX + " bytes");
        }
        return source.readByteArray();
    }

    private JsonNode parsed(String method, byte[] answer) {
        try {
            JsonNode node = JSON.readTree(answer);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException malformed) {
            throw new ChainUnreachableException(
                    where() + " gave no usable answer to " + method + ": it is not JSON", malformed);
        }
        throw nonsense(method, "it is not a JSON object");
    }

    private String where() {
        return "chain " + profile.chain() + " at " + profile.shownUrl();
    }
}
