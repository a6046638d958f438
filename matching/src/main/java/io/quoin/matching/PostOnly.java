package io.quoin.matching;

/** Whether an order may be taker, and what happens if it would be (protocol R3). */
public enum PostOnly {
    /** It may be taker. */
    NO,
    /** It is rejected. */
    REJECT,
    /** Its price moves to one tick behind the best price of the other side. */
    SLIDE
}
