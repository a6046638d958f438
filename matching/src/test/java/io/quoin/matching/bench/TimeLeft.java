package io.quoin.matching.bench;

/** Guesses from what is done how long the rest takes. */
final class TimeLeft {
    private static final double NANOS_PER_MINUTE = 60e9;

    private final long work;
    private final long started = System.nanoTime();
    private long done;

    TimeLeft(long work) {
        this.work = work;
    }

    void done(long more) {
        done += more;
    }

    String describe() {
        if (done >= work) {
            return "(done)";
        }
        double spent = (System.nanoTime() - started) / NANOS_PER_MINUTE;
        long minutes = Math.round(spent * (work - done) / done);
        return minutes == 0 ? "(less than a minute left)" : "(about " + minutes + " min left)";
    }
}
