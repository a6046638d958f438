package io.quoin.signer.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.evm.EvmTransaction;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.evm.Wei;
import io.quoin.signer.terms.BatchDraft;
import io.quoin.signer.terms.BatchFees;
import io.quoin.signer.terms.BatchSeal;
import io.quoin.signer.terms.LockBatch;
import io.quoin.signer.terms.OrderDraft;
import io.quoin.signer.terms.RandomOrders;
import io.quoin.signer.terms.SettlementMode;
import io.quoin.signer.terms.VaultCall;
import io.quoin.signer.terms.VaultCalldata;
import io.quoin.signer.terms.VaultDomain;
import io.quoin.signer.terms.WithdrawalTerms;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What people read, held against kept files, one for each intent. {@code -Dquoin.golden=write} writes them anew; look at
 * the difference before it is kept.
 */
class ExplainTest {
    private static final EvmAddress VAULT = new EvmAddress("0x" + "77".repeat(20));
    private static final VaultDomain DOMAIN = new VaultDomain(ChainId.eip155(31337), VAULT);
    private static final BatchSeal SEAL = new BatchSeal(
            Bytes32.parse("0x" + "aa".repeat(32)),
            Bytes32.parse("0x" + "bb".repeat(32)),
            BigInteger.valueOf(7)
                    .shiftLeft(144)
                    .or(BigInteger.valueOf(5).shiftLeft(88))
                    .or(BigInteger.TWO.shiftLeft(72))
                    .or(BigInteger.valueOf(1_800_000_000L).shiftLeft(32))
                    .or(BigInteger.valueOf(64)),
            new EvmAddress("0x" + "33".repeat(20)),
            new EvmAddress("0x" + "44".repeat(20)));

    @Test
    void lock_isExplained() throws IOException {
        golden("lock", transaction(new VaultCall.Lock(batch())));
    }

    @Test
    void settle_isExplained() throws IOException {
        LockBatch batch = new BatchDraft()
                .fill(
                        OrderDraft.buy().mode(SettlementMode.ATOMIC).signed(DOMAIN, OrderDraft.key(1)),
                        OrderDraft.sell().mode(SettlementMode.ATOMIC).signed(DOMAIN, OrderDraft.key(2)),
                        false,
                        3)
                .build();

        golden("settle", transaction(new VaultCall.Settle(batch)));
    }

    @Test
    void release_isExplained() throws IOException {
        golden("release", transaction(new VaultCall.Release(SEAL)));
    }

    @Test
    void refund_isExplained() throws IOException {
        golden("refund", transaction(new VaultCall.Refund(SEAL)));
    }

    @Test
    void withdrawal_isExplained() throws IOException {
        golden(
                "withdrawal",
                Explain.withdrawal(
                        DOMAIN,
                        new WithdrawalTerms(
                                new EvmAddress("0x" + "11".repeat(20)),
                                new EvmAddress("0x" + "22".repeat(20)),
                                BigInteger.valueOf(1_234),
                                new EvmAddress("0x" + "55".repeat(20)),
                                BigInteger.valueOf(9),
                                1_800_000_000L)));
    }

    @Test
    void order_isExplained() throws IOException {
        golden("order", Explain.order(DOMAIN, OrderDraft.sell().of(new EvmAddress("0x" + "11".repeat(20)))));
    }

    @Test
    void otherVault_isWarnedOf() {
        VaultDomain other = new VaultDomain(ChainId.eip155(1), VAULT);

        assertThat(Explain.transaction(other, of(new VaultCall.Release(SEAL))).text())
                .contains("WARNING       this is not the vault " + VAULT + " on eip155:1");
    }

    @Test
    void everyByteOfASeal_changesTheWords_orCannotBeRead() {
        long seed = System.nanoTime();
        System.out.println("ExplainTest seed " + seed);
        Random random = new Random(seed);
        byte[] calldata = VaultCalldata.encode(new VaultCall.Release(SEAL));
        Set<Bytes32> hashes = new HashSet<>();
        hashes.add(transaction(new VaultCall.Release(SEAL)).hash());
        int readable = 1;
        for (int at = 4; at < calldata.length; at++) {
            byte[] changed = calldata.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            try {
                hashes.add(Explain.transaction(DOMAIN, of(Hex.of(changed))).hash());
                readable++;
            } catch (IllegalArgumentException unreadable) {
                assertThat(unreadable).hasMessageContaining("no lock or settle");
            }
        }

        // An address has 12 bytes of padding, and two words are addresses: those cannot be read.
        assertThat(readable).isEqualTo(1 + 5 * 32 - 2 * 12);
        assertThat(hashes).hasSize(readable);
    }

    @Test
    void batches_atRandom_areExplainedFromTheirBytes() {
        long seed = System.nanoTime();
        System.out.println("ExplainTest seed " + seed);
        RandomOrders random = new RandomOrders(seed);
        for (int i = 0; i < 20; i++) {
            LockBatch batch = random.batch(DOMAIN);

            String text = transaction(new VaultCall.Lock(batch)).text();

            assertThat(text)
                    .startsWith("Lock a batch of fills\n  fills         "
                            + batch.fills().size() + "\n");
            assertThat(batch.orders())
                    .allSatisfy(order ->
                            assertThat(text).contains(order.terms().trader().hex()));
        }
    }

    @Test
    void calldataOfNoKnownCall_isNotExplained() {
        assertThatIllegalArgumentException().isThrownBy(() -> Explain.transaction(DOMAIN, of(Hex.EMPTY)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Explain.transaction(DOMAIN, of(new Hex("0x" + "ab".repeat(164)))));
    }

    private static LockBatch batch() {
        return new BatchDraft()
                .fees(new BatchFees(0, 10, 0, Optional.empty()))
                .fill(
                        OrderDraft.buy().signed(DOMAIN, OrderDraft.key(1)),
                        OrderDraft.sell().signed(DOMAIN, OrderDraft.key(2)),
                        true,
                        5)
                .build();
    }

    private static Explanation transaction(VaultCall call) {
        return Explain.transaction(DOMAIN, of(call));
    }

    private static EvmTransaction of(VaultCall call) {
        return of(Hex.of(VaultCalldata.encode(call)));
    }

    private static EvmTransaction of(Hex data) {
        return new EvmTransaction(
                DOMAIN.chain(), new EvmNonce(7), Wei.ofGwei(1), Wei.ofGwei(30), 500_000, VAULT, Wei.ZERO, data);
    }

    private static void golden(String name, Explanation explanation) throws IOException {
        if ("write".equals(System.getProperty("quoin.golden"))) {
            Path folder = Path.of("src/test/resources/io/quoin/signer/explain");
            Files.writeString(Files.createDirectories(folder).resolve(name + ".txt"), explanation.text());
        }
        try (InputStream kept = ExplainTest.class.getResourceAsStream(name + ".txt")) {
            assertThat(kept).as("the kept file of " + name).isNotNull();
            assertThat(explanation.text()).isEqualTo(new String(kept.readAllBytes(), UTF_8));
        }
    }
}
