package io.quoin.signer.terms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Optional;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/**
 * EIP-712 hashing of orders, cancellations and withdrawals, the same that the vault does. Stateless, thread-safe.
 *
 * <p>An order's digest is its id everywhere.
 */
public final class OrderTyping {
    /** The type string of a market. */
    public static final String MARKET_TYPE = "Market(address base,address quote,uint128 priceScale)";

    /** The type string of the terms that both sides of a fill share. */
    public static final String TERMS_TYPE = "Terms(uint32 arbiterId,uint32 paymentWindow,uint32 refundDelay,"
            + "uint32 disputeBound,address fallbackArbiter,uint16 fallbackToBuyer,uint16 buyerBond,uint16 sellerBond)";

    /** The type string of an order; EIP-712 appends the types it refers to. */
    public static final String ORDER_TYPE = "Order(uint8 mode,Market market,uint8 side,uint128 price,uint128 quantity,"
            + "uint64 nonce,uint64 issued,uint64 expiry,Terms terms,uint16 operatorFeeCap,uint16 referrerFeeCap,"
            + "uint8 flags,address wallet)" + MARKET_TYPE + TERMS_TYPE;

    /** The type string of a withdrawal that the operator co-signs. */
    public static final String WITHDRAWAL_TYPE =
            "Withdrawal(address account,address token,uint256 amount,address to," + "uint256 nonce,uint256 deadline)";

    /** The type string of a cancellation, which never goes on chain in this version. */
    public static final String CANCEL_TYPE = "CancelOrder(bytes32 order)";

    private static final String DOMAIN_TYPE =
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";

    private static final Bytes32 DOMAIN_TYPE_HASH = keccak(DOMAIN_TYPE);
    private static final Bytes32 MARKET_TYPE_HASH = keccak(MARKET_TYPE);
    private static final Bytes32 TERMS_TYPE_HASH = keccak(TERMS_TYPE);
    private static final Bytes32 ORDER_TYPE_HASH = keccak(ORDER_TYPE);
    private static final Bytes32 WITHDRAWAL_TYPE_HASH = keccak(WITHDRAWAL_TYPE);
    private static final Bytes32 CANCEL_TYPE_HASH = keccak(CANCEL_TYPE);
    private static final Bytes32 NAME_HASH = keccak(VaultDomain.NAME);
    private static final Bytes32 VERSION_HASH = keccak(VaultDomain.VERSION);

    private OrderTyping() {}

    /** The digest that a trader signs for an order, and the order's id. */
    public static Bytes32 orderDigest(VaultDomain domain, OrderTerms terms) {
        return digest(domain, orderStructHash(terms));
    }

    /** The digest that a trader signs to cancel the order with that id. */
    public static Bytes32 cancelDigest(VaultDomain domain, Bytes32 order) {
        return digest(domain, keccak(new AbiWords().word(CANCEL_TYPE_HASH).word(order)));
    }

    /** The digest that the operator signs to let a withdrawal be paid at once. */
    public static Bytes32 withdrawalDigest(VaultDomain domain, WithdrawalTerms withdrawal) {
        return digest(
                domain,
                keccak(new AbiWords()
                        .word(WITHDRAWAL_TYPE_HASH)
                        .address(withdrawal.account())
                        .address(withdrawal.token())
                        .number(withdrawal.amount())
                        .address(withdrawal.to())
                        .number(withdrawal.nonce())
                        .number(withdrawal.deadlineSeconds())));
    }

    /** The domain separator of a vault. */
    public static Bytes32 domainSeparator(VaultDomain domain) {
        return keccak(new AbiWords()
                .word(DOMAIN_TYPE_HASH)
                .word(NAME_HASH)
                .word(VERSION_HASH)
                .number(domain.chain().eip155Id())
                .address(domain.vault()));
    }

    /** The account whose key made that signature over that digest, or empty when no key can have. */
    public static Optional<EvmAddress> recover(Bytes32 digest, EvmSignature signature) {
        byte[] v = {(byte) signature.v()};
        Sign.SignatureData data =
                new Sign.SignatureData(v, signature.r().bytes(), signature.s().bytes());
        try {
            BigInteger publicKey = Sign.signedMessageHashToKey(digest.bytes(), data);
            return Optional.of(EvmAddress.of("0x" + Keys.getAddress(publicKey)));
        } catch (SignatureException | IllegalArgumentException noSuchKey) {
            return Optional.empty();
        }
    }

    /**
     * The order as {@code eth_signTypedData_v4} takes it: JSON with types, domain and message; numbers are decimal
     * strings, since a wallet's JavaScript would round large ones.
     */
    public static String orderTypedDataJson(VaultDomain domain, OrderTerms terms) {
        return OrderTypedData.json(domain, terms);
    }

    private static Bytes32 orderStructHash(OrderTerms order) {
        return keccak(new AbiWords()
                .word(ORDER_TYPE_HASH)
                .number(order.mode().code())
                .word(marketStructHash(order.market()))
                .number(order.side().code())
                .number(order.price())
                .number(order.quantity())
                .number(order.nonce())
                .number(order.issuedSeconds())
                .number(order.expirySeconds())
                .word(keccak(terms(new AbiWords().word(TERMS_TYPE_HASH), order.terms())))
                .number(order.operatorFeeCapBps())
                .number(order.referrerFeeCapBps())
                .number(OrderFlag.bits(order.flags()))
                .address(order.wallet().orElse(EvmAddress.ZERO)));
    }

    private static Bytes32 marketStructHash(MarketTerms market) {
        return keccak(new AbiWords()
                .word(MARKET_TYPE_HASH)
                .address(market.base())
                .address(market.quote())
                .number(market.priceScale()));
    }

    /** The words of those terms, in EIP-712 and in the ABI alike. */
    static AbiWords terms(AbiWords words, EscrowTerms terms) {
        return words.number(terms.arbiterId())
                .number(terms.paymentWindowSeconds())
                .number(terms.refundDelaySeconds())
                .number(terms.disputeBoundSeconds())
                .address(terms.fallbackArbiter())
                .number(terms.fallbackToBuyerBps())
                .number(terms.buyerBondBps())
                .number(terms.sellerBondBps());
    }

    /** {@code keccak256(0x1901 ‖ domainSeparator ‖ structHash)}. */
    private static Bytes32 digest(VaultDomain domain, Bytes32 structHash) {
        byte[] preimage = new byte[2 + 2 * AbiWords.WORD];
        preimage[0] = 0x19;
        preimage[1] = 0x01;
        System.arraycopy(domainSeparator(domain).bytes(), 0, preimage, 2, AbiWords.WORD);
        System.arraycopy(structHash.bytes(), 0, preimage, 2 + AbiWords.WORD, AbiWords.WORD);
        return Bytes32.of(Hash.sha3(preimage));
    }

    private static Bytes32 keccak(AbiWords words) {
        return Bytes32.of(Hash.sha3(words.bytes()));
    }

    private static Bytes32 keccak(String text) {
        return Bytes32.of(Hash.sha3(text.getBytes(UTF_8)));
    }
}
