package io.quoin.signer.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Hex;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint128;
import org.web3j.abi.datatypes.generated.Uint16;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;

class VaultCalldataTest {
    /** Of the compiled contract: keccak256 of the signature that Hardhat's artifact has. */
    private static final String LOCK_SELECTOR = "0xcfc72e2d";

    @Test
    void lock_ofRandomFills_equalsIndependentEncoder() {
        long seed = System.nanoTime();
        RandomOrders random = new RandomOrders(seed);
        for (int size = 1; size <= 12; size++) {
            List<EscrowFill> fills = Stream.generate(random::fill).limit(size).toList();
            List<FillStruct> structs = fills.stream().map(FillStruct::new).toList();

            String expected = FunctionEncoder.encode(new Function(
                    "lock", List.of(new DynamicArray<>(FillStruct.class, structs)), Collections.emptyList()));

            String actual =
                    Hex.of(VaultCalldata.encode(new VaultCall.Lock(fills))).text();
            assertThat(actual.substring(10)).as("seed %d, %d fills", seed, size).isEqualTo(expected.substring(10));
            assertThat(actual).startsWith(LOCK_SELECTOR);
        }
    }

    @Test
    void releaseAndRefund_areSelectorAndWords() {
        Bytes32 one = new Bytes32("0x" + "1".repeat(64));
        Bytes32 two = new Bytes32("0x" + "2".repeat(64));
        String arguments = "0".repeat(62) + "20" + "0".repeat(63) + "2" + "1".repeat(64) + "2".repeat(64);

        String release = Hex.of(VaultCalldata.encode(new VaultCall.Release(List.of(one, two))))
                .text();
        String refund = Hex.of(VaultCalldata.encode(new VaultCall.Refund(List.of(one, two))))
                .text();

        assertThat(release).isEqualTo("0xabed3b27" + arguments);
        assertThat(refund).isEqualTo("0x6023fda5" + arguments);
    }

    @Test
    void batches_whenEmptyOrTooLong_areRefused() {
        List<Bytes32> tooMany = Collections.nCopies(VaultCall.BATCH_SIZE_MAX + 1, Bytes32.ZERO);

        assertThatIllegalArgumentException().isThrownBy(() -> new VaultCall.Lock(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new VaultCall.Release(tooMany));
        assertThatIllegalArgumentException().isThrownBy(() -> new VaultCall.Refund(List.of()));
    }

    @Test
    void fill_whenSidesAreSwapped_isRefused() {
        EscrowFill fill = new RandomOrders(1).fill();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EscrowFill(fill.escrowId(), fill.sell(), fill.buy(), true, BigInteger.ONE))
                .withMessageContaining("swapped");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EscrowFill(Bytes32.ZERO, fill.buy(), fill.sell(), true, BigInteger.ONE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EscrowFill(fill.escrowId(), fill.buy(), fill.sell(), true, BigInteger.ZERO));
    }

    /** Solidity's {@code Fill}, for web3j's encoder. */
    public static final class FillStruct extends DynamicStruct {
        FillStruct(EscrowFill fill) {
            super(List.of(
                    new org.web3j.abi.datatypes.generated.Bytes32(
                            fill.escrowId().bytes()),
                    order(fill.buy().terms()),
                    new DynamicBytes(fill.buy().signature().bytes()),
                    order(fill.sell().terms()),
                    new DynamicBytes(fill.sell().signature().bytes()),
                    new Bool(fill.buyerIsMaker()),
                    new Uint128(fill.quantity())));
        }

        private static StaticStruct order(OrderTerms terms) {
            StaticStruct market = new StaticStruct(
                    address(terms.market().base()),
                    address(terms.market().quote()),
                    new Uint128(terms.market().priceScale()));
            List<Type<?>> fields = List.of(
                    address(terms.trader()),
                    new Uint8(terms.mode().code()),
                    market,
                    new Uint8(terms.side().code()),
                    new Uint128(terms.price()),
                    new Uint128(terms.quantity()),
                    new Uint64(terms.nonce()),
                    new Uint64(terms.expirySeconds()),
                    new Uint32(terms.arbiterId()),
                    new Uint32(terms.paymentWindowSeconds()),
                    new Uint32(terms.refundDelaySeconds()),
                    new Uint32(terms.disputeBoundSeconds()),
                    new Uint16(terms.operatorFeeCapBps()),
                    new Uint16(terms.referrerFeeCapBps()),
                    new Uint8(OrderFlag.bits(terms.flags())));
            return new StaticStruct(fields.toArray(Type[]::new));
        }

        private static Address address(EvmAddress address) {
            return new Address(address.hex());
        }
    }
}
