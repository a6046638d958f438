package io.quoin.signer.terms;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/** A good order of one base token at 2,500 quote tokens, to be changed in places. Not thread-safe. */
public final class OrderDraft {
    /** The tokens and lots of the orders. */
    public static final MarketLots LOTS = new MarketLots(
            EvmAddress.of("0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"),
            EvmAddress.of("0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0"),
            BigInteger.TEN.pow(15),
            BigInteger.TEN);

    /** Base units of base that a price is for. */
    public static final BigInteger PRICE_SCALE = BigInteger.TEN.pow(18);

    /** What the orders sign. */
    public static final EscrowTerms TERMS = new EscrowTerms(3, 0, 86_400, 604_800, EvmAddress.ZERO, 5_000, 0, 0);

    private SettlementMode mode = SettlementMode.ESCROW;
    private MarketTerms market = new MarketTerms(LOTS.base(), LOTS.quote(), PRICE_SCALE);
    private OrderSide side;
    private BigInteger price = BigInteger.valueOf(2_500_000_000L);
    private BigInteger quantity = BigInteger.TEN.pow(18);
    private BigInteger nonce = BigInteger.valueOf(7);
    private long issued = 1_700_000_000L;
    private long expiry = 1_900_000_000L;
    private EscrowTerms terms = TERMS;
    private int operatorFeeCap = 25;
    private int referrerFeeCap = 10;
    private Set<OrderFlag> flags = Set.of();
    private Optional<EvmAddress> wallet = Optional.empty();

    private OrderDraft(OrderSide side) {
        this.side = side;
    }

    /** An order to buy. */
    public static OrderDraft buy() {
        return new OrderDraft(OrderSide.BUY);
    }

    /** An order to sell. */
    public static OrderDraft sell() {
        return new OrderDraft(OrderSide.SELL);
    }

    /** The key of that small number. */
    public static ECKeyPair key(long secret) {
        return ECKeyPair.create(BigInteger.valueOf(secret));
    }

    /** That key's account. */
    public static EvmAddress account(ECKeyPair key) {
        return EvmAddress.of("0x" + Keys.getAddress(key));
    }

    /** The order of that account. */
    public OrderTerms of(EvmAddress trader) {
        return new OrderTerms(
                trader,
                mode,
                market,
                side,
                price,
                quantity,
                nonce,
                issued,
                expiry,
                terms,
                operatorFeeCap,
                referrerFeeCap,
                flags,
                wallet);
    }

    /** The order, signed by the key of its account; a wallet's by its only owner. */
    public SignedOrder signed(VaultDomain vault, ECKeyPair key) {
        OrderTerms order = of(wallet.orElse(account(key)));
        return new SignedOrder(order, signature(OrderTyping.orderDigest(vault, order), key));
    }

    /** That key's signature. */
    public static EvmSignature signature(Bytes32 digest, ECKeyPair key) {
        Sign.SignatureData made = Sign.signMessage(digest.bytes(), key, false);
        return new EvmSignature(Bytes32.of(made.getR()), Bytes32.of(made.getS()), made.getV()[0]);
    }

    /** Another mode. */
    public OrderDraft mode(SettlementMode changed) {
        mode = changed;
        return this;
    }

    OrderDraft market(MarketTerms changed) {
        market = changed;
        return this;
    }

    OrderDraft side(OrderSide changed) {
        side = changed;
        return this;
    }

    /** Another limit, quote base units for one whole base token. */
    public OrderDraft price(long changed) {
        return price(BigInteger.valueOf(changed));
    }

    OrderDraft price(BigInteger changed) {
        price = changed;
        return this;
    }

    /** Another number of base lots. */
    public OrderDraft lots(long changed) {
        return quantity(LOTS.baseLot().multiply(BigInteger.valueOf(changed)));
    }

    OrderDraft quantity(BigInteger changed) {
        quantity = changed;
        return this;
    }

    OrderDraft nonce(BigInteger changed) {
        nonce = changed;
        return this;
    }

    OrderDraft issued(long changed) {
        issued = changed;
        return this;
    }

    /** Another last second. */
    public OrderDraft expiry(long changed) {
        expiry = changed;
        return this;
    }

    /** Other terms. */
    public OrderDraft terms(EscrowTerms changed) {
        terms = changed;
        return this;
    }

    /** Other caps, basis points. */
    public OrderDraft caps(int operator, int referrer) {
        operatorFeeCap = operator;
        referrerFeeCap = referrer;
        return this;
    }

    /** Other flags. */
    public OrderDraft flags(OrderFlag... changed) {
        flags = Set.of(changed);
        return this;
    }

    /** A contract that signs. */
    public OrderDraft wallet(EvmAddress changed) {
        wallet = Optional.of(changed);
        return this;
    }
}
