package io.quoin.matching;

import org.jspecify.annotations.Nullable;

/** What comes into balances and leaves them: credits, debits, the ends of fills, withdrawals and exits (M40-M46). */
final class Treasury {
    private final EngineState state;
    private final Funds funds;
    private final OpenFills fills;
    private final Withdrawals withdrawals;
    private final Clearing clearing;
    private final Cancelling cancelling;
    private final EventWriter events;

    Treasury(EngineState state, Clearing clearing, Cancelling cancelling, EventWriter events) {
        this.state = state;
        this.funds = state.funds;
        this.fills = state.fills;
        this.withdrawals = state.withdrawals;
        this.clearing = clearing;
        this.cancelling = cancelling;
        this.events = events;
    }

    @Nullable
    RefusalReason credit(long account, int asset, long amount) {
        if (amount <= 0) {
            return RefusalReason.AMOUNT_NOT_POSITIVE;
        }
        if (!funds.canHold(asset, amount)) {
            return RefusalReason.AMOUNT_TOO_LARGE;
        }
        int balance = state.balance(account, asset);
        if (balance == Funds.NONE) {
            return RefusalReason.ENGINE_FULL;
        }
        funds.credit(balance, amount);
        return null;
    }

    @Nullable
    RefusalReason debit(long account, int asset, long amount) {
        if (amount <= 0) {
            return RefusalReason.AMOUNT_NOT_POSITIVE;
        }
        int found = state.findBalance(account, asset);
        if (amount > Costs.MOST - (found == Funds.NONE ? 0 : funds.owed(found))) {
            return RefusalReason.AMOUNT_TOO_LARGE;
        }
        int balance = state.balance(account, asset);
        if (balance == Funds.NONE) {
            return RefusalReason.ENGINE_FULL;
        }
        cancelling.untilAvailable(balance, amount);
        funds.takeExiting(balance, funds.takeAvailable(balance, amount));
        return null;
    }

    // ---- fills ----

    @Nullable
    RefusalReason settle(long id) {
        int fill = fills.find(id);
        if (fill == OpenFills.NONE) {
            return RefusalReason.UNKNOWN_FILL;
        }
        events.fillSettled(id);
        clearing.settle(fill, state.markets.at(fills.market(fill)));
        fills.remove(fill);
        return null;
    }

    @Nullable
    RefusalReason giveBack(long id) {
        int fill = fills.find(id);
        if (fill == OpenFills.NONE) {
            return RefusalReason.UNKNOWN_FILL;
        }
        events.fillReturned(id);
        clearing.giveBack(fill, state.markets.at(fills.market(fill)));
        fills.remove(fill);
        return null;
    }

    @Nullable
    RefusalReason forfeit(long id) {
        int fill = fills.find(id);
        if (fill == OpenFills.NONE) {
            return RefusalReason.UNKNOWN_FILL;
        }
        Book book = state.markets.at(fills.market(fill));
        if (!book.costs().isBonded(true) && !book.costs().isBonded(false)) {
            return RefusalReason.NOT_BONDED;
        }
        events.fillForfeited(id);
        clearing.forfeit(fill, book);
        fills.remove(fill);
        return null;
    }

    // ---- withdrawals ----

    @Nullable
    RefusalReason requestWithdrawal(long id, long account, int asset, long amount) {
        if (withdrawals.find(id) != Withdrawals.NONE) {
            return RefusalReason.WITHDRAWAL_EXISTS;
        }
        if (amount <= 0) {
            return RefusalReason.AMOUNT_NOT_POSITIVE;
        }
        int balance = state.findBalance(account, asset);
        if (balance != Funds.NONE && funds.isExiting(balance)) {
            return RefusalReason.EXITING;
        }
        if (balance == Funds.NONE || funds.available(balance) < amount) {
            return RefusalReason.INSUFFICIENT_BALANCE;
        }
        if (withdrawals.isFull()) {
            return RefusalReason.ENGINE_FULL;
        }
        funds.setAside(balance, amount);
        say(withdrawals.add(id, balance, amount), WithdrawalState.REQUESTED);
        return null;
    }

