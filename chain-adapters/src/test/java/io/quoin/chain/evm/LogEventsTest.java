package io.quoin.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quoin.chain.ChainEvent;
import io.quoin.contracts.IEscrowVault;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.terms.BatchFees;
import io.quoin.signer.terms.BatchFill;
import io.quoin.signer.terms.BatchInput;
import io.quoin.signer.terms.BatchTree;
import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.LockBatch;
import io.quoin.signer.terms.MarketLots;
import io.quoin.signer.terms.MarketTerms;
import io.quoin.signer.terms.OrderNonce;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTerms;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.SettlementMode;
import io.quoin.signer.terms.SignedOrder;
import io.quoin.signer.terms.VaultCall;
import io.quoin.signer.terms.VaultCalldata;
import io.quoin.signer.terms.VaultDomain;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/** Batches between traders 2i (buyer) and 2i+1 (seller) of the i-th fill, with a maker's rebate and a referrer. */
class LogEventsTest {
    private static final VaultDomain VAULT = new VaultDomain(ChainId.eip155(31337), address(0xcc));
    private static final MarketLots LOTS =
            new MarketLots(address(1), address(2), BigInteger.TEN.pow(15), BigInteger.TEN);
    private static final BigInteger SCALE = BigInteger.TEN.pow(18);
    private static final EscrowTerms TERMS = new EscrowTerms(1, 0, 60, 0, EvmAddress.ZERO, 5_000, 0, 0);
    private static final BatchFees FEES = new BatchFees(-5, 20, 10, Optional.of(address(9)));
    private static final Bytes32 TX = new Bytes32("0x" + "7".repeat(64));
    private static final Bytes32 BLOCK = new Bytes32("0x" + "8".repeat(64));
    private static final long SEQ = 65;
    private static final long DEADLINE = 1_800_000_000L;
    private static final int ALL_LANED = -1;

    @Test
    void batch_isReadFromTheInput() {
        LockBatch batch = batch(3);

        List<LogEvents.Placed> events = events(batch, List.of(locked(batch, root(batch, ALL_LANED))));

        assertThat(events).hasSize(3);
        ChainEvent.Locked third = (ChainEvent.Locked) events.getLast().event();
        assertThat(third.index()).isEqualTo(2);
        assertThat(third.seq()).isEqualTo(SEQ);
        assertThat(third.marketId()).isEqualTo(LOTS.id());
        assertThat(third.deadlineSeconds()).isEqualTo(DEADLINE);
        assertThat(third.buyer())
                .isEqualTo(batch.fills().getLast().buy().terms().trader());
        assertThat(third.seller())
                .isEqualTo(batch.fills().getLast().sell().terms().trader());
        assertThat(third.buyOrder())
                .isEqualTo(OrderTyping.orderDigest(
                        VAULT, batch.fills().getLast().buy().terms()));
        // 12 lots at 250,000 quote lots: 3,000,000, rebate 1,500, taker's fee 6,000 and 3,000.
        assertThat(third.baseAmount()).isEqualTo(BigInteger.TEN.pow(15).multiply(BigInteger.valueOf(12)));
        assertThat(third.payAmount()).isEqualTo(BigInteger.valueOf(29_985_000));
        assertThat(third.getAmount()).isEqualTo(BigInteger.valueOf(29_910_000));
        assertThat(third.seal().operator()).isEqualTo(address(5));
    }

    @Test
    void skippedFills_comeFromTheirLogs_andStandThere() {
        LockBatch batch = batch(3);
        VaultLog skipped = skipped(0, 1, 5);

        List<LogEvents.Placed> events = events(batch, List.of(skipped, locked(batch, root(batch, 1))));

        assertThat(events)
                .extracting(placed -> placed.event().getClass().getSimpleName())
                .containsExactly("FillSkipped", "Locked", "Locked");
        ChainEvent.FillSkipped fill = (ChainEvent.FillSkipped) events.getFirst().event();
        assertThat(fill.at()).isEqualTo(skipped.position());
        assertThat(fill.index()).isEqualTo(1);
        assertThat(fill.reason()).isEqualTo(5);
        assertThat(fill.seq()).isEqualTo(SEQ);
        assertThat(fill.sellOrder())
                .isEqualTo(OrderTyping.orderDigest(
                        VAULT, batch.fills().get(1).sell().terms()));
        assertThat(events)
                .filteredOn(placed -> placed.event() instanceof ChainEvent.Locked)
                .extracting(placed -> ((ChainEvent.Locked) placed.event()).index())
                .containsExactly(0, 2);
    }

