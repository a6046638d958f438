package io.quoin.signer.keys;

import java.util.HexFormat;

/** A private key for tests. */
public final class SampleKeys {
    private static final String FIRST = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";

    private SampleKeys() {}

    /** Its 32 bytes. */
    public static byte[] first() {
        return HexFormat.of().parseHex(FIRST);
    }

    /** Its 64 digits. */
    public static String firstInHex() {
        return FIRST;
    }
}
