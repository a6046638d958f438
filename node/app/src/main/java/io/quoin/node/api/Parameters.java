package io.quoin.node.api;

import io.quoin.node.query.Queries.Page;
import io.quoin.signer.evm.Bytes32;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a request that was checked against the API's document; what the document requires is there.
 *
 * @param request the checked request
 */
record Parameters(ValidatedRequest request) {
    private static final int DEPTH_DEFAULT = 50;
    private static final int LIMIT_DEFAULT = 100;

    JsonObject body() {
        return Objects.requireNonNull(request.getBody().getJsonObject(), "body");
    }

    String path(String name) {
        return text(request.getPathParameters(), name).orElseThrow();
    }

    Bytes32 hash(String name) {
        return Bytes32.parse(path(name));
    }

    String header(String name) {
        return text(request.getHeaders(), name).orElseThrow();
    }

    Optional<String> query(String name) {
        return text(request.getQuery(), name);
    }

    int depth() {
        return query("depth").map(Parameters::whole).orElse(DEPTH_DEFAULT);
    }

    Page page() {
        return new Page(
                query("limit").map(Parameters::whole).orElse(LIMIT_DEFAULT),
                query("before").map(Long::parseLong).orElse(Long.MAX_VALUE));
    }

    /** JSON Schema takes 2.0 for an integer. */
    private static int whole(String number) {
        return new BigDecimal(number).intValueExact();
    }

    private static Optional<String> text(Map<String, RequestParameter> parameters, String name) {
        RequestParameter value = parameters.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(String.valueOf(value.get()));
    }
}