    @Test
    void accountsWithoutALane_areFound() {
        LockBatch small = batch(2);
        LockBatch large = batch(12);
        List<Bytes32> none = leaves(small, ALL_LANED, Set.of(0, 1, 2, 3));
        List<Bytes32> two = leaves(large, ALL_LANED, Set.of(5, 20));

        assertThat(events(small, List.of(locked(small, BatchTree.root(none))))).hasSize(2);
        assertThat(events(large, List.of(locked(large, BatchTree.root(two))))).hasSize(12);
        assertThat(refusal(large, locked(large, BatchTree.root(leaves(large, ALL_LANED, Set.of(1, 2, 3))))))
                .contains("not of batch");
    }

    @Test
    @DisplayName("an invented, changed or hidden fill does not fit the vault's root")
    void inputThatDoesNotFitTheLog_isRefused() {
        LockBatch batch = batch(3);
        VaultLog log = locked(batch, root(batch, ALL_LANED));

        assertThat(refusal(batch(4), log)).contains("not of batch");
        assertThat(refusal(batch(2), log)).contains("not of batch");
        List<BatchFill> changed = new ArrayList<>(batch.fills());
        Collections.swap(changed, 0, 1);
        assertThat(refusal(of(changed), log)).contains("not of batch");
        assertThat(refusal(batch, skipped(0, 1, 5), log)).contains("not of batch");
        assertThat(refusal(batch, locked(batch, root(batch, 1)))).contains("not of batch");
        assertThat(refusal(batch, skipped(0, 3, 5), log)).contains("not of batch");
        assertThat(refusal(batch, locked(batch(2), root(batch, ALL_LANED)))).contains("not of batch");
    }

    @Test
    void transactionsThatAreNoLock_areRefused() {
        LockBatch batch = batch(1);
        VaultLog log = locked(batch, root(batch, ALL_LANED));
        byte[] input = VaultCalldata.encode(new VaultCall.Lock(batch));

        assertThat(refusal(new VaultTransaction(TX, BLOCK, address(3), Hex.of(input)), log))
                .contains("another contract");
        assertThat(refusal(new VaultTransaction(BLOCK, BLOCK, VAULT.vault(), Hex.of(input)), log))
                .contains("another one");
        assertThat(refusal(new VaultTransaction(TX, TX, VAULT.vault(), Hex.of(input)), log))
                .contains("another one");
        assertThat(refusal(new VaultTransaction(TX, BLOCK, VAULT.vault(), Hex.EMPTY), log))
                .isNotBlank();
        assertThat(refusal(batch, skipped(0, 0, 1))).contains("locked no batch");
        assertThat(refusal(
                        batch,
                        log(
                                IEscrowVault.SETTLED_EVENT,
                                0,
                                "0".repeat(192),
                                LOTS.id().hex())))
                .contains("settled a batch");
    }

    private static List<LogEvents.Placed> events(LockBatch batch, List<VaultLog> logs) {
        return new LogEvents(VAULT, hash -> transaction(batch)).of(logs);
    }

    private static String refusal(LockBatch input, VaultLog... logs) {
        return refusal(transaction(input), logs);
    }

