package io.quoin.signer.keys;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A key in memory that signs by libsecp256k1. */
class NativeCurveKeyTest extends KeyProviderContract {
    @Override
    protected SigningKey open() {
        Optional<Curve> library = Curve.ofLibrary();
        Assumptions.assumeTrue(library.isPresent(), "skipped, libsecp256k1 does not load here");
        return MemoryKey.of(SampleKeys.first(), library.orElseThrow());
    }

    @Override
    protected boolean isDeterministic() {
        return true;
    }

    @Override
    protected int nonces() {
        return 20_000;
    }

    @Override
    protected String secretInHex() {
        return SampleKeys.firstInHex();
    }
}
