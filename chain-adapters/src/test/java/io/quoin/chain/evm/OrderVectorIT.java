package io.quoin.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.contracts.EscrowVault;
import io.quoin.testnet.Deployment;
import io.quoin.testnet.LocalChain;
import io.quoin.testnet.LocalChainTest;
import io.quoin.testnet.QuoinHome;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;
import org.web3j.utils.Numeric;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The order of contracts/vectors/order-digest.json, hashed by the deployed vault through its Java binding. */
@LocalChainTest(blockTimeMillis = 200)
class OrderVectorIT {
    @Test
    void vault_hashesTheVectorsOrderAsTheVectorSays(LocalChain chain, Deployment deployment) throws Exception {
        JsonNode vector = JsonMapper.shared()
                .readTree(QuoinHome.find()
                        .resolve("contracts/vectors/order-digest.json")
                        .toFile());
        assertThat(deployment.vault())
                .as("the vault is the deployer's first contract, so it stands where the vector says")
                .isEqualTo(vector.at("/domain/verifyingContract").asString());
        Web3j web3j = Web3j.build(new HttpService(chain.rpcUrl().toString()));
        EscrowVault vault = EscrowVault.load(
                deployment.vault(), web3j, new ReadonlyTransactionManager(web3j, null), new DefaultGasProvider());

        byte[] digest = vault.orderDigest(order(vector.get("order"))).send();

        assertThat(Numeric.toHexString(digest)).isEqualTo(vector.get("digest").asString());
        web3j.shutdown();
    }

    private static EscrowVault.Order order(JsonNode order) {
        JsonNode market = order.get("market");
        return new EscrowVault.Order(
                order.get("trader").asString(),
                number(order, "mode"),
                new EscrowVault.Market(
                        market.get("base").asString(), market.get("quote").asString(), number(market, "priceScale")),
                number(order, "side"),
                number(order, "price"),
                number(order, "quantity"),
                number(order, "nonce"),
                number(order, "expiry"),
                number(order, "arbiterId"),
                number(order, "paymentWindow"),
                number(order, "refundDelay"),
                number(order, "disputeBound"),
                number(order, "operatorFeeCap"),
                number(order, "referrerFeeCap"),
                number(order, "flags"));
    }

    private static BigInteger number(JsonNode node, String name) {
        return new BigInteger(node.get(name).asString());
    }
}
