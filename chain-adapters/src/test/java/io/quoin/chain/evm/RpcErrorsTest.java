package io.quoin.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.signer.evm.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class RpcErrorsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The words that Hardhat, anvil and other clients use. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    already known|KNOWN
                    Known transaction: 0xabc|KNOWN
                    transaction already imported|KNOWN
                    Nonce too low. Expected nonce to be 3 but got 2.|NONCE_USED
                    nonce too low: next nonce 7, tx nonce 6|NONCE_USED
                    nonce is too low|NONCE_USED
                    insufficient funds for gas * price + value|UNFUNDED
                    Insufficient funds for gas * price + value|UNFUNDED
                    Sender doesn't have enough funds to send tx|UNFUNDED
                    replacement transaction underpriced|OTHER
                    slow down|OTHER
                    """)
    void sendRefusals_areKnownByTheirWords(String message, SendRefusal expected) {
        assertThat(SendRefusal.of(error("{\"code\":-32000,\"message\":\"" + message + "\"}")))
                .isEqualTo(expected);
    }

    @Test
    void reverts_areToldFromOtherErrors_andTheirDataIsFound() {
        assertThat(error("{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0xABCD1234\"}")
                        .reverted())
                .contains(new Hex("0xabcd1234"));
        assertThat(error("{\"code\":-32603,\"message\":\"x\",\"data\":{\"message\":\"y\",\"data\":\"0xabcd1234\"}}")
                        .reverted())
                .contains(new Hex("0xabcd1234"));
        assertThat(error("{\"code\":3,\"message\":\"execution reverted\"}").reverted())
                .contains(Hex.EMPTY);
        assertThat(error("{\"code\":-32005,\"message\":\"limit exceeded\"}").reverted())
                .isEmpty();
        assertThat(error("{\"code\":-32000,\"message\":\"m\",\"data\":\"not bytes\"}")
                        .reverted())
                .isEmpty();
        assertThat(error("{}").reverted()).isEmpty();
    }

    @Test
    void messages_areCutAndCleaned() {
        RpcErrorException error = error("{\"code\":1,\"message\":\"a\\nb\\u0007c" + "x".repeat(1_000) + "\"}");

        assertThat(error.rpcMessage()).startsWith("a b c").hasSizeLessThan(310);
    }

    private static RpcErrorException error(String json) {
        return new RpcErrorException("eth_call", JSON.readTree(json));
    }
}
