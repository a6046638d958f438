package io.quoin.matching;

/** Which balance of the {@link SlowModel}. */
record SlowKey(AccountId account, AssetId asset) {}
