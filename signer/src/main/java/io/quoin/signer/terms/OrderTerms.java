package io.quoin.signer.terms;

import io.quoin.signer.evm.EvmAddress;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a trader signs about an order (R1; EIP-712 type {@code Order}), and who he says he is. The record
 * holds any order that fits the signed type; whether the vault or the node accepts it is theirs to say.
 *
 * @param trader the account; not signed, for it is whom the signature recovers, or the wallet
 * @param mode how fills are settled
 * @param market the two tokens and the price's scale
 * @param side buy or sell of the base token
 * @param price limit: quote base units for {@code market.priceScale} base units of base; uint128
 * @param quantity base units of base, over all fills; uint128
 * @param nonce names the order for ever, one per trader, market and side, see {@link OrderNonce}; uint64
 * @param issuedSeconds when it was signed by its signer's word, Unix seconds; uint64
 * @param expirySeconds valid while the block's time in Unix seconds is at most this; uint64
 * @param terms what the other side must have signed alike
 * @param operatorFeeCapBps the operator's fee at most, basis points; uint16
 * @param referrerFeeCapBps the referrer's fee at most, basis points; uint16
 * @param flags see {@link OrderFlag}
 * @param wallet empty for a key's account; else the contract whose EIP-1271 word is the signature, the trader itself
 */
public record OrderTerms(
        EvmAddress trader,
        SettlementMode mode,
        MarketTerms market,
        OrderSide side,
        BigInteger price,
        BigInteger quantity,
        BigInteger nonce,
        long issuedSeconds,
        long expirySeconds,
        EscrowTerms terms,
        int operatorFeeCapBps,
        int referrerFeeCapBps,
        Set<OrderFlag> flags,
        Optional<EvmAddress> wallet) {
    /**
     * Refuses a number that does not fit its signed type (times up to 2^63-1), and a wallet that is not the trader,
     * with {@link IllegalArgumentException}.
     */
    public OrderTerms {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(market, "market");
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(terms, "terms");
        UintRange.check("price", price, 128);
        UintRange.check("quantity", quantity, 128);
        UintRange.check("nonce", nonce, 64);
        UintRange.check("issued", issuedSeconds, 63);
        UintRange.check("expiry", expirySeconds, 63);
        UintRange.check("operatorFeeCap", operatorFeeCapBps, 16);
        UintRange.check("referrerFeeCap", referrerFeeCapBps, 16);
        flags = Set.copyOf(flags);
        if (!wallet.orElse(trader).equals(trader)) {
            throw new IllegalArgumentException("order: the trader is not the wallet that signs");
        }
        if (wallet.filter(EvmAddress::isZero).isPresent()) {
            throw new IllegalArgumentException("order: the wallet is the zero address");
        }
    }

    /** The same order of that account; it signs the same bytes, for the trader is not among them. */
    OrderTerms of(EvmAddress account) {
        return new OrderTerms(
                account,
                mode,
                market,
                side,
                price,
                quantity,
                nonce,
                issuedSeconds,
                expirySeconds,
                terms,
                operatorFeeCapBps,
                referrerFeeCapBps,
                flags,
                wallet);
    }
}
