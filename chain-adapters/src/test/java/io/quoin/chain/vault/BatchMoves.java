package io.quoin.chain.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.contracts.IEscrowVault;
import io.quoin.contracts.IVaultCases;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.BatchFees;
import io.quoin.signer.terms.BatchFill;
import io.quoin.signer.terms.BatchTree;
import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.FillAmounts;
import io.quoin.signer.terms.LockBatch;
import io.quoin.signer.terms.OrderNonce;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.SettlementMode;
import io.quoin.signer.terms.SignedOrder;
import io.quoin.signer.terms.VaultCall;
import io.quoin.signer.terms.VaultCalldata;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.utils.Numeric;

/** Locks, settlements, and how batches and single fills of them end; good ones and bad ones. */
final class BatchMoves {
    /** A batch as the vault published it, and as the model has it. */
    record Known(Batches.Batch model, IVaultCases.Seal seal, IVaultCases.Batch detail, List<Bytes32> leaves) {}

    /** An account that a lock gathers first: whose order's owner, and on which side of the market. */
    record Gathered(int order, OrderSide side) {}

    private record Resting(EvmAddress owner, OrderSide side, EscrowTerms terms) {}

    private static final int LOTS_MAX = 700;
    private static final int LAST = 6;
    private static final String FILL_SKIPPED = EventEncoder.encode(IEscrowVault.FILLSKIPPED_EVENT);
    private static final String LOCKED = EventEncoder.encode(IEscrowVault.LOCKED_EVENT);

    private final Life life;
    private final OrderDesk desk;
    private final EscrowMoves escrowMoves;
    private final List<EscrowTerms> terms;
    private final Map<Resting, SignedOrder> resting = new HashMap<>();
    final List<Known> known = new ArrayList<>();
    private int cell;

    BatchMoves(Life life, OrderDesk desk, EscrowMoves escrowMoves) {
        this.life = life;
        this.desk = desk;
        this.escrowMoves = escrowMoves;
        EvmAddress second = Life.address(life.fallbackArbiter);
        this.terms = List.of(
                new EscrowTerms(1, 0, 3_000, 900, EvmAddress.ZERO, 5_000, 0, 0),
                new EscrowTerms(1, 0, 900, 0, EvmAddress.ZERO, 5_000, 0, 0),
                new EscrowTerms(1, 0, 2_000, 400, second, 3_000, 0, 0));
    }

    void lock() {
        LockBatch batch = batch(SettlementMode.ESCROW, nextCell());
        Credentials sender = life.once(25) ? life.someTrader() : life.operator;
        byte[] data = VaultCalldata.encode(new VaultCall.Lock(batch));
        life.both(
                "lock of %d fills in cell %d".formatted(batch.fills().size(), batch.cell()),
                now -> life.model.lock(now, Life.address(sender), batch),
                () -> life.chain.send(sender, life.chain.vault, Numeric.toHexString(data)),
                (made, sent) -> locked(batch, made, sent));
    }

    /** A lock that gathers accounts of its orders' owners first. */
    void gatherAndLock() {
        LockBatch batch = batch(SettlementMode.ESCROW, nextCell());
        if (!life.model.firstFillLocks(life.chain.time() + 1, batch)) {
            return;
        }
        List<SignedOrder> orders = batch.orders();
        List<Gathered> gathers = Stream.generate(() ->
                        new Gathered(life.random.nextInt(orders.size()), life.once(2) ? OrderSide.BUY : OrderSide.SELL))
                .limit(1 + life.random.nextInt(3))
                .toList();
        byte[] data = GatherTail.added(batch, gathers);
        life.both(
                "lock of %d fills after %s".formatted(batch.fills().size(), gathers),
                now -> {
                    for (Gathered gathered : gathers) {
                        EvmAddress owner = orders.get(gathered.order()).terms().trader();
                        life.model.gather(owner, gathered.side(), owner);
                    }
                    return life.model.lock(now, Life.address(life.operator), batch);
                },
                () -> life.chain.call(life.operator, "lock", new DynamicBytes(data)),
                (made, sent) -> locked(batch, made, sent));
    }

    void settle() {
        LockBatch batch = batch(SettlementMode.ATOMIC, 0);
        byte[] data = VaultCalldata.encode(new VaultCall.Settle(batch));
        life.both(
                "settlement of %d fills".formatted(batch.fills().size()),
                now -> life.model.settle(now, Life.address(life.operator), batch),
                () -> life.chain.send(life.operator, life.chain.vault, Numeric.toHexString(data)),
                (skipped, sent) -> assertThat(skips(sent)).isEqualTo(skipped));
    }

