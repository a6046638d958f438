package io.quoin.chain.evm;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.evm.Wei;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Part of an answer, read strictly: what is not of the type that EIP-1474 gives it throws what {@code failure} makes of
 * the reason.
 */
record RpcAnswer(JsonNode node, Function<String, ? extends RuntimeException> failure) {
    private static final Pattern QUANTITY = Pattern.compile("0x[0-9a-fA-F]{1,64}");

    boolean isNull() {
        return node.isNull() || node.isMissingNode();
    }

    RpcAnswer member(String name) {
        return new RpcAnswer(node.path(name), why -> failure.apply(name + ": " + why));
    }

    List<RpcAnswer> elements() {
        if (!node.isArray()) {
            throw failure.apply("an array expected");
        }
        List<RpcAnswer> elements = new ArrayList<>();
        node.forEach(element -> elements.add(new RpcAnswer(element, failure)));
        return elements;
    }

    BigInteger quantity() {
        String text = text();
        if (!QUANTITY.matcher(text).matches()) {
            throw failure.apply("a quantity expected");
        }
        return new BigInteger(text.substring(2), 16);
    }

    long number() {
        BigInteger value = quantity();
        if (value.bitLength() > 62) {
            throw failure.apply("a number is out of range");
        }
        return value.longValueExact();
    }

    int index() {
        BigInteger value = quantity();
        if (value.bitLength() > 30) {
            throw failure.apply("an index is out of range");
        }
        return value.intValueExact();
    }

    Wei wei() {
        return new Wei(quantity());
    }

    Hex hex() {
        return read(Hex::new);
    }

    Bytes32 bytes32() {
        return read(Bytes32::new);
    }

    EvmAddress address() {
        return read(EvmAddress::new);
    }

    private <T> T read(Function<String, T> reader) {
        try {
            return reader.apply(text().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException malformed) {
            throw failure.apply("bytes expected");
        }
    }

    private String text() {
        if (!node.isString()) {
            throw failure.apply("a text expected");
        }
        return node.asString();
    }
}
