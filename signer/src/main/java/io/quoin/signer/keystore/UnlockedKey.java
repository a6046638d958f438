package io.quoin.signer.keystore;

import io.quoin.signer.evm.EvmAddress;
import java.math.BigInteger;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/**
 * A private key in memory with its account. Printing it shows the account only.
 *
 * @param address the key's account
 * @param privateKey 32 bytes, from 1 to n-1
 */
public record UnlockedKey(EvmAddress address, Secret privateKey) {
    private static final int KEY_BYTES = 32;

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

    private static EvmAddress addressOf(Secret privateKey) {
        return privateKey.use(bytes -> {
            BigInteger number = new BigInteger(1, bytes);
            boolean inRange = number.signum() > 0 && number.compareTo(Sign.CURVE_PARAMS.getN()) < 0;
            if (bytes.length != KEY_BYTES || !inRange) {
                throw new IllegalArgumentException("not a secp256k1 private key of 32 bytes");
            }
            return EvmAddress.of("0x" + Keys.getAddress(ECKeyPair.create(number)));
        });
    }
}
