package io.quoin.signer.terms;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The vector that the contract's own tests hold {@code EscrowVault.sol} and viem to. */
class PublishedVectorTest {
    @Test
    @DisplayName("R1 wallet, contract and node hash one order to one digest")
    void orderDigest_equalsTheContractsVector() throws IOException {
        JsonNode vector = vector();
        VaultDomain domain = new VaultDomain(
                ChainId.eip155(vector.path("domain").path("chainId").asLong()),
                EvmAddress.of(vector.path("domain").path("verifyingContract").asString()));
        OrderTerms order = order(vector.path("order"));

        Bytes32 digest = OrderTyping.orderDigest(domain, order);

        assertThat(digest.hex()).isEqualTo(vector.path("digest").asString());
        assertThat(OrderTyping.cancelDigest(domain, digest).hex())
                .isEqualTo(vector.path("cancelDigest").asString());
        assertThat(OrderTyping.recover(
                        digest, EvmSignature.parse(vector.path("signature").asString())))
                .contains(order.trader());
    }

    private static OrderTerms order(JsonNode order) {
        JsonNode market = order.path("market");
        return new OrderTerms(
                EvmAddress.of(order.path("trader").asString()),
                SettlementMode.ESCROW,
                new MarketTerms(
                        EvmAddress.of(market.path("base").asString()),
                        EvmAddress.of(market.path("quote").asString()),
                        new BigInteger(market.path("priceScale").asString())),
                OrderSide.BUY,
                new BigInteger(order.path("price").asString()),
                new BigInteger(order.path("quantity").asString()),
                new BigInteger(order.path("nonce").asString()),
                Long.parseLong(order.path("expiry").asString()),
                order.path("arbiterId").asLong(),
                order.path("paymentWindow").asLong(),
                order.path("refundDelay").asLong(),
                order.path("disputeBound").asLong(),
                order.path("operatorFeeCap").asInt(),
                order.path("referrerFeeCap").asInt(),
                OrderFlag.of(order.path("flags").asInt()));
    }

    private static JsonNode vector() throws IOException {
        Path file = Path.of(System.getProperty("quoin.home", "..")).resolve("contracts/vectors/order-digest.json");
        Assumptions.assumeTrue(Files.isReadable(file), "skipped, no vectors");
        return JsonMapper.builder().build().readTree(Files.readAllBytes(file));
    }
}
