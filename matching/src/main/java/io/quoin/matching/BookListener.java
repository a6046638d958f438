package io.quoin.matching;

/** Hears what happens in a book, in the order in which it happens. Orders are given by their rows in {@link Orders}. */
interface BookListener {
    /** Tells how many more fills there may be before others have ended. */
    int room();

    /** Two orders were matched; what remains of both is already less by the lots. */
    void filled(Book book, int maker, int taker, long price, long lots);

    /** An order took the last place of its level. */
    void rested(Book book, int order);

    /** What remains of an order is cancelled; its row is given back afterwards. */
    void cancelled(Book book, int order, CancelReason reason);

    /** An order lost lots and stays; what remains of it is already less. */
    void reduced(Book book, int order, long lots);

    /** A stop order was reached; its price is still as given. It is held to this one, or 0 if none follows (M14). */
    void triggered(Book book, int order, long heldPrice);

    /** The book is about to be matched at one price. */
    void uncrossing(Book book, long price);

    /** What a level shows differs from before. */
    void levelChanged(Book book, boolean buys, long price, long visible, int count);
}