    private static String refusal(VaultTransaction transaction, VaultLog... logs) {
        List<String> messages = new ArrayList<>();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogEvents(VAULT, hash -> transaction).of(List.of(logs)))
                .satisfies(refused -> messages.add(String.valueOf(refused.getMessage())));
        return messages.getFirst();
    }

    private static VaultTransaction transaction(LockBatch batch) {
        Hex input = Hex.of(VaultCalldata.encode(new VaultCall.Lock(batch)));
        return new VaultTransaction(TX, BLOCK, VAULT.vault(), input);
    }

    private static LockBatch batch(int fills) {
        return of(IntStream.range(0, fills).mapToObj(LogEventsTest::fill).toList());
    }

    private static LockBatch of(List<BatchFill> fills) {
        return new LockBatch(LOTS, SCALE, 1, TERMS, FEES, 0, fills);
    }

    private static BatchFill fill(int index) {
        SignedOrder buy = order(OrderSide.BUY, 2 * index);
        SignedOrder sell = order(OrderSide.SELL, 2 * index + 1);
        return new BatchFill(buy, sell, true, false, BigInteger.valueOf(10L + index));
    }

    private static SignedOrder order(OrderSide side, int trader) {
        ECKeyPair key = ECKeyPair.create(BigInteger.valueOf(1_000L + trader));
        OrderTerms terms = new OrderTerms(
                EvmAddress.of("0x" + Keys.getAddress(key)),
                SettlementMode.ESCROW,
                new MarketTerms(LOTS.base(), LOTS.quote(), SCALE),
                side,
                BigInteger.valueOf(2_500_000_000L),
                SCALE,
                OrderNonce.oneBatch(trader),
                1_700_000_000L,
                1_900_000_000L,
                TERMS,
                20,
                10,
                Set.of(),
                Optional.empty());
        Sign.SignatureData made =
                Sign.signMessage(OrderTyping.orderDigest(VAULT, terms).bytes(), key, false);
        return new SignedOrder(
                terms, new EvmSignature(Bytes32.of(made.getR()), Bytes32.of(made.getS()), made.getV()[0]));
    }

    private static Bytes32 root(LockBatch batch, int skipped) {
        return BatchTree.root(leaves(batch, skipped, Set.of()));
    }

    private static List<Bytes32> leaves(LockBatch batch, int skipped, Set<Integer> laneless) {
        BatchInput input = BatchInput.decode(VAULT, VaultCalldata.encode(new VaultCall.Lock(batch)));
        List<Bytes32> leaves = new ArrayList<>();
        for (int i = 0; i < input.fills().size(); i++) {
            BatchInput.Fill fill = input.fills().get(i);
            leaves.add(
                    i == skipped
                            ? BatchTree.NO_FILL
                            : BatchTree.leaf(
                                    fill.buy().order().trader(),
                                    fill.sell().order().trader(),
                                    fill.amounts(),
                                    !laneless.contains(2 * i),
                                    !laneless.contains(2 * i + 1)));
        }
        return leaves;
    }

    private static VaultLog locked(LockBatch batch, Bytes32 root) {
        BigInteger numbers = BigInteger.valueOf(SEQ)
                .or(BigInteger.valueOf(DEADLINE).shiftLeft(32))
                .or(BigInteger.valueOf(batch.fills().size()).shiftLeft(72));
        String words = LOTS.id().hex().substring(2)
                + BatchTree.detail(LOTS, TERMS, root).hex().substring(2)
                + "%064x".formatted(numbers)
                + "0".repeat(24)
                + address(9).hex().substring(2)
                + "0".repeat(24)
                + address(5).hex().substring(2)
                + root.hex().substring(2);
        return log(IEscrowVault.LOCKED_EVENT, 9, words);
    }

    private static VaultLog skipped(int logIndex, int index, int reason) {
        return log(IEscrowVault.FILLSKIPPED_EVENT, logIndex, "%064x".formatted(reason), "0x%064x".formatted(index));
    }

    private static VaultLog log(Event event, int logIndex, String words, String... indexed) {
        List<Bytes32> topics = new ArrayList<>(List.of(new Bytes32(EventEncoder.encode(event))));
        List.of(indexed).forEach(topic -> topics.add(new Bytes32(topic)));
        return new VaultLog(VAULT.vault(), topics, new Hex("0x" + words), 7, BLOCK, TX, 1, logIndex);
    }

    private static EvmAddress address(int number) {
        return new EvmAddress("0x%040x".formatted(number));
    }
}
