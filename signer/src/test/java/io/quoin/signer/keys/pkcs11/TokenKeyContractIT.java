package io.quoin.signer.keys.pkcs11;

import io.quoin.signer.keys.Curve;
import io.quoin.signer.keys.KeyProviderContract;
import io.quoin.signer.keys.SigningKey;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A key in a SoftHSM2 token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenKeyContractIT extends KeyProviderContract {
    private TokenLocation where = new TokenLocation(Path.of("unset"), "unset", "unset");

    @BeforeAll
    void makeKey() {
        where = SoftHsm.orSkip().newKey();
    }

    @Override
    protected SigningKey open() {
        return TokenKey.open(where, SoftHsm.pin(), Curve.best(), InstantSource.system());
    }

    /** The token draws its nonces. */
    @Override
    protected boolean isDeterministic() {
        return false;
    }
}
