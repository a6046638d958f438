package io.quoin.testnet;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Keys;
import org.web3j.crypto.MnemonicUtils;
import org.web3j.utils.Numeric;

/**
 * An account of the published development mnemonic, which Hardhat and anvil fund at genesis. The whole world has its
 * key: use it on local chains only.
 *
 * @param address EIP-55 checksummed address
 * @param privateKey 0x and 64 hex digits
 */
public record DevAccount(String address, String privateKey) {
    private static final String MNEMONIC = "test test test test test test test test test test test junk";
    private static final int COUNT = 10;
    private static final int HARDENED = 0x80000000;

    /**
     * The first ten accounts, m/44'/60'/0'/0/0 onwards, in that order.
     */
    public static List<DevAccount> all() {
        return Published.ACCOUNTS;
    }

    /** The account as web3j signs with it. */
    public Credentials credentials() {
        return Credentials.create(privateKey);
    }

    private static List<DevAccount> derive() {
        Bip32ECKeyPair master = Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(MNEMONIC, ""));
        return IntStream.range(0, COUNT)
                .mapToObj(index -> new int[] {44 | HARDENED, 60 | HARDENED, HARDENED, 0, index})
                .map(path -> of(Bip32ECKeyPair.deriveKeyPair(master, path)))
                .toList();
    }

    private static DevAccount of(Bip32ECKeyPair key) {
        BigInteger secret = key.getPrivateKey();
        return new DevAccount(
                Keys.toChecksumAddress(Keys.getAddress(key)), Numeric.toHexStringWithPrefixZeroPadded(secret, 64));
    }

    /** Derived when first asked for: the mnemonic's key stretching takes a while. */
    private static final class Published {
        private static final List<DevAccount> ACCOUNTS = derive();
    }
}
