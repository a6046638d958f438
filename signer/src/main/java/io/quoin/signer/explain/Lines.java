package io.quoin.signer.explain;

import io.quoin.signer.terms.EscrowTerms;
import java.util.ArrayList;
import java.util.List;

/** Lines of an explanation, put together one by one. Not thread-safe. */
final class Lines {
    /** The last second of the year 9999. */
    static final long LAST_SECOND = 253_402_300_799L;

    private final List<String> lines = new ArrayList<>();

    Lines(String first) {
        lines.add(first);
    }

    Lines add(String name, Object value) {
        lines.add("  %-13s %s".formatted(name, value));
        return this;
    }

    Lines terms(EscrowTerms terms) {
        return add("refund after", terms.refundDelaySeconds() + " s")
                .add("pay within", terms.paymentWindowSeconds() + " s")
                .add(
                        "arbiter",
                        terms.arbiterId() + ", decides within " + terms.disputeBoundSeconds() + " s, then "
                                + (terms.fallbackArbiter().isZero()
                                        ? "nobody"
                                        : terms.fallbackArbiter().hex()))
                .add("if all silent", "the buyer gets " + terms.fallbackToBuyerBps() + " bps of both legs")
                .add("bonds", "buyer " + terms.buyerBondBps() + " bps, seller " + terms.sellerBondBps() + " bps");
    }

    Explanation explanation() {
        return new Explanation(lines);
    }
}
