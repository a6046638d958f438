package io.quoin.matching.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * What JMH runs in a forked JVM: one engine replays one stream. Every iteration is one replay on a fresh book, warmed
 * before the time is taken; afterwards the rest of the stream empties the book and the checksum must be the plain
 * book's. When all replays are done, latencies are measured in replays of their own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StreamReplay {
    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;
    private static final double P999 = 0.999;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The stream's name. */
    @Param("mkt")
    public String stream = "";

    /** The engine's name. */
    @Param(Contender.BASE)
    public String engine = "";

    /** How many commands warm the book after it was filled. */
    @Param("0")
    public int settle;

    /** How many commands are timed. */
    @Param("0")
    public int timed;

    /** How many replays measure latencies. */
    @Param("0")
    public int latencyReplays;

    @SuppressWarnings("NullAway.Init") // set before each trial
    private CommandStream commands;

    @SuppressWarnings("NullAway.Init") // set before each trial
    private Contender contender;

    @SuppressWarnings("NullAway.Init") // set before each iteration
    private Replay replay;

    private long bytes;
    private long bytesMax;

    /** Draws the stream. */
    @Setup(Level.Trial)
    public void generate() {
        StreamSpec spec = StreamSpec.named(stream).orElseThrow();
        contender = Contender.named(engine).orElseThrow();
        commands = StreamGenerator.generate(spec, StreamGenerator.SEED, settle, timed);
    }

    /** Makes a book and brings it to the stream's resting state, the last one's garbage gone. */
    @Setup(Level.Iteration)
    @SuppressWarnings("NullAway") // the last book must not outlive its replay
    public void warm() {
        replay = null;
        System.gc();
        replay = contender.factory().prepare(commands, new Checksum());
        replay.replay(0, commands.warm());
    }

    /** Replays the timed commands. */
    @Benchmark
    public void replay() {
        long before = threads.getCurrentThreadAllocatedBytes();
        replay.replay(commands.warm(), commands.timedEnd());
        bytes = threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Empties the book and compares. */
    @TearDown(Level.Iteration)
    public void compare(IterationParams iteration) {
        if (iteration.getType() == IterationType.MEASUREMENT) {
            bytesMax = Math.max(bytesMax, bytes);
        }
        finish();
    }

    /** Measures latencies and reports. */
    @TearDown(Level.Trial)
    public void report() {
        LatencyHistogram histogram = new LatencyHistogram();
        latencies(new LatencyHistogram()); // the loop is another one, which the compiler has not seen yet
        for (int i = 0; i < latencyReplays; i++) {
            latencies(histogram);
        }
        new ForkReport(
                        (double) bytesMax / timed,
                        histogram.quantile(MEDIAN),
                        histogram.quantile(P99),
                        histogram.quantile(P999),
                        commands.shape().describe(),
                        "")
                .write(file());
    }

    private void latencies(LatencyHistogram histogram) {
        warm();
        int end = commands.timedEnd();
        long last = System.nanoTime();
        for (int i = commands.warm(); i < end; i++) {
            replay.replay(i, i + 1);
            long now = System.nanoTime();
            histogram.count(now - last);
            last = now;
        }
        finish();
    }

    private void finish() {
        replay.replay(commands.timedEnd(), commands.size());
        if (replay.checksum() != commands.checksum()) {
            String words = FirstDifference.find(commands, contender)
                    .orElse(contender.name() + " disagrees with itself from one replay to the next");
            ForkReport.disagreeing(words).write(file());
            throw new IllegalStateException(words);
        }
    }

    private static Path file() {
        return Path.of(System.getProperty(ForkReport.FILE));
    }
}
