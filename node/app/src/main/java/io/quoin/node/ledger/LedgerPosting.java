package io.quoin.node.ledger;

import io.quoin.matching.AccountId;
import io.quoin.matching.AssetId;
import java.math.BigInteger;
import java.util.Optional;

/**
 * One line of an entry.
 *
 * @param book the book
 * @param owner the trader; empty for the books that have none
 * @param asset the asset
 * @param amount base units, positive or negative, never zero
 */
public record LedgerPosting(LedgerBook book, Optional<AccountId> owner, AssetId asset, BigInteger amount) {}
