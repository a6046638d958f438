package io.quoin.signer.terms;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.signer.evm.Hex;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;

class VaultCalldataTest {
    /** Of the compiled contract, as Hardhat's artifact has them. */
    private static final String LOCK_SELECTOR = "0x81548319";

    @Test
    void lockAndSettle_ofRandomBatches_equalIndependentEncoder() {
        long seed = System.nanoTime();
        RandomOrders random = new RandomOrders(seed);
        for (int i = 0; i < 20; i++) {
            LockBatch batch = random.batch(random.domain());
            DynamicBytes data = new DynamicBytes(BatchData.pack(batch));

            assertThat(text(new VaultCall.Lock(batch))).as("seed %d", seed).isEqualTo(encoded("lock", data));
        }
        assertThat(encoded("lock", new DynamicBytes(new byte[0]))).startsWith(LOCK_SELECTOR);
    }

    @Test
    void settle_isOfAtomicOrders_andLockIsNot() {
        VaultDomain vault = new RandomOrders(1).domain();
        LockBatch atomic = new BatchDraft()
                .fill(
                        OrderDraft.buy().mode(SettlementMode.ATOMIC).signed(vault, OrderDraft.key(1)),
                        OrderDraft.sell().mode(SettlementMode.ATOMIC).signed(vault, OrderDraft.key(2)),
                        true,
                        5)
                .build();

        assertThat(text(new VaultCall.Settle(atomic)))
                .isEqualTo(encoded("settle", new DynamicBytes(BatchData.pack(atomic))));
        LockBatchTest.refused(() -> new VaultCall.Lock(atomic), "ATOMIC");
    }

    @Test
    void releaseAndRefund_ofRandomSeals_equalIndependentEncoder() {
        long seed = System.nanoTime();
        RandomOrders random = new RandomOrders(seed);
        for (int i = 0; i < 20; i++) {
            BatchSeal seal = random.seal();

            assertThat(text(new VaultCall.Release(seal)))
                    .as("seed %d", seed)
                    .isEqualTo(encoded("release", new SealStruct(seal)));
            assertThat(text(new VaultCall.Refund(seal)))
                    .as("seed %d", seed)
                    .isEqualTo(encoded("refund", new SealStruct(seal)));
        }
    }

    private static String text(VaultCall call) {
        return Hex.of(VaultCalldata.encode(call)).text();
    }

    private static String encoded(String function, Type<?> argument) {
        return FunctionEncoder.encode(new Function(function, List.of(argument), Collections.emptyList()));
    }

    /** Solidity's {@code Seal}, for web3j's encoder. */
    public static final class SealStruct extends StaticStruct {
        SealStruct(BatchSeal seal) {
            super(
                    new Bytes32(seal.marketId().bytes()),
                    new Bytes32(seal.detail().bytes()),
                    new Uint256(seal.numbers()),
                    new Address(seal.referrer().hex()),
                    new Address(seal.operator().hex()));
        }
    }
}
