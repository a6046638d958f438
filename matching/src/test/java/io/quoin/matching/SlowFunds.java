package io.quoin.matching;

import static io.quoin.matching.RefusalReason.*;
import static io.quoin.matching.Side.BUY;
import static io.quoin.matching.Side.SELL;

import io.quoin.matching.Command.RequestWithdrawal;
import io.quoin.matching.Event.*;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The part of the {@link SlowModel} that ends fills and moves what comes and goes (M40 to M46). */
abstract class SlowFunds extends SlowEntry {
    final Map<WithdrawalId, WithdrawalChanged> withdrawals = new HashMap<>();

    SlowFunds(EngineLimits limits) {
        super(limits);
    }

    final List<SlowOrder> those(Predicate<SlowOrder> wanted) {
        return orders.values().stream().filter(wanted).sorted(BY_SEQUENCE).toList();
    }

    /** M40. */
    final @Nullable RefusalReason end(@Nullable Filled f, Event ended) {
        if (f == null) return UNKNOWN_FILL;
        SlowMarket m = markets.get(f.market());
        MarketSpec s = m == null ? null : m.spec;
        if (s == null) return UNKNOWN_FILL;
        boolean vaultBuys = s.backing(BUY) == Backing.VAULT;
        boolean vaultSells = s.backing(SELL) == Backing.VAULT;
        if (ended instanceof FillForfeited && vaultBuys && vaultSells) return NOT_BONDED;
        fills.remove(f.fill());
        events.add(ended);
        long buyerFee = f.takerSide() == BUY ? f.takerFee() : f.makerFee();
        long sellerFee = f.takerSide() == SELL ? f.takerFee() : f.makerFee();
        SlowKey buyer = new SlowKey(f.buyer(), s.reservedBy(BUY));
        SlowKey seller = new SlowKey(f.seller(), s.reservedBy(SELL));
        long bought = vaultBuys ? f.quoteAmount() + Math.max(0, buyerFee) : f.bond();
        long sold = vaultSells ? f.baseAmount() : f.bond();
        balances.touch(buyer).settling -= bought;
        balances.touch(seller).settling -= sold;
        if (ended instanceof FillForfeited) {
            balances.arrive(vaultBuys ? buyer : seller, bought + sold);
        } else if (ended instanceof FillReturned) {
            balances.arrive(buyer, bought);
            balances.arrive(seller, sold);
        } else {
            if (vaultSells) balances.arrive(new SlowKey(f.buyer(), s.base()), f.baseAmount());
            if (vaultBuys) balances.arrive(new SlowKey(f.seller(), s.quote()), f.quoteAmount() - sellerFee);
            if (buyerFee < 0) balances.arrive(new SlowKey(f.buyer(), s.quote()), -buyerFee);
            if (!vaultBuys) balances.arrive(buyer, f.bond());
            if (!vaultSells) balances.arrive(seller, f.bond());
            long earned = buyerFee + sellerFee;
            if (earned > 0) balances.arrive(new SlowKey(s.fees().account(), s.quote()), earned);
        }
        return null;
    }

    /** M41. */
    final @Nullable RefusalReason credit(SlowKey key, long amount) {
        if (amount < 1) return AMOUNT_NOT_POSITIVE;
        if (amount > MOST - balances.held(key.asset())) return AMOUNT_TOO_LARGE;
        if (balances.isFull(key)) return ENGINE_FULL;
        balances.arrive(key, amount);
        return null;
    }

    /** M42. */
    final @Nullable RefusalReason debit(SlowKey key, long amount) {
        if (amount < 1) return AMOUNT_NOT_POSITIVE;
        if (amount > MOST - balances.look(key).owed) return AMOUNT_TOO_LARGE;
        if (balances.isFull(key)) return ENGINE_FULL;
        SlowBalances.Purse purse = balances.touch(key);
        for (SlowOrder o : those(o -> o.reserving().equals(key)).reversed()) {
            if (purse.available < amount) drop(o, CancelReason.BALANCE_WITHDRAWN);
        }
        long free = Math.min(purse.available, amount);
        purse.available -= free;
        balances.take(key, amount - free);
        return null;
    }