    void release() {
        some().ifPresent(batch -> {
            Credentials sender = life.mostly(life.operator);
            life.both(
                    "release of " + batch.model().seq,
                    now -> life.model.release(now, Life.address(sender), batch.model()),
                    () -> life.chain.call(sender, "release", batch.seal()));
        });
    }

    void refund() {
        some().ifPresent(batch -> life.both(
                "refund of " + batch.model().seq,
                now -> life.model.refund(now, batch.model()),
                () -> life.chain.call(life.someTrader(), "refund", batch.seal())));
    }

    void closeFill() {
        some().ifPresent(batch -> someFill(batch).ifPresent(index -> {
            Credentials sender = life.mostly(life.operator);
            life.both(
                    "close of fill %d of %d".formatted(index, batch.model().seq),
                    now -> life.model.closeFill(now, Life.address(sender), batch.model(), fill(batch, index)),
                    () -> life.chain.call(sender, "closeFill", proven(batch, index)));
        }));
    }

    void dispute() {
        some().ifPresent(batch -> someFill(batch).ifPresent(index -> {
            Fill fill = fill(batch, index);
            Credentials party = life.traders.stream()
                    .filter(trader -> Life.address(trader).equals(life.once(2) ? fill.buyer() : fill.seller()))
                    .findFirst()
                    .orElse(life.traders.getFirst());
            Credentials signer = life.once(6) ? life.someTrader() : party;
            Credentials sender = life.once(2) ? signer : life.pauser;
            Bytes32 origin = Bytes32.of(TypedMessages.hash(List.of(
                    TypedMessages.word(life.lots.id().bytes()), new Uint256(batch.model().seq), new Uint256(index))));
            byte[] signature = TypedMessages.sign(
                            signer,
                            TypedMessages.digest(
                                    life.domain, TypedMessages.DISPUTE, TypedMessages.word(origin.bytes())))
                    .bytes();
            List<Type<?>> arguments = new ArrayList<>(List.of(proven(batch, index)));
            arguments.add(new DynamicBytes(signature));
            life.both(
                    "dispute of fill %d of %d".formatted(index, batch.model().seq),
                    now -> life.escrows.disputeFill(now, batch.model(), fill, Life.address(signer)),
                    () -> life.chain.call(sender, "disputeFill", arguments.toArray(Type<?>[]::new)),
                    (escrow, sent) -> escrowMoves.opened(escrow, sent, Optional.empty()));
        }));
    }

    /** Mostly one that is open; sometimes any, and then mostly one of the last. */
    private Optional<Known> some() {
        if (known.isEmpty()) {
            return Optional.empty();
        }
        List<Known> open = known.stream()
                .filter(batch -> batch.model().end == Batches.End.OPEN)
                .toList();
        List<Known> last = known.subList(Math.max(0, known.size() - LAST), known.size());
        return Optional.of(life.some(!open.isEmpty() && !life.once(3) ? open : life.once(4) ? known : last));
    }

    private Optional<Integer> someFill(Known batch) {
        int index = life.random.nextInt(batch.model().fills.size());
        return batch.model().fills.get(index) == null ? Optional.empty() : Optional.of(index);
    }

    private static Fill fill(Known batch, int index) {
        Fill fill = batch.model().fills.get(index);
        if (fill == null) {
            throw new IllegalArgumentException("fill " + index + " was skipped");
        }
        return fill;
    }

    /** Seal, batch, index, leaf and proof, as the vault takes them. */
    Type<?>[] proven(Known batch, int index) {
        Fill fill = fill(batch, index);
        IVaultCases.Fill leaf = new IVaultCases.Fill(
                fill.buyer().hex(),
                fill.seller().hex(),
                BigInteger.valueOf(fill.base()),
                BigInteger.valueOf(fill.pay()),
                BigInteger.valueOf(fill.get()),
                BigInteger.valueOf(fill.referrerFee()),
                BigInteger.valueOf((fill.buyerLaned ? 1 : 0) | (fill.sellerLaned ? 2 : 0)));
        return new Type<?>[] {
            batch.seal(),
            batch.detail(),
            new Uint256(index),
            leaf,
            new DynamicArray<>(
                    org.web3j.abi.datatypes.generated.Bytes32.class,
                    MerkleProof.of(batch.leaves(), index).stream()
                            .map(hash -> TypedMessages.word(hash.bytes()))
                            .toList())
        };
    }

