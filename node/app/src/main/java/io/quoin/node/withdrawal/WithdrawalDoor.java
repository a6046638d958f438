package io.quoin.node.withdrawal;

import io.quoin.node.market.Asset;
import io.quoin.node.market.Decimals;
import io.quoin.node.market.Markets;
import io.quoin.node.order.Signatures;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.VaultDomain;
import io.quoin.signer.terms.WithdrawalTerms;
import java.math.BigInteger;
import java.time.InstantSource;

/**
 * Checks a withdrawal before anything else sees it. Throws {@link RefusedException} and has changed nothing then.
 * Thread-safe.
 */
public final class WithdrawalDoor {
    /** The least time that a wallet is left to send its transaction, in seconds. */
    public static final long DEADLINE_MIN_SECONDS = 60;
    /** The longest that a reserve may be held by a withdrawal that nobody sends, in seconds. */
    public static final long DEADLINE_MAX_SECONDS = 3_600;

    private static final int NONCE_BITS = 256;
    private static final int UNIT_BITS = 62;

    private final Markets markets;
    private final VaultDomain vault;
    private final InstantSource clock;

    /** Makes a door to a vault. */
    public WithdrawalDoor(Markets markets, VaultDomain vault, InstantSource clock) {
        this.markets = markets;
        this.vault = vault;
        this.clock = clock;
    }

    /** Checks a request and returns the withdrawal that it is. */
    public SubmittedWithdrawal admit(WithdrawalRequest request) {
        Signatures.requireVault(request.vault(), vault, "the withdrawal");
        EvmAddress account = Signatures.address("account", request.account());
        EvmAddress to = Signatures.address("to", request.to());
        Asset asset = asset(Signatures.address("token", request.token()));
        BigInteger amount = amount(request.amount(), asset);
        WithdrawalTerms terms =
                new WithdrawalTerms(account, asset.token(), amount, to, nonce(request.nonce()), request.deadline());
        requirePayee(to);
        Bytes32 id = OrderTyping.withdrawalDigest(vault, terms);
        EvmSignature signature = Signatures.parse(request.signature());
        Signatures.requireSigner(id, signature, account, vault, "this withdrawal");
        requireDeadline(terms.deadlineSeconds());
        return new SubmittedWithdrawal(
                id,
                vault,
                asset,
                new SignedWithdrawal(terms, signature),
                asset.engineUnits(amount).longValueExact());
    }

    private Asset asset(EvmAddress token) {
        return markets.byToken(token)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.UNKNOWN_ASSET,
                        "this node does not serve the token " + token.checksummed()
                                + "; GET /v1/markets names those that it serves. The vault pays any token by its exit,"
                                + " which needs no operator"));
    }

    private static BigInteger amount(String text, Asset asset) {
        BigInteger amount = Decimals.parse(text, asset.decimals()).orElse(BigInteger.ZERO);
        if (amount.signum() == 0 || amount.mod(asset.engineUnit()).signum() != 0) {
            throw new RefusedException(
                    RefusalCode.AMOUNT_OFF_UNIT,
                    "amount " + text + " is not a positive multiple of " + asset.format(asset.engineUnit()) + " "
                            + asset.symbol() + "; send a multiple of it");
        }
        if (asset.engineUnits(amount).bitLength() > UNIT_BITS) {
            throw new RefusedException(
                    RefusalCode.AMOUNT_TOO_LARGE, "amount " + text + " is beyond what the engine holds");
        }
        return amount;
    }

    private void requirePayee(EvmAddress to) {
        if (to.isZero() || to.equals(vault.vault())) {
            throw new RefusedException(
                    RefusalCode.WRONG_PAYEE, "the tokens would be lost at " + to + "; name an address of yours as to");
        }
    }

    /** The signer's policy holds the upper bound too. */
    private void requireDeadline(long deadlineSeconds) {
        long left = deadlineSeconds - clock.instant().getEpochSecond();
        if (left < DEADLINE_MIN_SECONDS || left > DEADLINE_MAX_SECONDS) {
            throw new RefusedException(
                    RefusalCode.DEADLINE_OUT_OF_RANGE,
                    "the deadline is " + left + " s away; sign one that is " + DEADLINE_MIN_SECONDS + " to "
                            + DEADLINE_MAX_SECONDS + " s away: until it has passed the amount stays set aside");
        }
    }

    private static BigInteger nonce(BigInteger nonce) {
        if (nonce.signum() < 0 || nonce.bitLength() > NONCE_BITS) {
            throw new RefusedException(
                    RefusalCode.MALFORMED_REQUEST, "nonce " + nonce + " is not within 0 and 2^256-1");
        }
        return nonce;
    }
}
