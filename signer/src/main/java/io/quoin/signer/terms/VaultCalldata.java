package io.quoin.signer.terms;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quoin.signer.evm.Bytes32;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.web3j.crypto.Hash;

/**
 * The one home of the escrow vault's calldata (R14): the canonical ABI encoding of each call, offsets ascending and
 * without gaps. Stateless, thread-safe.
 */
public final class VaultCalldata {
    private static final String ORDER = "(address,uint8,(address,address,uint128),uint8,uint128,uint128,uint64,uint64,"
            + "uint32,uint32,uint32,uint32,uint16,uint16,uint8)";
    private static final byte[] LOCK =
            selector("lock((bytes32," + ORDER + ",bytes," + ORDER + ",bytes,bool,uint128)[])");
    private static final byte[] RELEASE = selector("release(bytes32[])");
    private static final byte[] REFUND = selector("refund(bytes32[])");

    private static final int ORDER_WORDS = 17;
    private static final int FILL_HEAD_WORDS = 1 + ORDER_WORDS + 1 + ORDER_WORDS + 1 + 1 + 1;

    private VaultCalldata() {}

    /** Selector and arguments of that call, in a new array. */
    public static byte[] encode(VaultCall call) {
        return switch (call) {
            case VaultCall.Lock lock -> concat(LOCK, fills(lock.fills()));
            case VaultCall.Release release -> concat(RELEASE, words(release.escrowIds()));
            case VaultCall.Refund refund -> concat(REFUND, words(refund.escrowIds()));
        };
    }

    /** One argument {@code bytes32[]}. */
    private static byte[] words(List<Bytes32> values) {
        AbiWords words = new AbiWords().number(AbiWords.WORD).number(values.size());
        values.forEach(words::word);
        return words.bytes();
    }

    /** One argument {@code Fill[]}: offsets count from behind the array's length. */
    private static byte[] fills(List<EscrowFill> fills) {
        AbiWords head = new AbiWords().number(AbiWords.WORD).number(fills.size());
        AbiWords tail = new AbiWords();
        for (EscrowFill fill : fills) {
            head.number((long) AbiWords.WORD * fills.size() + tail.size());
            tail.whole(fill(fill));
        }
        return head.whole(tail.bytes()).bytes();
    }

    private static byte[] fill(EscrowFill fill) {
        byte[] buySignature =
                new AbiWords().dynamic(fill.buy().signature().bytes()).bytes();
        byte[] sellSignature =
                new AbiWords().dynamic(fill.sell().signature().bytes()).bytes();
        long headBytes = (long) FILL_HEAD_WORDS * AbiWords.WORD;
        AbiWords words = new AbiWords().word(fill.escrowId());
        order(words, fill.buy().terms()).number(headBytes);
        order(words, fill.sell().terms()).number(headBytes + buySignature.length);
        return words.bool(fill.buyerIsMaker())
                .number(fill.quantity())
                .whole(buySignature)
                .whole(sellSignature)
                .bytes();
    }

    private static AbiWords order(AbiWords words, OrderTerms terms) {
        words.address(terms.trader()).number(terms.mode().code());
        return OrderTyping.afterMarket(OrderTyping.market(words, terms.market()), terms);
    }

    private static byte[] selector(String signature) {
        return Arrays.copyOf(Hash.sha3(signature.getBytes(US_ASCII)), 4);
    }

    private static byte[] concat(byte[] selector, byte[] arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(selector.length + arguments.length);
        out.writeBytes(selector);
        out.writeBytes(arguments);
        return out.toByteArray();
    }
}
