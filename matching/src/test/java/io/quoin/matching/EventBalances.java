package io.quoin.matching;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The part of {@link EventBook} that rebuilds balances: nothing is lost or made, nothing is negative (M37, R8). */
final class EventBalances {
    private record Key(AccountId account, AssetId asset) {}

    private final Map<Key, Balance> balances = new HashMap<>();
    private final Map<AssetId, BigInteger> sums = new HashMap<>();
    private final Map<AssetId, BigInteger> issued = new HashMap<>();
    private final Map<MarketId, MarketSpec> markets = new HashMap<>();
    private final Map<FillId, Event.Filled> fills = new HashMap<>();

    void follow(Command command, List<Event> events) {
        if (events.stream().noneMatch(event -> event instanceof Event.CommandRefused)) {
            switch (command) {
                case Command.Credit c -> issue(c.asset(), c.amount());
                case Command.Debit c -> issue(c.asset(), -c.amount());
                case Command.FinaliseExit c -> issue(c.asset(), -c.amount());
                default -> {}
            }
        }
        events.forEach(this::follow);
        assertThat(sums).as("M37 nothing is lost").isEqualTo(issued);
    }

    void compareWith(Subject subject) {
        Map<Key, Long> settling = new HashMap<>();
        fills.values().forEach(f -> {
            MarketSpec spec = requireNonNull(markets.get(f.market()));
            boolean buyerIsTaker = f.takerSide() == Side.BUY;
            long fee = Math.max(0, buyerIsTaker ? f.takerFee() : f.makerFee());
            long bought = spec.backing(Side.BUY) == Backing.VAULT ? f.quoteAmount() + fee : f.bond();
            long sold = spec.backing(Side.SELL) == Backing.VAULT ? f.baseAmount() : f.bond();
            settling.merge(new Key(f.buyer(), spec.reservedBy(Side.BUY)), bought, Math::addExact);
            settling.merge(new Key(f.seller(), spec.reservedBy(Side.SELL)), sold, Math::addExact);
        });
        balances.forEach((key, is) -> {
            assertThat(subject.balance(key.account(), key.asset())).isEqualTo(is);
            assertThat(is.settling()).as("of %s", key).isEqualTo(settling.getOrDefault(key, 0L));
        });
    }

    private void follow(Event event) {
        switch (event) {
            case Event.MarketOpened e -> markets.put(e.spec().id(), e.spec());
            case Event.Filled e ->
                assertThat(fills.put(e.fill(), e)).as("a fill's id is its own").isNull();
            case Event.FillSettled e -> assertThat(fills.remove(e.fill())).isNotNull();
            case Event.FillReturned e -> assertThat(fills.remove(e.fill())).isNotNull();
            case Event.FillForfeited e -> assertThat(fills.remove(e.fill())).isNotNull();
            case Event.WithdrawalChanged e -> {
                if (e.state() == WithdrawalState.FINAL) {
                    issue(e.asset(), -e.amount());
                }
            }
            case Event.BalanceChanged e -> {
                Balance was = balances.put(new Key(e.account(), e.asset()), e.after());
                BigInteger before = sum(was == null ? Balance.ZERO : was);
                sums.merge(e.asset(), sum(e.after()).subtract(before), BigInteger::add);
                issue(e.asset(), 0);
                boolean isFree =
                        e.after().available() + e.after().reserved() + e.after().exiting() > 0;
                assertThat(e.after().owed() > 0 && isFree)
                        .as("who owes has nothing free")
                        .isFalse();
            }
            default -> {}
        }
    }

    private static BigInteger sum(Balance is) {
        return BigInteger.valueOf(is.available())
                .add(BigInteger.valueOf(is.reserved()))
                .add(BigInteger.valueOf(is.settling()))
                .add(BigInteger.valueOf(is.withdrawing()))
                .add(BigInteger.valueOf(is.exiting()))
                .subtract(BigInteger.valueOf(is.owed()));
    }

    private void issue(AssetId asset, long amount) {
        issued.merge(asset, BigInteger.valueOf(amount), BigInteger::add);
    }
}
