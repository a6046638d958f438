package io.quoin.node.demo.trader;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.MarketTerms;
import io.quoin.signer.terms.OrderNonce;
import io.quoin.signer.terms.OrderSide;
import io.quoin.signer.terms.OrderTerms;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.SettlementMode;
import io.quoin.signer.terms.VaultDomain;
import io.quoin.signer.terms.WithdrawalTerms;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;

/** The trader's typing of a message and the node's were written apart; they must come to the same digest. */
class TypedDataTest {
    private static final String VAULT = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
    private static final String BASE = "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512";
    private static final String QUOTE = "0x9fe46736679d2d9a65f0992f2272de9f3c7fa6e0";
    private static final String ARBITER = "0x0000000000000000000000000000000000000a4b";
    private static final BigInteger SCALE = BigInteger.TEN.pow(18);
    private static final MarketView MARKET = new MarketView(
            "QBASE-QUSD",
            31337,
            VAULT,
            new Token("QBASE", BASE, 18),
            new Token("QUSD", QUOTE, 6),
            SCALE,
            "ESCROW",
            new EscrowTermsView(7, 60, 3600, 90, ARBITER, 2500, 10, 20),
            BigInteger.TEN.pow(15),
            BigInteger.TEN,
            0);
    private static final VaultDomain DOMAIN = new VaultDomain(ChainId.eip155(31337), EvmAddress.of(VAULT));
    private static final Credentials KEY = Credentials.create("0x" + "0123456789abcdef".repeat(4));

    @Test
    void orderDigest_isTheOneThatTheNodeComputes() {
        var draft = new OrderDraft(
                true, new BigDecimal("2500.25"), new BigDecimal("3.125"), 42, 1_790_000_000L, 1_800_000_000L);
        var terms = new OrderTerms(
                EvmAddress.of(KEY.getAddress()),
                SettlementMode.ESCROW,
                new MarketTerms(EvmAddress.of(BASE), EvmAddress.of(QUOTE), SCALE),
                OrderSide.SELL,
                BigInteger.valueOf(2_500_250_000L),
                new BigInteger("3125000000000000000"),
                OrderNonce.manyBatches(42),
                1_790_000_000L,
                1_800_000_000L,
                new EscrowTerms(7, 60, 3600, 90, EvmAddress.of(ARBITER), 2500, 10, 20),
                0,
                0,
                Set.of(),
                Optional.empty());

        TypedData typed = TypedData.order(MARKET, draft);

        assertThat(typed.digest())
                .isEqualTo(OrderTyping.orderDigest(DOMAIN, terms).hex());
    }

    @Test
    void withdrawalDigest_isTheOneThatTheNodeComputes() {
        var draft = new WithdrawalDraft(MARKET.quote(), new BigDecimal("8757.5"), KEY.getAddress(), 7, 1_800_000_000L);
        var terms = new WithdrawalTerms(
                EvmAddress.of(KEY.getAddress()),
                EvmAddress.of(QUOTE),
                BigInteger.valueOf(8_757_500_000L),
                EvmAddress.of(KEY.getAddress()),
                BigInteger.valueOf(7),
                1_800_000_000L);

        TypedData typed = TypedData.withdrawal(MARKET, KEY.getAddress(), draft);

        assertThat(typed.digest())
                .isEqualTo(OrderTyping.withdrawalDigest(DOMAIN, terms).hex());
    }

    @Test
    void cancelDigest_isTheOneThatTheNodeComputes_andItsSignatureIsTheTraders() {
        String order = "0x" + "ab".repeat(32);
        Bytes32 expected = OrderTyping.cancelDigest(DOMAIN, new Bytes32(order));

        TypedData typed = TypedData.cancel(MARKET, order);

        assertThat(typed.digest()).isEqualTo(expected.hex());
        assertThat(OrderTyping.recover(expected, EvmSignature.parse(typed.signature(KEY))))
                .contains(EvmAddress.of(KEY.getAddress()));
    }
}
