package io.quoin.chain.vault;

import io.quoin.contracts.IVaultCases;
import io.quoin.contracts.IVaultSingles;
import io.quoin.signer.evm.EvmAddress;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An escrow of one fill as the vault's logs tell it; states are the vault's numbers. */
final class EscrowRecord {
    /** What an account gets, or pays where negative; without an owner it is a fee that nobody collected yet. */
    record Payment(Optional<EvmAddress> owner, EvmAddress token, BigInteger amount) {}

    /** How a fill that became an escrow left its batch. */
    static final int MOVED = 3;

    private static final int LOCKED = 1;
    private static final int PAID = 2;
    private static final int DISPUTED = 3;
    private static final int ENDED = 4;
    private static final int RESERVED = 5;
    private static final int BONDS_HELD = 6;
    private static final int BONDS_DISPUTED = 7;

    private static final int FROM_BATCH = 1;
    private static final BigInteger UNIT = BigInteger.valueOf(10_000);

    private final IVaultCases.Escrow terms;
    private int state;
    private long until;
    private int forfeits;

    /** Whether the bonds came from a reservation, and not with the leg. */
    private boolean wasReserved;

    private EscrowRecord(IVaultCases.Escrow terms, int state) {
        this.terms = terms;
        this.state = state;
    }

    static EscrowRecord opened(IVaultCases.Escrow terms) {
        return new EscrowRecord(terms, LOCKED);
    }

    static EscrowRecord reserved(IVaultSingles.Escrow terms) {
        return new EscrowRecord(copy(terms), RESERVED);
    }

    int state() {
        return state;
    }

    /** The last second of a dispute's bound, or 0. */
    long until() {
        return until;
    }

    IVaultCases.Escrow terms() {
        return terms;
    }

    /** Whether this is the leg of what {@code earlier} reserved. Then the bonds are there already. */
    boolean follows(EscrowRecord earlier) {
        boolean follows = earlier.state == RESERVED && Arrays.equals(earlier.terms.origin, terms.origin);
        wasReserved |= follows;
        return follows;
    }

    void bound() {
        state = ENDED;
    }

    void paid() {
        state = PAID;
    }

    void disputed(long bound) {
        state = state == BONDS_HELD ? BONDS_DISPUTED : DISPUTED;
        until = bound;
    }

    void bondsHeld(long bound) {
        state = BONDS_HELD;
        until = bound;
    }

    /** What is taken from the wallets when it begins. A fill from a batch brings its legs along. */
    List<Payment> taken() {
        if (terms.mode.intValueExact() == FROM_BATCH) {
            return List.of();
        }
        BigInteger leg = state == RESERVED ? BigInteger.ZERO : terms.base;
        BigInteger buyers = wasReserved ? BigInteger.ZERO : terms.buyerBond;
        BigInteger sellers = wasReserved ? leg : leg.add(terms.sellerBond);
        return List.of(base(terms.buyer, buyers.negate()), base(terms.seller, sellers.negate()));
    }

    /** Comes alone when only bonds are left, else just before the end. */
    List<Payment> bondsSettled(int lostBy) {
        forfeits = lostBy;
        if (state != RESERVED && state != BONDS_HELD && state != BONDS_DISPUTED) {
            return List.of();
        }
        finish();
        return bonds();
    }

    /** What the end of the legs pays; the bonds too, unless they wait. */
    List<Payment> ended(BigInteger quoteToBuyer, BigInteger baseToBuyer) {
        BigInteger buyers = part(terms.base, baseToBuyer);
        BigInteger back = UNIT.subtract(quoteToBuyer);
        BigInteger get = part(terms.get, back);
        BigInteger referrer = part(terms.referrerFee, back);
        BigInteger operator = part(terms.pay.subtract(terms.get).subtract(terms.referrerFee), back);
        BigInteger rest = terms.pay.subtract(get).subtract(referrer).subtract(operator);
        List<Payment> legs = List.of(
                base(terms.buyer, buyers),
                base(terms.seller, terms.base.subtract(buyers)),
                quote(Optional.of(terms.buyer), rest),
                quote(Optional.of(terms.seller), get),
                quote(Optional.empty(), referrer.add(operator)));
        if (state == BONDS_HELD) {
            return legs;
        }
        finish();
        return java.util.stream.Stream.concat(legs.stream(), bonds().stream()).toList();
    }

    /** What it holds of a token. */
    BigInteger held(EvmAddress token) {
        boolean legs = state == LOCKED || state == PAID || state == DISPUTED;
        if (state == ENDED) {
            return BigInteger.ZERO;
        }
        if (token.equals(EvmAddress.of(terms.lots.base))) {
            BigInteger bonds = terms.buyerBond.add(terms.sellerBond);
            return (legs ? bonds.add(terms.base) : bonds).multiply(terms.lots.baseLot);
        }
        boolean quote = legs && token.equals(EvmAddress.of(terms.lots.quote));
        return quote ? terms.pay.multiply(terms.lots.quoteLot) : BigInteger.ZERO;
    }

    private void finish() {
        state = ENDED;
        until = 0;
    }

    private List<Payment> bonds() {
        BigInteger sum = terms.buyerBond.add(terms.sellerBond);
        BigInteger buyers = forfeits == 0 ? terms.buyerBond : forfeits == 1 ? BigInteger.ZERO : sum;
        return List.of(base(terms.buyer, buyers), base(terms.seller, sum.subtract(buyers)));
    }

    private Payment base(String owner, BigInteger lots) {
        return new Payment(
                Optional.of(EvmAddress.of(owner)), EvmAddress.of(terms.lots.base), lots.multiply(terms.lots.baseLot));
    }

    private Payment quote(Optional<String> owner, BigInteger lots) {
        return new Payment(
                owner.map(EvmAddress::of), EvmAddress.of(terms.lots.quote), lots.multiply(terms.lots.quoteLot));
    }

    private static BigInteger part(BigInteger amount, BigInteger share) {
        return amount.multiply(share).divide(UNIT);
    }

    /** The bindings have the same struct once for each interface. */
    private static IVaultCases.Escrow copy(IVaultSingles.Escrow of) {
        return new IVaultCases.Escrow(
                of.mode,
                new IVaultCases.Lots(of.lots.base, of.lots.quote, of.lots.baseLot, of.lots.quoteLot),
                new IVaultCases.Terms(
                        of.terms.arbiterId,
                        of.terms.paymentWindow,
                        of.terms.refundDelay,
                        of.terms.disputeBound,
                        of.terms.fallbackArbiter,
                        of.terms.fallbackToBuyer,
                        of.terms.buyerBond,
                        of.terms.sellerBond),
                of.buyer,
                of.seller,
                of.base,
                of.pay,
                of.get,
                of.referrerFee,
                of.referrer,
                of.operator,
                of.buyerBond,
                of.sellerBond,
                of.deadline,
                of.origin,
                of.sha256Hash);
    }
}