    /** M43. */
    final @Nullable RefusalReason withdraw(RequestWithdrawal c, SlowKey key) {
        if (withdrawals.containsKey(c.withdrawal())) return WITHDRAWAL_EXISTS;
        if (c.amount() < 1) return AMOUNT_NOT_POSITIVE;
        if (balances.look(key).leaving) return EXITING;
        if (balances.look(key).available < c.amount()) return INSUFFICIENT_BALANCE;
        if (withdrawals.size() >= limits.withdrawals()) return ENGINE_FULL;
        balances.touch(key).available -= c.amount();
        balances.touch(key).withdrawing += c.amount();
        WithdrawalState state = WithdrawalState.REQUESTED;
        say(new WithdrawalChanged(c.withdrawal(), c.account(), c.asset(), c.amount(), state, 0));
        return null;
    }

    private void say(WithdrawalChanged is) {
        events.add(is);
        boolean open = is.state() == WithdrawalState.REQUESTED || is.state() == WithdrawalState.COSIGNED;
        if (open) withdrawals.put(is.withdrawal(), is);
        if (!open) withdrawals.remove(is.withdrawal());
    }

    /** M44. */
    final @Nullable RefusalReason coSign(@Nullable WithdrawalChanged w, long deadline) {
        if (w == null) return UNKNOWN_WITHDRAWAL;
        if (w.state() == WithdrawalState.COSIGNED) return WITHDRAWAL_COSIGNED;
        WithdrawalState state = WithdrawalState.COSIGNED;
        say(new WithdrawalChanged(w.withdrawal(), w.account(), w.asset(), w.amount(), state, deadline));
        return null;
    }

    final @Nullable RefusalReason expire(@Nullable WithdrawalChanged w, long time) {
        if (w == null) return UNKNOWN_WITHDRAWAL;
        boolean signed = w.state() == WithdrawalState.COSIGNED;
        if (signed && time <= w.deadlineSeconds()) return WITHDRAWAL_NOT_EXPIRED;
        leave(w, WithdrawalState.EXPIRED);
        balances.arrive(new SlowKey(w.account(), w.asset()), w.amount());
        return null;
    }

    final @Nullable RefusalReason finalise(@Nullable WithdrawalChanged w) {
        if (w == null) return UNKNOWN_WITHDRAWAL;
        leave(w, WithdrawalState.FINAL);
        return null;
    }

    private void leave(WithdrawalChanged w, WithdrawalState to) {
        say(new WithdrawalChanged(w.withdrawal(), w.account(), w.asset(), w.amount(), to, w.deadlineSeconds()));
        balances.touch(new SlowKey(w.account(), w.asset())).withdrawing -= w.amount();
    }

    /** M45. */
    final @Nullable RefusalReason exit(SlowKey key) {
        if (balances.look(key).leaving) return EXITING;
        if (balances.isFull(key)) return ENGINE_FULL;
        events.add(new ExitChanged(key.account(), key.asset(), true));
        SlowBalances.Purse purse = balances.touch(key);
        those(o -> o.reserving().equals(key)).forEach(o -> drop(o, CancelReason.EXIT));
        purse.leaving = true;
        purse.exiting = purse.available;
        purse.available = 0;
        return null;
    }

    /** M46. */
    final @Nullable RefusalReason finaliseExit(SlowKey key, long amount) {
        if (amount < 1) return AMOUNT_NOT_POSITIVE;
        if (!balances.look(key).leaving) return NOT_EXITING;
        return amount > MOST - balances.look(key).owed ? AMOUNT_TOO_LARGE : endExit(key, amount);
    }

    final @Nullable RefusalReason endExit(SlowKey key, long taken) {
        if (!balances.look(key).leaving) return NOT_EXITING;
        events.add(new ExitChanged(key.account(), key.asset(), false));
        balances.take(key, taken);
        SlowBalances.Purse purse = balances.touch(key);
        purse.leaving = false;
        purse.available = purse.exiting;
        purse.exiting = 0;
        return null;
    }
}
