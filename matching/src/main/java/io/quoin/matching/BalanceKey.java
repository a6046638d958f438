package io.quoin.matching;

import java.util.Comparator;

/** Names one balance: what one account has of one asset. Ordered by account, then by asset. */
record BalanceKey(AccountId account, AssetId asset) {
    static final Comparator<BalanceKey> ORDER = Comparator.<BalanceKey>comparingLong(
                    key -> key.account().value())
            .thenComparingInt(key -> key.asset().value());
}
