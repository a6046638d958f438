package io.quoin.node.api;

import io.quoin.node.refusal.Refusal;
import io.quoin.node.refusal.RefusalCode;
import io.vertx.core.json.DecodeException;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what was wrong with a request that never came to an operation. Stateless. */
final class RequestFaults {
    private static final String DOCUMENT = "; GET /openapi.json describes what is expected";
    private static final String ADDITIONAL = "additionalProperties";
    private static final int TEXT_MAX = 400;

    private RequestFaults() {}

    /**
     * Returns the refusal for what the router made of a request.
     *
     * @param status the HTTP status that the router chose
     * @param failure why, if it said so
     * @param bodyBytesMax the largest body that is taken
     */
    static Refusal refusal(int status, @Nullable Throwable failure, long bodyBytesMax) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DecodeException) {
                return malformed("the body is no JSON: " + firstLine(cause));
            }
            if (cause instanceof SchemaValidationException schema && schema.getOutputUnit() != null) {
                return malformed(schemaFault(schema));
            }
            if (cause instanceof ValidatorException) {
                return malformed(firstLine(cause));
            }
            if (cause instanceof IllegalArgumentException) {
                return malformed("the address or a parameter cannot be read: " + firstLine(cause));
            }
        }
        return byStatus(status, bodyBytesMax);
    }

    private static Refusal byStatus(int status, long bodyBytesMax) {
        return switch (status) {
            case 404, 405 ->
                new Refusal(RefusalCode.UNKNOWN_ROUTE, "no such path or method; GET /openapi.json lists them");
            case 413 -> new Refusal(RefusalCode.BODY_TOO_LARGE, "the body is larger than " + bodyBytesMax + " bytes");
            case 415 -> malformed("the content type is not application/json");
            default ->
                status < 500
                        ? malformed("the request cannot be read")
                        : new Refusal(RefusalCode.INTERNAL, "the node failed; its log has more");
        };
    }

    /**
     * The validator reports from the outside in, and calls a known field with a wrong value an additional property; the
     * innermost report says what is really wrong.
     */
    private static String schemaFault(SchemaValidationException failure) {
        List<OutputUnit> reports = failure.getOutputUnit().getErrors();
        if (reports == null || reports.isEmpty()) {
            return firstLine(failure);
        }
        OutputUnit innermost = reports.stream()
                .filter(report -> !report.getKeywordLocation().contains(ADDITIONAL))
                .reduce((_, later) -> later)
                .orElse(reports.getLast());
        String field = innermost.getInstanceLocation().replaceFirst("^#?/?", "");
        if (innermost.getKeywordLocation().contains(ADDITIONAL)) {
            return "there is no field " + field;
        }
        // Without a field the whole value is meant, and the outer words say whose it is.
        return field.isEmpty() ? firstLine(failure) : "field " + field + ": " + innermost.getError();
    }

    private static Refusal malformed(String what) {
        return new Refusal(RefusalCode.MALFORMED_REQUEST, what + DOCUMENT);
    }

    private static String firstLine(Throwable failure) {
        String text = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "..." : text;
    }
}
