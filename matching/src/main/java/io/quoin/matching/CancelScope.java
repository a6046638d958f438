package io.quoin.matching;

/** Which orders a {@link Command.CancelAll} cancels, stop orders that wait included. */
public sealed interface CancelScope {
    /**
     * All orders of an account.
     *
     * @param account the account
     */
    record OfAccount(AccountId account) implements CancelScope {}

    /**
     * All orders of an account in one market.
     *
     * @param account the account
     * @param market the market
     */
    record OfAccountInMarket(AccountId account, MarketId market) implements CancelScope {}

    /**
     * All orders that an account placed in one session.
     *
     * @param account the account
     * @param session the session; 0 stands for none, and matches no order
     */
    record OfSession(AccountId account, long session) implements CancelScope {}

    /**
     * All orders of an account in one cancel-on-disconnect group.
     *
     * @param account the account
     * @param disconnectGroup the group; 0 stands for none, and matches no order
     */
    record OfDisconnectGroup(AccountId account, int disconnectGroup) implements CancelScope {}

    /**
     * All orders of a market.
     *
     * @param market the market
     */
    record OfMarket(MarketId market) implements CancelScope {}
}
