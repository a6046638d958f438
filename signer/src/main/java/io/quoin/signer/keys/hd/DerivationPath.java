package io.quoin.signer.keys.hd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A path of BIP-32 with the steps of BIP-44: purpose, coin, account, change, index. The first three are hardened, so
 * that a leaked key of one account says nothing of another.
 *
 * @param steps the child numbers from the root; 2^31 is added to hardened ones
 */
public record DerivationPath(List<Long> steps) {
    /** What is added to a hardened step's number. */
    public static final long HARDENED = 1L << 31;

    private static final Pattern TEXT = Pattern.compile("m(/[0-9]{1,10}['hH]?)*+");
    private static final long ETHER = 60;
    private static final long BITCOIN = 0;
    private static final long TEST_COIN = 1;

    /** Refuses numbers below 0 or above 2^32-1 and more than 255 steps, with {@link IllegalArgumentException}. */
    public DerivationPath {
        steps = List.copyOf(steps);
        if (steps.size() > 255 || steps.stream().anyMatch(step -> step < 0 || step >= 2 * HARDENED)) {
            throw new IllegalArgumentException("a derivation path has up to 255 numbers below 2^32");
        }
    }

    /** Reads {@code m/44'/60'/0'/0/0}; h for ' is taken too. Throws {@link IllegalArgumentException} otherwise. */
    public static DerivationPath parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("not a derivation path such as m/44'/60'/0'/0/0: " + text);
        }
        List<Long> steps = new ArrayList<>();
        for (String step : List.of(text.toLowerCase(Locale.ROOT).split("/")).subList(1, text.split("/").length)) {
            boolean hardened = step.endsWith("'") || step.endsWith("h");
            long number = Long.parseLong(hardened ? step.substring(0, step.length() - 1) : step);
            if (number >= HARDENED) {
                throw new IllegalArgumentException("a step of a derivation path is below 2^31: " + step);
            }
            steps.add(hardened ? number + HARDENED : number);
        }
        return new DerivationPath(steps);
    }

    /** BIP-44 for every EVM chain: {@code m/44'/60'/account'/0/index}. */
    public static DerivationPath evm(int account, int index) {
        return bip44(44, ETHER, account, index);
    }

    /** BIP-84 for keys of P2WPKH and P2WSH on Bitcoin: {@code m/84'/0'/account'/0/index}, 1' on its test networks. */
    public static DerivationPath bitcoinSegwit(boolean mainnet, int account, int index) {
        return bip44(84, mainnet ? BITCOIN : TEST_COIN, account, index);
    }

    private static DerivationPath bip44(long purpose, long coin, int account, int index) {
        if (account < 0 || index < 0) {
            throw new IllegalArgumentException("an account and an index are from 0 to 2^31-1");
        }
        return new DerivationPath(List.of(purpose + HARDENED, coin + HARDENED, account + HARDENED, 0L, (long) index));
    }

    /** {@code m/44'/60'/0'/0/0}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("m");
        for (long step : steps) {
            text.append('/').append(step % HARDENED).append(step >= HARDENED ? "'" : "");
        }
        return text.toString();
    }
}