    @Nullable
    RefusalReason coSignWithdrawal(long id, long deadlineSeconds) {
        int withdrawal = withdrawals.find(id);
        if (withdrawal == Withdrawals.NONE) {
            return RefusalReason.UNKNOWN_WITHDRAWAL;
        }
        if (withdrawals.state(withdrawal) == WithdrawalState.COSIGNED) {
            return RefusalReason.WITHDRAWAL_COSIGNED;
        }
        withdrawals.state(withdrawal, WithdrawalState.COSIGNED, deadlineSeconds);
        say(withdrawal, WithdrawalState.COSIGNED);
        return null;
    }

    @Nullable
    RefusalReason expireWithdrawal(long id, long finalBlockSeconds) {
        int withdrawal = withdrawals.find(id);
        if (withdrawal == Withdrawals.NONE) {
            return RefusalReason.UNKNOWN_WITHDRAWAL;
        }
        boolean coSigned = withdrawals.state(withdrawal) == WithdrawalState.COSIGNED;
        if (coSigned && finalBlockSeconds <= withdrawals.deadline(withdrawal)) {
            return RefusalReason.WITHDRAWAL_NOT_EXPIRED;
        }
        say(withdrawal, WithdrawalState.EXPIRED);
        funds.giveUp(withdrawals.balance(withdrawal), withdrawals.amount(withdrawal));
        withdrawals.remove(withdrawal);
        return null;
    }

    @Nullable
    RefusalReason finaliseWithdrawal(long id) {
        int withdrawal = withdrawals.find(id);
        if (withdrawal == Withdrawals.NONE) {
            return RefusalReason.UNKNOWN_WITHDRAWAL;
        }
        say(withdrawal, WithdrawalState.FINAL);
        funds.withdraw(withdrawals.balance(withdrawal), withdrawals.amount(withdrawal));
        withdrawals.remove(withdrawal);
        return null;
    }

    private void say(int withdrawal, WithdrawalState now) {
        int balance = withdrawals.balance(withdrawal);
        long account = state.accounts.id(funds.account(balance));
        events.withdrawalChanged(withdrawals, withdrawal, account, funds.asset(balance), now);
    }

    // ---- exits ----

    @Nullable
    RefusalReason requestExit(long account, int asset) {
        int balance = state.findBalance(account, asset);
        if (balance != Funds.NONE && funds.isExiting(balance)) {
            return RefusalReason.EXITING;
        }
        balance = state.balance(account, asset);
        if (balance == Funds.NONE) {
            return RefusalReason.ENGINE_FULL;
        }
        events.exitChanged(account, asset, true);
        cancelling.allOf(balance);
        funds.beginExit(balance);
        return null;
    }

    @Nullable
    RefusalReason cancelExit(long account, int asset) {
        int balance = state.findBalance(account, asset);
        if (balance == Funds.NONE || !funds.isExiting(balance)) {
            return RefusalReason.NOT_EXITING;
        }
        events.exitChanged(account, asset, false);
        funds.endExit(balance);
        return null;
    }

    @Nullable
    RefusalReason finaliseExit(long account, int asset, long amount) {
        if (amount <= 0) {
            return RefusalReason.AMOUNT_NOT_POSITIVE;
        }
        int balance = state.findBalance(account, asset);
        if (balance == Funds.NONE || !funds.isExiting(balance)) {
            return RefusalReason.NOT_EXITING;
        }
        if (amount > Costs.MOST - funds.owed(balance)) {
            return RefusalReason.AMOUNT_TOO_LARGE;
        }
        events.exitChanged(account, asset, false);
        funds.takeExiting(balance, amount);
        funds.endExit(balance);
        return null;
    }
}
