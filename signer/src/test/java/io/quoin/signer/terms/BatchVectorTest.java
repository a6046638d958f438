package io.quoin.signer.terms;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.evm.Hex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The vector that the contracts' own tests hold the vault and viem to: contracts/vectors/batch.json. */
class BatchVectorTest {
    private static final Path FILE =
            Path.of(System.getProperty("quoin.home", "..")).resolve("contracts/vectors/batch.json");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @BeforeEach
    void needVectors() {
        Assumptions.assumeTrue(Files.isReadable(FILE), "skipped, no vectors");
    }

    @Test
    @DisplayName("R1 wallet, contract and node hash one order to one digest")
    void orderDigest_equalsTheContractsVector() {
        JsonNode vector = vector();
        for (JsonNode entry : vector.path("orders")) {
            SignedOrder order = order(entry);

            Bytes32 digest = OrderTyping.orderDigest(domain(vector), order.terms());

            assertThat(digest.hex()).isEqualTo(entry.path("digest").asString());
            assertThat(OrderTyping.recover(digest, order.signature()))
                    .contains(order.terms().trader());
        }
    }

    @Test
    @DisplayName("R14 a batch is packed byte for byte as the contracts' tests pack it")
    void lock_equalsTheContractsVector() {
        JsonNode vector = vector();
        String data = vector.path("data").asString();

        byte[] call = VaultCalldata.encode(new VaultCall.Lock(batch(vector)));

        assertThat(Hex.of(BatchData.pack(batch(vector))).text()).isEqualTo(data);
        assertThat(Hex.of(VaultCalldata.batchBytes(call)).text()).isEqualTo(data);
    }

    @Test
    void input_readBack_hasTheLeavesAndTheRootOfTheVector() {
        JsonNode vector = vector();
        byte[] call = VaultCalldata.encode(new VaultCall.Lock(batch(vector)));

        BatchInput input = BatchInput.decode(domain(vector), call);

        List<Bytes32> leaves = new ArrayList<>();
        for (BatchInput.Fill fill : input.fills()) {
            JsonNode expected = vector.path("leaves").path(leaves.size());
            assertThat(fill.amounts()).isEqualTo(amounts(expected.path("leaf")));
            leaves.add(BatchTree.leaf(
                    fill.buy().order().trader(), fill.sell().order().trader(), fill.amounts(), true, true));
            assertThat(leaves.getLast().hex()).isEqualTo(expected.path("hash").asString());
        }
        assertThat(leaves).hasSize(3);
        assertThat(BatchTree.root(leaves).hex()).isEqualTo(vector.path("root").asString());
        assertThat(input.fills().getFirst().buy().id().hex())
                .isEqualTo(vector.path("orders").path(0).path("digest").asString());
    }

    @Test
    void seal_hasTheMarketAndDetailOfTheVector() {
        JsonNode vector = vector();
        LockBatch batch = batch(vector);
        JsonNode seal = vector.path("seal");
        Bytes32 root = new Bytes32(vector.path("root").asString());

        assertThat(batch.lots().id().hex()).isEqualTo(seal.path("marketId").asString());
        assertThat(BatchTree.detail(batch.lots(), batch.terms(), root).hex())
                .isEqualTo(seal.path("detail").asString());
        BatchSeal read = new BatchSeal(
                batch.lots().id(),
                root,
                new BigInteger(seal.path("numbers").asString()),
                EvmAddress.ZERO,
                EvmAddress.ZERO);
        assertThat(read.seq()).isEqualTo(LockBatch.CELLS + batch.cell());
        assertThat(read.fills()).isEqualTo(3);
        assertThat(read.deadlineSeconds()).isZero();
        assertThat(read.referrerFeeLots()).isEqualTo(400_000);
        assertThat(read.operatorFeeLots()).isEqualTo(600_000);
    }

    private static FillAmounts amounts(JsonNode leaf) {
        return new FillAmounts(
                integer(leaf, "base"), integer(leaf, "pay"), integer(leaf, "get"), integer(leaf, "referrerFee"));
    }

    private static LockBatch batch(JsonNode vector) {
        List<SignedOrder> orders = new ArrayList<>();
        vector.path("orders").forEach(entry -> orders.add(order(entry)));
        List<BatchFill> fills = new ArrayList<>();
        vector.path("fills")
                .forEach(fill -> fills.add(new BatchFill(
                        orders.get(fill.path("buy").asInt()),
                        orders.get(fill.path("sell").asInt()),
                        fill.path("buyerIsMaker").asBoolean(),
                        false,
                        integer(fill, "base"))));
        JsonNode fees = vector.path("fees");
        JsonNode market = vector.path("market");
        JsonNode lots = market.path("lots");
        return new LockBatch(
                new MarketLots(
                        address(lots, "base"),
                        address(lots, "quote"),
                        integer(lots, "baseLot"),
                        integer(lots, "quoteLot")),
                integer(market, "priceScale"),
                0,
                terms(market.path("terms")),
                new BatchFees(
                        fees.path("makerFee").asInt(),
                        fees.path("takerFee").asInt(),
                        fees.path("referrerFee").asInt(),
                        Optional.of(address(fees, "referrer"))),
                0,
                fills);
    }

    private static SignedOrder order(JsonNode entry) {
        JsonNode typed = entry.path("typed");
        JsonNode market = typed.path("market");
        OrderTerms terms = new OrderTerms(
                address(entry, "account"),
                SettlementMode.ESCROW,
                new MarketTerms(address(market, "base"), address(market, "quote"), integer(market, "priceScale")),
                typed.path("side").asInt() == 0 ? OrderSide.BUY : OrderSide.SELL,
                integer(typed, "price"),
                integer(typed, "quantity"),
                integer(typed, "nonce"),
                integer(typed, "issued").longValueExact(),
                integer(typed, "expiry").longValueExact(),
                terms(typed.path("terms")),
                typed.path("operatorFeeCap").asInt(),
                typed.path("referrerFeeCap").asInt(),
                OrderFlag.of(typed.path("flags").asInt()),
                Optional.empty());
        String signature = entry.path("order").path("signature").asString();
        return new SignedOrder(terms, EvmSignature.ofCompact(HexFormat.of().parseHex(signature.substring(2))));
    }

    private static EscrowTerms terms(JsonNode terms) {
        return new EscrowTerms(
                terms.path("arbiterId").asLong(),
                terms.path("paymentWindow").asLong(),
                terms.path("refundDelay").asLong(),
                terms.path("disputeBound").asLong(),
                address(terms, "fallbackArbiter"),
                terms.path("fallbackToBuyer").asInt(),
                terms.path("buyerBond").asInt(),
                terms.path("sellerBond").asInt());
    }

    private static VaultDomain domain(JsonNode vector) {
        JsonNode domain = vector.path("domain");
        return new VaultDomain(ChainId.eip155(domain.path("chainId").asLong()), address(domain, "verifyingContract"));
    }

    private static EvmAddress address(JsonNode node, String name) {
        return EvmAddress.of(node.path(name).asString());
    }

    private static BigInteger integer(JsonNode node, String name) {
        return new BigInteger(node.path(name).asString());
    }

    private static JsonNode vector() {
        try {
            return JSON.readTree(Files.readAllBytes(FILE));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
