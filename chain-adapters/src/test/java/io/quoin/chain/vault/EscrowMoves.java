package io.quoin.chain.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.contracts.IVaultCases;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.OrderNonce;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.SettlementMode;
import io.quoin.signer.terms.SignedOrder;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.generated.Uint16;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.core.methods.response.Log;

/** One-leg fills, and how escrows of one fill go on and end. */
final class EscrowMoves {
    /** An escrow as the vault published it, and as the model has it; with its preimage if it is hash-locked. */
    record Known(Escrows.Escrow model, Bytes32 id, IVaultCases.Escrow published, Optional<Bytes32> preimage) {}

    private static final int LOTS_MAX = 700;
    private static final int UNIT = 10_000;
    private static final String OPENED = EventEncoder.encode(IVaultCases.ESCROWOPENED_EVENT);
    private static final byte[] NOTHING = {};

    private final Life life;
    private final OrderDesk desk;
    private final EscrowTerms p2p;
    private final EscrowTerms swap;
    final List<Known> known = new ArrayList<>();

    EscrowMoves(Life life, OrderDesk desk) {
        this.life = life;
        this.desk = desk;
        this.p2p = new EscrowTerms(1, 600, 1_500, 700, EvmAddress.ZERO, 4_000, 500, 200);
        this.swap = new EscrowTerms(1, 0, 1_500, 0, EvmAddress.ZERO, 5_000, 0, 0);
    }

    /** A fill whose other leg is a payment outside the chain. */
    void lockPayment() {
        lockSingle(SettlementMode.P2P, p2p);
    }

    /** A fill whose other leg is on another chain, under a hash. */
    void lockSwap() {
        lockSingle(SettlementMode.SWAP, swap);
    }

    /** One of the calls that move an escrow on; whether it is the right one now is chance. */
    void goOn() {
        if (known.isEmpty()) {
            return;
        }
        List<Known> open = known.stream()
                .filter(escrow -> escrow.model().state != Escrows.State.ENDED)
                .toList();
        Known escrow = life.some(open.isEmpty() || life.once(8) ? known : open);
        switch (escrow.model().mode) {
            case P2P -> pick(escrow, this::markPaid, this::dispute, this::closeTogether, this::refund, this::judge);
            case SWAP -> pick(escrow, this::redeem, this::refund, this::redeem, this::closeTogether);
            default -> pick(escrow, this::judge, this::judge, this::closeTogether, this::refund, this::dispute);
        }
    }

    /** Notes an escrow that began with that transaction. */
    void opened(Escrows.Escrow model, VaultChain.Sent sent, Optional<Bytes32> preimage) {
        Log log = sent.logs().stream()
                .filter(one -> one.getTopics().getFirst().equals(OPENED))
                .findFirst()
                .orElseThrow();
        IVaultCases.Escrow published = IVaultCases.getEscrowOpenedEventFromLog(log).escrow;
        Bytes32 id = new Bytes32(log.getTopics().get(1));
        assertThat(Bytes32.of(TypedMessages.hash(List.of(published))))
                .as("the id of what was published")
                .isEqualTo(id);
        assertThat(published.base).isEqualTo(BigInteger.valueOf(model.base));
        assertThat(published.deadline).isEqualTo(BigInteger.valueOf(model.deadline));
        known.add(new Known(model, id, published, preimage));
    }

    private interface Move {
        void make(Known escrow);
    }

    private void pick(Known escrow, Move... moves) {
        life.some(List.of(moves)).make(escrow);
    }

    private void lockSingle(SettlementMode mode, EscrowTerms agreed) {
        Credentials buyer = life.someTrader();
        Credentials seller = life.someTrader();
        long lots = 1L + life.random.nextInt(LOTS_MAX);
        SignedOrder buy = order(buyer, OrderSide.BUY, mode, agreed, lots);
        SignedOrder sell = order(seller, OrderSide.SELL, mode, agreed, lots);
        boolean swaps = mode == SettlementMode.SWAP;
        Bytes32 preimage = Bytes32.of(TypedMessages.hash(List.of(new Uint256(life.random.nextInt(1_000)))));
        Bytes32 hash = sha256(preimage);
        long refundFrom = life.chain.time() + (life.once(10) ? 5_000 : 1_000);
        Bytes32 fillId = Bytes32.of(TypedMessages.hash(List.of(
                TypedMessages.word(
                        OrderTyping.orderDigest(life.domain, buy.terms()).bytes()),
                TypedMessages.word(
                        OrderTyping.orderDigest(life.domain, sell.terms()).bytes()),
                new Uint256(0))));
        IVaultCases.SwapTerms swapTerms = swapTerms(fillId, hash, swaps ? refundFrom : 0);
        byte[] swapSignature =
                swaps ? TypedMessages.sign(seller, swapDigest(swapTerms)).bytes() : NOTHING;
        boolean buyerIsMaker = life.once(2);
        IVaultCases.Single single = new IVaultCases.Single(
                desk.order(buy.terms()),
                buy.signature().bytes(),
                desk.order(sell.terms()),
                sell.signature().bytes(),
                desk.lots(),
                BigInteger.valueOf(lots),
                buyerIsMaker,
                swapTerms,
                swapSignature);
        Credentials sender = life.once(20) ? life.someTrader() : life.operator;
        Escrows.Leg leg = new Escrows.Leg(buy.terms(), sell.terms(), lots, buyerIsMaker);
        Optional<Escrows.HashLock> lock =
                swaps ? Optional.of(new Escrows.HashLock(hash, refundFrom)) : Optional.empty();
        life.both(
                "lock of one leg in mode " + mode,
                now -> life.escrows.lockSingle(now, Life.address(sender), leg, lock),
                () -> life.chain.call(sender, "lockSingle", single),
                (escrow, sent) -> opened(escrow, sent, swaps ? Optional.of(preimage) : Optional.empty()));
    }

