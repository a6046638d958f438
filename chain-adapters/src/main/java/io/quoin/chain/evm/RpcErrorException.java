package io.quoin.chain.evm;

import io.quoin.signer.evm.Hex;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The chain's RPC answered with a JSON-RPC error; the message is cleaned and cut, since it comes from outside. */
final class RpcErrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** EIP-1474 has no code for a revert; this is the one that clients agreed on. */
    private static final int REVERTED = 3;

    private static final int MESSAGE_LENGTH_MAX = 300;
    private static final int NESTING_MAX = 4;
    private static final Pattern BYTES = Pattern.compile("0x([0-9a-fA-F]{2})*+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private final int code;
    private final String rpcMessage;
    private final String revertData;

    RpcErrorException(String method, JsonNode error) {
        this(method, error.path("code").asInt(0), cleaned(error.path("message").asString("")), data(error, 0));
    }

    private RpcErrorException(String method, int code, String rpcMessage, String revertData) {
        super(method + " was answered with error " + code + ": " + rpcMessage);
        this.code = code;
        this.rpcMessage = rpcMessage;
        this.revertData = revertData;
    }

    /** The RPC's own words. */
    String rpcMessage() {
        return rpcMessage;
    }

    /** The revert's data when this is a revert; empty when the RPC refused for another reason. */
    Optional<Hex> reverted() {
        String words = rpcMessage.toLowerCase(Locale.ROOT);
        boolean revert = code == REVERTED || words.contains("revert") || revertData.length() >= 10;
        return revert ? Optional.of(new Hex(revertData)) : Optional.empty();
    }

    /** Clients put the data in {@code error.data}, or in an object below it. */
    private static String data(JsonNode error, int nesting) {
        JsonNode data = error.path("data");
        if (data.isObject() && nesting < NESTING_MAX) {
            return data(data, nesting + 1);
        }
        String text = data.asString("");
        return BYTES.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : "0x";
    }

    private static String cleaned(String message) {
        String line = CONTROL.matcher(message).replaceAll(" ");
        return line.length() <= MESSAGE_LENGTH_MAX ? line : line.substring(0, MESSAGE_LENGTH_MAX) + "…";
    }
}
