package io.quoin.signer.terms;

import java.util.EnumSet;
import java.util.Set;

/** A flag that a trader may sign in an order; the bits are those of the order's EIP-712 type. */
public enum OrderFlag {
    /** The order is never taker (R3). */
    POST_ONLY(1),
    /** As maker, the order may rest at a price that does not match on arrival; not offered yet (R3). */
    SLIDE(2);

    private final int bit;

    OrderFlag(int bit) {
        this.bit = bit;
    }

    /** The flag's bit in the signed {@code uint8}. */
    public int bit() {
        return bit;
    }

    /** The flags of a signed {@code uint8}; throws {@link IllegalArgumentException} for an unknown bit. */
    public static Set<OrderFlag> of(int bits) {
        Set<OrderFlag> flags = EnumSet.noneOf(OrderFlag.class);
        int rest = bits;
        for (OrderFlag flag : values()) {
            if ((bits & flag.bit) != 0) {
                flags.add(flag);
                rest &= ~flag.bit;
            }
        }
        if (rest != 0) {
            throw new IllegalArgumentException("unknown order flag bits: " + rest);
        }
        return Set.copyOf(flags);
    }

    /** The signed {@code uint8} of those flags. */
    public static int bits(Set<OrderFlag> flags) {
        return flags.stream().mapToInt(OrderFlag::bit).sum();
    }
}
