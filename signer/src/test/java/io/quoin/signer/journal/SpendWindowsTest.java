package io.quoin.signer.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.signer.journal.ValueLimit.Scope;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpendWindowsTest {
    private static final String COIN = "eip155:1/slip44:60";
    private static final KeyName ONE = new KeyName("one");
    private static final KeyName TWO = new KeyName("two");
    private static final Instant START = Instant.ofEpochSecond(1_000_000);
    private static final ValueLimit EACH =
            new ValueLimit(Scope.KEY, COIN, Duration.ofSeconds(60), BigInteger.valueOf(100));
    private static final ValueLimit ALL =
            new ValueLimit(Scope.GLOBAL, COIN, Duration.ofSeconds(60), BigInteger.valueOf(150));

    private final SpendWindows windows = new SpendWindows(List.of(EACH, ALL));

    @Test
    void key_mayReachItsLimit_andNotPassIt() {
        windows.count(ONE, spend(60), START);

        assertThat(windows.refusal(ONE, spend(40), START)).isEmpty();
        assertThat(windows.refusal(ONE, spend(41), START)).hasValueSatisfying(over -> {
            assertThat(over.limit()).isEqualTo(EACH);
            assertThat(over.explanation()).contains("key one", "60", "41", "100");
        });
    }

    @Test
    void allKeysTogether_mayReachTheGlobalLimit_andNotPassIt() {
        windows.count(ONE, spend(90), START);

        assertThat(windows.refusal(TWO, spend(60), START)).isEmpty();
        assertThat(windows.refusal(TWO, spend(61), START))
                .hasValueSatisfying(over -> assertThat(over.limit()).isEqualTo(ALL));
    }

    @Test
    void spending_countsUntilTheWindowHasPassed_toTheMillisecond() {
        windows.count(ONE, spend(100), START);

        assertThat(windows.refusal(ONE, spend(1), START.plusMillis(59_999))).isPresent();
        assertThat(windows.refusal(ONE, spend(1), START.plusMillis(60_000))).isEmpty();
    }

    @Test
    void clock_whenSetBack_freesNothing_andWhatIsCountedThenCountsAsLate() {
        windows.count(ONE, spend(50), START.plusSeconds(50));

        Instant counted = windows.count(ONE, spend(50), START.minusSeconds(3_600));

        assertThat(counted).isEqualTo(START.plusSeconds(50));
        assertThat(windows.refusal(ONE, spend(1), START.minusSeconds(3_600))).isPresent();
        assertThat(windows.refusal(ONE, spend(1), START.plusSeconds(109))).isPresent();
        assertThat(windows.refusal(ONE, spend(1), START.plusSeconds(110))).isEmpty();
    }

    @Test
    void otherAssets_areNotCounted() {
        windows.count(ONE, List.of(new Spending("eip155:1/erc20:0x01", BigInteger.valueOf(1_000))), START);

        assertThat(windows.refusal(ONE, spend(100), START)).isEmpty();
    }

    @Test
    void sums_overRandomSpendings_areThoseOfASlowCount() {
        long seed = System.nanoTime();
        System.out.println("SpendWindowsTest seed " + seed);
        Random random = new Random(seed);
        ValueLimit limit = new ValueLimit(Scope.KEY, COIN, Duration.ofSeconds(7), BigInteger.TEN);
        SpendWindows fast = new SpendWindows(List.of(limit));
        record Slow(Instant at, long amount) {}
        List<Slow> all = new ArrayList<>();
        Instant now = START;

        for (int i = 0; i < 5_000; i++) {
            now = now.plusMillis(random.nextInt(500));
            long amount = random.nextLong(1, 6);
            fast.count(ONE, spend(amount), now);
            all.add(new Slow(now, amount));
            Instant start = now.minusSeconds(7);
            long expected = all.stream()
                    .skip(Math.max(0, all.size() - 2_000))
                    .filter(one -> one.at().isAfter(start))
                    .mapToLong(Slow::amount)
                    .sum();
            assertThat(fast.spent(limit, ONE, now)).isEqualTo(BigInteger.valueOf(expected));
        }
    }

    @Test
    void claim_whenOverTheLimit_takesNothing_andARepetitionIsNotCountedTwice() {
        var journal = new InMemoryJournal(List.of(EACH), () -> START);
        Claim first = claim("a", 100);

        assertThat(journal.take(first)).isInstanceOf(Taken.Fresh.class);
        assertThat(journal.take(first)).isInstanceOf(Taken.SameAgain.class);
        assertThat(journal.take(claim("b", 1))).isInstanceOf(Taken.OverLimit.class);
        assertThat(journal.rows()).hasSize(1);
    }

    private static Claim claim(String name, long amount) {
        var word = io.quoin.signer.fingerprint.Fingerprint.of(name).sha256();
        var leg = new Slot.EscrowLeg(io.quoin.signer.caip.ChainId.eip155(1), word, 0);
        var outcome = new Outcome(Outcome.Ending.RELEASE, List.of(new Payout("0xa", COIN, BigInteger.valueOf(amount))));
        return new Claim(ONE, word, BigInteger.ONE, List.of(new Want.End(leg, outcome)), spend(amount));
    }

    private static List<Spending> spend(long amount) {
        return List.of(new Spending(COIN, BigInteger.valueOf(amount)));
    }
}
