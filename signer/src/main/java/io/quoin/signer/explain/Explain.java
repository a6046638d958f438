package io.quoin.signer.explain;

import io.quoin.signer.evm.EvmTransaction;
import io.quoin.signer.terms.BatchInput;
import io.quoin.signer.terms.BatchSeal;
import io.quoin.signer.terms.OrderTerms;
import io.quoin.signer.terms.VaultDomain;
import io.quoin.signer.terms.WithdrawalTerms;
import java.math.BigInteger;
import java.time.Instant;
import java.util.TreeSet;

/**
 * Puts into words what is to be signed: of a transaction, from its own fields and calldata, never from what somebody says
 * that it is. Amounts are base units, addresses whole, since a shortened one can be forged. Bytes that cannot be read are
 * not explained. Stateless.
 */
public final class Explain {
    private Explain() {}

    /**
     * Explains a transaction to a vault.
     *
     * @param vault under whose domain a batch's orders are taken to be signed; the transaction's own callee is shown beside
     * @throws IllegalArgumentException if the calldata is of no call that the signer knows, or not written in the one way
     */
    public static Explanation transaction(VaultDomain vault, EvmTransaction transaction) {
        byte[] calldata = transaction.data().bytes();
        Lines lines =
                SealCall.read(calldata).map(Explain::seal).orElseGet(() -> batch(BatchInput.decode(vault, calldata)));
        return costs(lines, vault, transaction).explanation();
    }

    /** Explains a withdrawal that is co-signed. */
    public static Explanation withdrawal(VaultDomain vault, WithdrawalTerms terms) {
        return domain(new Lines("Let the vault pay a withdrawal at once"), vault)
                .add("account", terms.account())
                .add("amount", terms.amount() + " of token " + terms.token())
                .add("paid to", terms.to())
                .add("nonce", terms.nonce())
                .add("good until", time(terms.deadlineSeconds()))
                .explanation();
    }

    /** Explains an order, as its trader signs it. */
    public static Explanation order(VaultDomain vault, OrderTerms order) {
        String verb = switch (order.side()) {
            case BUY -> "Buy";
            case SELL -> "Sell";
        };
        return domain(
                        new Lines(verb + " up to " + order.quantity() + " of token "
                                + order.market().base()),
                        vault)
                .add("trader", order.trader())
                .add("signed by", order.wallet().isPresent() ? "a wallet contract (EIP-1271)" : "the trader's key")
                .add("mode", order.mode())
                .add(
                        "limit",
                        order.price() + " of token " + order.market().quote() + " for each "
                                + order.market().priceScale())
                .add(
                        "fees at most",
                        "operator " + bps(order.operatorFeeCapBps()) + ", referrer " + bps(order.referrerFeeCapBps()))
                .add("flags", order.flags().isEmpty() ? "none" : new TreeSet<>(order.flags()))
                .terms(order.terms())
                .add("nonce", order.nonce())
                .add("issued", time(order.issuedSeconds()))
                .add("expires", time(order.expirySeconds()))
                .explanation();
    }

    private static Lines seal(SealCall call) {
        BatchSeal seal = call.seal();
        String first = switch (call.kind()) {
            case RELEASE -> "Release a batch: each leg goes to the other side";
            case REFUND -> "Refund a batch: each leg goes back";
        };
        return new Lines(first)
                .add("market id", seal.marketId())
                .add("batch", seal.seq() + ", of " + seal.fills() + " fills")
                .add("deadline", time(seal.deadlineSeconds()))
                .add("operator", seal.operator() + " gets " + seal.operatorFeeLots() + " quote lots")
                .add("referrer", seal.referrer() + " gets " + seal.referrerFeeLots() + " quote lots")
                .add("detail", seal.detail())
                .add("numbers", "0x" + seal.numbers().toString(16));
    }

    private static Lines batch(BatchInput batch) {
        String first = switch (batch.mode()) {
            case ESCROW -> "Lock";
            case ATOMIC -> "Settle at once";
            case SWAP, P2P -> throw new IllegalArgumentException("no batch is of mode " + batch.mode());
        };
        Lines lines = new Lines(first + " a batch of fills")
                .add("fills", batch.fills().size())
                .add("base", batch.lots().base() + ", lots of " + batch.lots().baseLot())
                .add("quote", batch.lots().quote() + ", lots of " + batch.lots().quoteLot())
                .add(
                        "fees",
                        "maker " + bps(batch.fees().makerBps()) + ", taker "
                                + bps(batch.fees().takerBps()) + ", referrer "
                                + bps(batch.fees().referrerBps()))
                .add("referrer", batch.fees().referrer().map(Object::toString).orElse("none"))
                .terms(batch.terms());
        BigInteger base = BigInteger.ZERO;
        BigInteger quote = BigInteger.ZERO;
        for (BatchInput.Fill fill : batch.fills()) {
            BigInteger gives = batch.baseUnits(fill.amounts().base());
            BigInteger pays = batch.quoteUnits(fill.amounts().pay());
            base = base.add(gives);
            quote = quote.add(pays);
            lines.add("buyer", fill.buy().order().trader() + " pays " + pays + " quote, gets " + gives + " base")
                    .add(
                            "seller",
                            fill.sell().order().trader() + " pays " + gives + " base, gets "
                                    + batch.quoteUnits(fill.amounts().get()) + " quote");
        }
        return lines.add("in all", base + " base and " + quote + " quote");
    }

    private static Lines costs(Lines lines, VaultDomain vault, EvmTransaction transaction) {
        BigInteger most = transaction.maxFeePerGas().value().multiply(BigInteger.valueOf(transaction.gasLimit()));
        lines.add("chain", transaction.chain()).add("calls", transaction.to());
        if (!transaction.to().equals(vault.vault()) || !transaction.chain().equals(vault.chain())) {
            lines.add("WARNING", "this is not the vault " + vault.vault() + " on " + vault.chain());
        }
        return lines.add("sends along", transaction.value() + " wei")
                .add("nonce", transaction.nonce())
                .add(
                        "costs",
                        "at most " + most + " wei: " + transaction.gasLimit() + " gas at " + transaction.maxFeePerGas()
                                + " wei, tip " + transaction.maxPriorityFeePerGas());
    }

    private static Lines domain(Lines lines, VaultDomain vault) {
        return lines.add("chain", vault.chain()).add("vault", vault.vault());
    }

    private static String bps(int points) {
        return points + " bps";
    }

    /** Seconds that no calendar reaches are shown as they are. */
    static String time(long seconds) {
        return seconds <= Lines.LAST_SECOND ? seconds + " (" + Instant.ofEpochSecond(seconds) + ")" : seconds + "";
    }
}
