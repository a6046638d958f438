package io.quoin.signer.keys;

/** A key in memory that signs by Bouncy Castle. */
class JavaCurveKeyTest extends KeyProviderContract {
    @Override
    protected SigningKey open() {
        return MemoryKey.of(SampleKeys.first(), Curve.pureJava());
    }

    @Override
    protected boolean isDeterministic() {
        return true;
    }

    @Override
    protected String secretInHex() {
        return SampleKeys.firstInHex();
    }
}
