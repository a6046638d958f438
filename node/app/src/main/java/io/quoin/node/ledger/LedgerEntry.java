package io.quoin.node.ledger;

import io.quoin.matching.AccountId;
import io.quoin.matching.AssetId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened on chain, in double entry: for each asset the postings sum to zero. Amounts in base units.
 *
 * @param kind why
 * @param reference the chain event that it records; an event is recorded once
 * @param at the chain's time
 * @param postings the lines
 */
public record LedgerEntry(LedgerKind kind, String reference, Instant at, List<LedgerPosting> postings) {
    /** Checks that the entry balances. */
    public LedgerEntry {
        postings = List.copyOf(postings);
        Map<AssetId, BigInteger> sums = new HashMap<>();
        postings.forEach(posting -> sums.merge(posting.asset(), posting.amount(), BigInteger::add));
        if (sums.values().stream().anyMatch(sum -> sum.signum() != 0)) {
            throw new IllegalArgumentException("ledger entry " + reference + " does not balance: " + postings);
        }
    }

    /**
     * One side's payment in an escrow.
     *
     * @param payer who pays
     * @param payee who is paid when it is released
     * @param asset what
     * @param amount base units, positive
     */
    public record Leg(AccountId payer, AccountId payee, AssetId asset, BigInteger amount) {}

    /** Records a deposit. */
    public static LedgerEntry deposit(String ref, Instant at, AccountId account, AssetId asset, BigInteger amount) {
        return new LedgerEntry(
                LedgerKind.DEPOSIT,
                ref,
                at,
                List.of(custody(asset, amount.negate()), owned(LedgerBook.AVAILABLE, account, asset, amount)));
    }

    /** Records a withdrawal. */
    public static LedgerEntry withdrawal(String ref, Instant at, AccountId account, AssetId asset, BigInteger amount) {
        return new LedgerEntry(
                LedgerKind.WITHDRAWAL,
                ref,
                at,
                List.of(owned(LedgerBook.AVAILABLE, account, asset, amount.negate()), custody(asset, amount)));
    }

    /** Records that both legs were locked. */
    public static LedgerEntry lock(String ref, Instant at, List<Leg> legs) {
        return new LedgerEntry(
                LedgerKind.LOCK,
                ref,
                at,
                legs.stream()
                        .flatMap(leg -> List.of(
                                owned(
                                        LedgerBook.AVAILABLE,
                                        leg.payer(),
                                        leg.asset(),
                                        leg.amount().negate()),
                                owned(LedgerBook.LOCKED, leg.payer(), leg.asset(), leg.amount()))
                                .stream())
                        .toList());
    }

    /** Records that both legs went to the other side. */
    public static LedgerEntry release(String ref, Instant at, List<Leg> legs) {
        return unlock(LedgerKind.RELEASE, ref, at, legs, true);
    }

    /** Records that both legs went back to who paid them. */
    public static LedgerEntry refund(String ref, Instant at, List<Leg> legs) {
        return unlock(LedgerKind.REFUND, ref, at, legs, false);
    }

    private static LedgerEntry unlock(LedgerKind kind, String ref, Instant at, List<Leg> legs, boolean toPayee) {
        return new LedgerEntry(
                kind,
                ref,
                at,
                legs.stream()
                        .flatMap(leg -> List.of(
                                owned(
                                        LedgerBook.LOCKED,
                                        leg.payer(),
                                        leg.asset(),
                                        leg.amount().negate()),
                                owned(
                                        LedgerBook.AVAILABLE,
                                        toPayee ? leg.payee() : leg.payer(),
                                        leg.asset(),
                                        leg.amount()))
                                .stream())
                        .toList());
    }

    private static LedgerPosting owned(LedgerBook book, AccountId owner, AssetId asset, BigInteger amount) {
        return new LedgerPosting(book, Optional.of(owner), asset, amount);
    }

    private static LedgerPosting custody(AssetId asset, BigInteger amount) {
        return new LedgerPosting(LedgerBook.CUSTODY, Optional.empty(), asset, amount);
    }
}
