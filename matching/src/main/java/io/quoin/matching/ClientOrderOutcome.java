package io.quoin.matching;

/** What became of the order that had a client order id first, when it arrived. */
public sealed interface ClientOrderOutcome {
    /** It was accepted. */
    record Accepted() implements ClientOrderOutcome {}

    /**
     * It was rejected.
     *
     * @param reason why
     */
    record Rejected(RejectReason reason) implements ClientOrderOutcome {}
}
