package io.quoin.matching;

/** Everything that an engine remembers from one command to the next. */
final class EngineState {
    final EngineLimits limits;
    final Orders orders;
    final Levels levels;
    final Accounts accounts;
    final Funds funds;
    final OpenFills fills;
    final Withdrawals withdrawals;
    final ClientOrders clientOrders;
    final OpenOrders open;
    final Markets markets;
    private long nowSeconds;

    EngineState(EngineLimits limits, long salt) {
        this.limits = limits;
        this.orders = new Orders(limits, salt);
        this.levels = new Levels(orders, limits.priceChunks());
        this.accounts = new Accounts(orders, salt);
        this.funds = new Funds(limits.balances(), salt);
        this.fills = new OpenFills(limits.openFills());
        this.withdrawals = new Withdrawals(limits.withdrawals(), salt);
        this.clientOrders = new ClientOrders(limits.closedClientOrders(), salt);
        this.open = new OpenOrders(orders, clientOrders);
        this.markets = new Markets(limits.markets());
    }

    /** The latest time that the engine was told, in seconds since 1970-01-01T00:00:00Z. */
    long nowSeconds() {
        return nowSeconds;
    }

    void nowSeconds(long seconds) {
        nowSeconds = seconds;
    }

    /** Returns an account's balance of an asset, made if it can be; {@link Funds#NONE} if not. */
    int balance(long account, int asset) {
        int accountRow = accounts.find(account);
        int row = accountRow == Accounts.NONE ? Funds.NONE : funds.find(accountRow, asset);
        if (row != Funds.NONE || funds.isFull()) {
            return row;
        }
        return funds.add(accountRow == Accounts.NONE ? accounts.add(account) : accountRow, asset);
    }

    /** Returns an account's balance of an asset, or {@link Funds#NONE}. */
    int findBalance(long account, int asset) {
        int accountRow = accounts.find(account);
        return accountRow == Accounts.NONE ? Funds.NONE : funds.find(accountRow, asset);
    }
}