    /** What the vault says it locked must be what the model locked, to the last leaf. */
    private void locked(LockBatch batch, Batches.Batch made, VaultChain.Sent sent) {
        assertThat(skips(sent)).as("the skipped fills").isEqualTo(made.skipped);
        made.skipped.values().forEach(reason -> life.outcomes.merge("skipped for reason " + reason, 1, Integer::sum));
        Log log = sent.logs().stream()
                .filter(one -> one.getTopics().getFirst().equals(LOCKED))
                .findFirst()
                .orElseThrow();
        IEscrowVault.LockedEventResponse event = IEscrowVault.getLockedEventFromLog(log);
        List<Bytes32> leaves = new ArrayList<>();
        for (Fill fill : made.fills) {
            leaves.add(fill == null ? BatchTree.NO_FILL : leaf(fill));
        }
        assertThat(Bytes32.of(event.root))
                .as("the root over the model's leaves")
                .isEqualTo(BatchTree.root(leaves));
        assertThat(event.seal.numbers.longValue() & 0xffffffffL)
                .as("the batch's number")
                .isEqualTo(made.seq);
        IVaultCases.Seal seal = new IVaultCases.Seal(
                event.seal.marketId, event.seal.detail, event.seal.numbers, event.seal.referrer, event.seal.operator);
        IVaultCases.Batch detail = new IVaultCases.Batch(desk.lots(), desk.terms(batch.terms()), event.root);
        known.add(new Known(made, seal, detail, leaves));
    }

    private static Bytes32 leaf(Fill fill) {
        FillAmounts amounts = new FillAmounts(
                BigInteger.valueOf(fill.base()),
                BigInteger.valueOf(fill.pay()),
                BigInteger.valueOf(fill.get()),
                BigInteger.valueOf(fill.referrerFee()));
        return BatchTree.leaf(fill.buyer(), fill.seller(), amounts, fill.buyerLaned, fill.sellerLaned);
    }

    private static Map<Integer, Integer> skips(VaultChain.Sent sent) {
        Map<Integer, Integer> skips = new TreeMap<>();
        for (Log log : sent.logs()) {
            if (log.getTopics().getFirst().equals(FILL_SKIPPED)) {
                IEscrowVault.FillSkippedEventResponse skip = IEscrowVault.getFillSkippedEventFromLog(log);
                skips.put(skip.index.intValueExact(), skip.reason.intValueExact());
            }
        }
        return skips;
    }

    /** In turn mostly; sometimes numbers are left out, or come from below. */
    private int nextCell() {
        int step = life.once(6) ? life.random.nextInt(40) : 1;
        cell = (cell + step) % LockBatch.CELLS;
        return cell;
    }

    private LockBatch batch(SettlementMode mode, int inCell) {
        EscrowTerms agreed = life.some(terms);
        int count = 1 + life.random.nextInt(4);
        List<BatchFill> fills = new ArrayList<>();
        boolean auction = life.once(8);
        for (int i = 0; i < count; i++) {
            Credentials buyer = life.someTrader();
            Credentials seller = life.someTrader();
            if (buyer.equals(seller) && !life.once(25)) {
                continue;
            }
            long lots = 1L + life.random.nextInt(LOTS_MAX);
            fills.add(new BatchFill(
                    order(buyer, OrderSide.BUY, mode, agreed, lots),
                    order(seller, OrderSide.SELL, mode, agreed, lots),
                    life.once(2),
                    auction && life.once(2),
                    BigInteger.valueOf(lots)));
        }
        if (fills.isEmpty()) {
            return batch(mode, inCell);
        }
        BatchFees fees = new BatchFees(
                life.some(List.of(-3, 0, 5)),
                life.once(30) ? life.some(List.of(30, 200)) : 20,
                life.once(3) ? 0 : 10,
                Optional.of(life.referrer));
        return new LockBatch(
                life.lots, OrderDesk.PRICE_SCALE, inCell, agreed, fees, auction ? OrderDesk.FAIR_PRICE : 0, fills);
    }

    /** A new order, or one that rests; now and then one that was used before. */
    private SignedOrder order(Credentials owner, OrderSide side, SettlementMode mode, EscrowTerms agreed, long lots) {
        Resting place = new Resting(Life.address(owner), side, agreed);
        SignedOrder old = resting.get(place);
        if (mode == SettlementMode.ESCROW && old != null && life.once(2)) {
            return old;
        }
        boolean rests = mode == SettlementMode.ESCROW && life.once(2);
        BigInteger nonce = life.once(15)
                ? OrderNonce.oneBatch(1 + life.random.nextInt(40))
                : rests ? OrderNonce.manyBatches(desk.number()) : OrderNonce.oneBatch(desk.number());
        SignedOrder order = desk.order(owner, side, mode, agreed, rests ? 4 * lots : lots, nonce);
        if (rests) {
            resting.put(place, order);
        }
        return order;
    }
}
