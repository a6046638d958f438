package io.quoin.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.signer.evm.Hex;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;

class RevertReasonsTest {
    private static final String ACCOUNT = "0x00000000000000000000000000000000000000aa";

    @Test
    void customErrors_areNamedWithTheirValues() {
        assertThat(reason(
                        "InsufficientBalance",
                        new Address(ACCOUNT),
                        new Address(ACCOUNT),
                        new Uint256(BigInteger.ONE),
                        new Uint256(BigInteger.TWO)))
                .isEqualTo("InsufficientBalance(%s, %s, 1, 2)".formatted(ACCOUNT, ACCOUNT));
        assertThat(reason("ReleaseAfterDeadline", new Uint256(5), new Uint256(BigInteger.TEN)))
                .isEqualTo("ReleaseAfterDeadline(5, 10)");
        assertThat(reason("EmptyBatch")).isEqualTo("EmptyBatch()");
    }

    @Test
    void errorsOfAllCodeAtTheVaultsAddress_areNamed() {
        assertThat(reason("HashUsed", new Bytes32(new byte[32]))).isEqualTo("HashUsed(0x" + "0".repeat(64) + ")");
        assertThat(reason("NothingReceived", new Address(ACCOUNT), new Uint256(7)))
                .isEqualTo("NothingReceived(%s, 7)".formatted(ACCOUNT));
        assertThat(reason("SafeERC20FailedOperation", new Address(ACCOUNT)))
                .isEqualTo("SafeERC20FailedOperation(%s)".formatted(ACCOUNT));
        assertThat(reason("ERC20InsufficientBalance", new Address(ACCOUNT), new Uint256(1), new Uint256(2)))
                .isEqualTo("ERC20InsufficientBalance(%s, 1, 2)".formatted(ACCOUNT));
    }

    @Test
    void soliditysOwnErrors_areNamed() {
        assertThat(reason("Error", new Utf8String("no way"))).isEqualTo("Error(no way)");
        assertThat(reason("Panic", new Uint256(BigInteger.valueOf(0x11)))).isEqualTo("Panic(17)");
    }

    @Test
    void whateverElse_isShownAsItIs() {
        assertThat(RevertReasons.of(reverted("0xdeadbeef01"))).isEqualTo("unknown error 0xdeadbeef01");
        String cut = FunctionEncoder.encode(new Function("Error", List.of(new Utf8String("no way")), List.of()))
                .substring(0, 50);
        assertThat(RevertReasons.of(reverted(cut))).isEqualTo("unknown error " + cut);
        assertThat(RevertReasons.of(reverted("0x" + "ab".repeat(5_000)))).hasSizeLessThan(300);
        assertThat(RevertReasons.of(new CallOutcome.Reverted(Hex.EMPTY, "out of gas")))
                .isEqualTo("out of gas");
        assertThat(RevertReasons.of(new CallOutcome.Reverted(Hex.EMPTY, ""))).isEqualTo("reverted without a reason");
    }

    private static String reason(String name, Type<?>... values) {
        String data = FunctionEncoder.encode(new Function(name, List.of(values), List.of()));
        return RevertReasons.of(reverted(data));
    }

    private static CallOutcome.Reverted reverted(String data) {
        return new CallOutcome.Reverted(new Hex(data), "execution reverted");
    }
}
