package io.quoin.signer;

import io.quoin.signer.keys.CheckedDigest;
import java.lang.invoke.MethodHandles;
import java.util.random.RandomGenerator;

/** Digests for the tests of keys; it stands in the pipeline's package, since no other may make one. */
public final class TestDigests {
    private TestDigests() {}

    /** Those bytes. */
    public static CheckedDigest of(byte[] bytes) {
        return CheckedDigest.of(MethodHandles.lookup(), bytes);
    }

    /** 32 drawn bytes. */
    public static CheckedDigest drawn(RandomGenerator random) {
        byte[] bytes = new byte[CheckedDigest.LENGTH];
        random.nextBytes(bytes);
        return of(bytes);
    }
}
