package io.quoin.signer.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quoin.signer.caip.ChainId;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvmValuesTest {
    private static final String ONE = "0".repeat(63) + "1";
    private static final String HALF_ORDER = "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0";
    private static final String HALF_ORDER_PLUS_ONE =
            "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1";
    private static final String ORDER = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    /** The examples of EIP-55. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x52908400098527886E0F7030069857D2E4169EE7",
                "0xde709f2102306220921060314715629080e2fb77",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"
            })
    void address_withRightChecksum_isRead(String text) {
        assertThat(EvmAddress.of(text).checksummed()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed",
                "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
                "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae",
                "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaedd",
                "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaeg",
                "0X5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
                ""
            })
    void address_whenMalformedOrOfWrongChecksum_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> EvmAddress.of(text));
    }

    @Test
    void signature_isReadAndWritten() {
        String text = "0x" + ONE + HALF_ORDER + "1c";

        EvmSignature signature = EvmSignature.parse(text);

        assertThat(signature.v()).isEqualTo(28);
        assertThat(signature.toHex()).isEqualTo(text);
        assertThat(signature.bytes()).hasSize(65).endsWith(28);
    }

    @Test
    void signature_whenNotInTheOneAcceptedForm_isRefused() {
        refused("0x" + ONE + HALF_ORDER_PLUS_ONE + "1b", "upper half");
        refused("0x" + ORDER + ONE + "1b", "curve order");
        refused("0x" + "0".repeat(64) + ONE + "1b", "zero");
        refused("0x" + ONE + "0".repeat(64) + "1b", "zero");
        refused("0x" + ONE + ONE + "00", "27 or 28");
        refused("0x" + ONE + ONE + "1d", "27 or 28");
        refused("0x" + ONE + ONE, "65 bytes");
        refused("0x" + ONE + ONE + "1b1b", "65 bytes");
        refused(ONE + ONE + "1b", "65 bytes");
        refused("", "65 bytes");
    }

    @Test
    void signature_inItsCompactForm_isRead() {
        EvmSignature even = EvmSignature.parse("0x" + ONE + ONE + "1b");
        EvmSignature odd = EvmSignature.parse("0x" + ONE + ONE + "1c");

        assertThat(Hex.of(even.compact()).text()).isEqualTo("0x" + ONE + ONE);
        assertThat(Hex.of(odd.compact()).text()).isEqualTo("0x" + ONE + "8" + ONE.substring(1));
        assertThat(EvmSignature.ofCompact(even.compact())).isEqualTo(even);
        assertThat(EvmSignature.ofCompact(odd.compact())).isEqualTo(odd);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvmSignature.ofCompact(new byte[65]))
                .withMessageContaining("64 bytes");
    }

    @Test
    void words_andBytes_areCanonical() {
        assertThat(Bytes32.parse("0x" + "AB".repeat(32)).hex()).isEqualTo("0x" + "ab".repeat(32));
        assertThat(Bytes32.of(new byte[32])).isEqualTo(Bytes32.ZERO);
        assertThat(Hex.of(new byte[] {1, (byte) 0xff}).text()).isEqualTo("0x01ff");
        assertThat(new Hex("0x01ff").bytes()).containsExactly(1, 0xff);
        assertThat(new Hex("0x01ff").size()).isEqualTo(2);

        assertThatIllegalArgumentException().isThrownBy(() -> Bytes32.of(new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> new Bytes32("0x" + "AB".repeat(32)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Hex("0x1"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Hex("0xAB"));
    }

    @Test
    void amounts_whenOutOfRange_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Wei.of(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Wei(BigInteger.ONE.shiftLeft(256)));
        assertThatIllegalArgumentException().isThrownBy(() -> new EvmNonce(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new EvmNonce(Long.MAX_VALUE));
        assertThat(Wei.ofGwei(2).plus(Wei.of(1)).times(3)).hasToString("6000000003");
    }

    @Test
    void transaction_withTooLittleGasOrOfAnotherKindOfChain_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transaction(ChainId.eip155(1), 20_999))
                .withMessageContaining("gas limit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transaction(ChainId.parse("bip122:abc"), 21_000))
                .withMessageContaining("EVM");
    }

    private static EvmTransaction transaction(ChainId chain, long gasLimit) {
        return new EvmTransaction(
                chain, new EvmNonce(0), Wei.ZERO, Wei.ZERO, gasLimit, EvmAddress.ZERO, Wei.ZERO, Hex.EMPTY);
    }

    private static void refused(String signature, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvmSignature.parse(signature))
                .withMessageContaining(why);
    }
}
