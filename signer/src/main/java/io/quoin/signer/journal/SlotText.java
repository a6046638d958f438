package io.quoin.signer.journal;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import java.math.BigInteger;

/** Reads and writes the names of slots. Stateless. */
final class SlotText {
    static final String EVM_TURN = "evm-nonce";
    static final String EVM_ACTION = "evm-action";
    static final String OUTPOINT = "outpoint";
    static final String ESCROW_LEG = "escrow";
    static final String TYPED_MESSAGE = "eip712";

    private static final char SEPARATOR = '/';
    /** No slot's name is longer; a longer text is not even looked at. */
    private static final int LENGTH_MAX = 300;

    private SlotText() {}

    static String join(String kind, Object... parts) {
        StringBuilder text = new StringBuilder(kind);
        for (Object part : parts) {
            text.append(SEPARATOR).append(part);
        }
        return text.toString();
    }

    static Slot parse(String text) {
        String[] parts = text.length() > LENGTH_MAX ? new String[0] : text.split("/", -1);
        String kind = parts.length == 0 ? "" : parts[0];
        return switch (kind) {
            case EVM_TURN -> {
                require(parts, 4, text);
                yield new Slot.EvmTurn(
                        ChainId.parse(parts[1]), new EvmAddress(parts[2]), new EvmNonce(number(parts[3])));
            }
            case EVM_ACTION -> {
                require(parts, 4, text);
                yield new Slot.EvmAction(ChainId.parse(parts[1]), new EvmAddress(parts[2]), new Bytes32(parts[3]));
            }
            case OUTPOINT -> {
                require(parts, 4, text);
                yield new Slot.Outpoint(ChainId.parse(parts[1]), new Bytes32(parts[2]), number(parts[3]));
            }
            case ESCROW_LEG -> {
                require(parts, 4, text);
                yield new Slot.EscrowLeg(
                        ChainId.parse(parts[1]), new Bytes32(parts[2]), Math.toIntExact(number(parts[3])));
            }
            case TYPED_MESSAGE -> {
                require(parts, 5, text);
                yield new Slot.TypedMessage(
                        ChainId.parse(parts[1]),
                        new EvmAddress(parts[2]),
                        new EvmAddress(parts[3]),
                        new BigInteger(parts[4]));
            }
            default -> throw wrong(text);
        };
    }

    static void requireEvm(ChainId chain) {
        if (!chain.isEip155()) {
            throw new IllegalArgumentException("slot: not an EVM chain: " + chain);
        }
    }

    private static void require(String[] parts, int count, String text) {
        if (parts.length != count) {
            throw wrong(text);
        }
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("slot: not a number: " + digits, e);
        }
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "slot: " + text.substring(0, Math.min(text.length(), LENGTH_MAX)) + " names no slot");
    }
}