    /** One-leg orders are of the many-batch kind; each is new, so nothing of it was filled before. */
    private SignedOrder order(Credentials owner, OrderSide side, SettlementMode mode, EscrowTerms agreed, long lots) {
        return desk.order(owner, side, mode, agreed, lots, OrderNonce.manyBatches(desk.number()));
    }

    private void markPaid(Known escrow) {
        Credentials signer = life.mostly(trader(escrow.model().buyer));
        byte[] signature = TypedMessages.sign(
                        signer,
                        TypedMessages.digest(
                                life.domain,
                                TypedMessages.PAID,
                                TypedMessages.word(escrow.id().bytes())))
                .bytes();
        life.both(
                "payment marked",
                now -> life.escrows.markPaid(now, escrow.model(), Life.address(signer)),
                () -> life.chain.call(life.pauser, "markPaid", escrow.published(), new DynamicBytes(signature)));
    }

    private void dispute(Known escrow) {
        EvmAddress party = life.once(2) ? escrow.model().buyer : escrow.model().seller;
        Credentials sender = life.mostly(trader(party));
        life.both(
                "dispute of an escrow",
                now -> life.escrows.dispute(now, escrow.model(), Life.address(sender)),
                () -> life.chain.call(sender, "dispute", escrow.published(), new DynamicBytes(NOTHING)));
    }

    private void judge(Known escrow) {
        int[] shares = shares();
        if (life.once(4)) {
            life.both(
                    "fall back",
                    now -> life.escrows.fallBack(now, escrow.model()),
                    () -> life.chain.call(life.someTrader(), "fallBack", escrow.published()));
            return;
        }
        Credentials judge = life.once(6) ? life.someTrader() : life.once(3) ? life.fallbackArbiter : life.arbiter;
        life.both(
                "award of %d and %d".formatted(shares[0], shares[1]),
                now -> life.escrows.award(now, Life.address(judge), escrow.model(), shares[0], shares[1]),
                () -> life.chain.call(
                        judge, "award", escrow.published(), new Uint16(shares[0]), new Uint16(shares[1])));
    }

    private void closeTogether(Known escrow) {
        int[] shares = shares();
        Bytes32 digest = TypedMessages.digest(
                life.domain,
                TypedMessages.OUTCOME,
                TypedMessages.word(escrow.id().bytes()),
                new Uint16(shares[0]),
                new Uint16(shares[1]));
        List<Optional<Credentials>> signers = List.of(
                life.once(4) ? Optional.empty() : Optional.of(life.mostly(trader(escrow.model().buyer))),
                life.once(4) ? Optional.empty() : Optional.of(life.mostly(trader(escrow.model().seller))),
                life.once(2) ? Optional.empty() : Optional.of(life.arbiter));
        List<DynamicBytes> signatures = signers.stream()
                .map(signer -> signer.map(key -> TypedMessages.sign(key, digest).bytes())
                        .orElse(NOTHING))
                .map(DynamicBytes::new)
                .toList();
        life.both(
                "2-of-3 on %d and %d".formatted(shares[0], shares[1]),
                now -> life.escrows.closeTogether(
                        now,
                        escrow.model(),
                        signers.stream()
                                .map(signer -> signer.map(Life::address))
                                .toList(),
                        shares[0],
                        shares[1]),
                () -> life.chain.call(
                        life.pauser,
                        "closeTogether",
                        escrow.published(),
                        new Uint16(shares[0]),
                        new Uint16(shares[1]),
                        signatures.get(0),
                        signatures.get(1),
                        signatures.get(2)));
    }

    private void redeem(Known escrow) {
        boolean right = !life.once(5);
        Bytes32 preimage = right ? escrow.preimage().orElse(Bytes32.ZERO) : escrow.id();
        life.both(
                "redeem",
                now -> life.escrows.redeem(now, escrow.model(), right),
                () -> life.chain.call(
                        life.someTrader(), "redeem", escrow.published(), TypedMessages.word(preimage.bytes())));
    }

    private void refund(Known escrow) {
        life.both(
                "refund of an escrow",
                now -> life.escrows.refund(now, escrow.model()),
                () -> life.chain.call(life.someTrader(), "refundEscrow", escrow.published()));
    }

    private int[] shares() {
        int most = life.once(15) ? UNIT + 1 : UNIT;
        return new int[] {life.once(3) ? most : life.random.nextInt(UNIT), life.once(3) ? 0 : life.random.nextInt(UNIT)
        };
    }

    private Credentials trader(EvmAddress account) {
        return life.traders.stream()
                .filter(trader -> Life.address(trader).equals(account))
                .findFirst()
                .orElseThrow();
    }

    private static IVaultCases.SwapTerms swapTerms(Bytes32 fillId, Bytes32 hash, long refundFrom) {
        byte[] key = Bytes32.ZERO.bytes();
        BigInteger until = BigInteger.valueOf(refundFrom);
        return new IVaultCases.SwapTerms(fillId.bytes(), hash.bytes(), key, key, until, until);
    }

    private Bytes32 swapDigest(IVaultCases.SwapTerms terms) {
        return TypedMessages.digest(
                life.domain,
                TypedMessages.SWAP_TERMS,
                TypedMessages.word(terms.fillId),
                TypedMessages.word(terms.sha256Hash),
                TypedMessages.word(terms.claimKey),
                TypedMessages.word(terms.refundKey),
                new Uint64(terms.tBtc),
                new Uint64(terms.tEvm));
    }

    private static Bytes32 sha256(Bytes32 preimage) {
        try {
            return Bytes32.of(MessageDigest.getInstance("SHA-256").digest(preimage.bytes()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
