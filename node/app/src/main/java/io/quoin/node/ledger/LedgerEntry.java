package io.quoin.node.ledger;

import io.quoin.matching.AccountId;
import io.quoin.matching.AssetId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
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
     * @param amount base units that the payer pays, positive
     * @param received base units that the payee gets, at most {@code amount}; the difference is the house's
     */
    public record Leg(AccountId payer, AccountId payee, AssetId asset, BigInteger amount, BigInteger received) {
        /** Refuses a payee who gets more than was paid. */
        public Leg {
            if (received.signum() < 0 || received.compareTo(amount) > 0) {
                throw new IllegalArgumentException("of " + amount + " nobody can get " + received);
            }
        }
    }

    /** Records a deposit. */
    public static LedgerEntry deposit(String ref, Instant at, AccountId account, AssetId asset, BigInteger amount) {
        return new LedgerEntry(
                LedgerKind.DEPOSIT,
                ref,
                at,
                List.of(custody(asset, amount.negate()), owned(LedgerBook.AVAILABLE, account, asset, amount)));
    }

    /**
     * Records a withdrawal.
     *
     * @param known what the ledger had of it for the account, base units, at most {@code amount}; the rest came from
     *     somewhere that the ledger does not follow
     * @param amount what left the vault, base units
     */
    public static LedgerEntry withdrawal(
            String ref, Instant at, AccountId account, AssetId asset, BigInteger known, BigInteger amount) {
        List<LedgerPosting> postings = new ArrayList<>();
        if (known.signum() > 0) {
            postings.add(owned(LedgerBook.AVAILABLE, account, asset, known.negate()));
        }
        if (known.compareTo(amount) < 0) {
            postings.add(new LedgerPosting(LedgerBook.UNEXPLAINED, Optional.empty(), asset, known.subtract(amount)));
        }
        postings.add(custody(asset, amount));
        return new LedgerEntry(LedgerKind.WITHDRAWAL, ref, at, postings);
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

    /** Records that both legs went to the other side, and fees to the house. */
    public static LedgerEntry release(String ref, Instant at, List<Leg> legs) {
        List<LedgerPosting> postings = new ArrayList<>();
        for (Leg leg : legs) {
            postings.add(owned(
                    LedgerBook.LOCKED, leg.payer(), leg.asset(), leg.amount().negate()));
            if (leg.received().signum() > 0) {
                postings.add(owned(LedgerBook.AVAILABLE, leg.payee(), leg.asset(), leg.received()));
            }
            BigInteger fee = leg.amount().subtract(leg.received());
            if (fee.signum() > 0) {
                postings.add(new LedgerPosting(LedgerBook.HOUSE, Optional.empty(), leg.asset(), fee));
            }
        }
        return new LedgerEntry(LedgerKind.RELEASE, ref, at, postings);
    }

    /** Records that both legs went back to who paid them. */
    public static LedgerEntry refund(String ref, Instant at, List<Leg> legs) {
        return new LedgerEntry(
                LedgerKind.REFUND,
                ref,
                at,
                legs.stream()
                        .flatMap(leg -> List.of(
                                owned(
                                        LedgerBook.LOCKED,
                                        leg.payer(),
                                        leg.asset(),
                                        leg.amount().negate()),
                                owned(LedgerBook.AVAILABLE, leg.payer(), leg.asset(), leg.amount()))
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
