package io.quoin.signer.keystore;

import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.keys.Curve;
import io.quoin.signer.keys.MemoryKey;
import io.quoin.signer.keys.SigningKey;

/**
 * A private key in memory with its account. Printing it shows the account only.
 *
 * @param address the key's account
 * @param privateKey 32 bytes, from 1 to n-1
 */
public record UnlockedKey(EvmAddress address, Secret privateKey) {
    /** Refuses a key that is out of range or another account's, with {@link IllegalArgumentException}. */
    public UnlockedKey {
        if (!address.equals(addressOf(privateKey))) {
            throw new IllegalArgumentException("the private key is not that of " + address);
        }
    }

    /** The key with the account that follows from it; throws {@link IllegalArgumentException} when out of range. */
    public static UnlockedKey of(Secret privateKey) {
        return new UnlockedKey(addressOf(privateKey), privateKey);
    }

    /** The account and three stars. */
    @Override
    public String toString() {
        return "UnlockedKey[" + address + ", ***]";
    }

    /** The key ready to sign, in a copy of its own; closing that leaves this one as it is. */
    public SigningKey signingKey() {
        return signingKey(Curve.best());
    }

    /** The key ready to sign by that arithmetic, in a copy of its own. */
    public SigningKey signingKey(Curve curve) {
        return privateKey.use(bytes -> MemoryKey.of(bytes, curve));
    }

    private static EvmAddress addressOf(Secret privateKey) {
        Curve curve = Curve.best();
        return curve.address(privateKey.use(curve::publicKey));
    }
}
