package io.quoin.node.cli;

/** What the process tells its caller, documented in {@code ./quoin --help}. */
public final class ExitCode {
    /** Done, and everything that was checked agrees. */
    public static final int OK = 0;
    /** Failed, or a figure fell short, or a balance disagrees. */
    public static final int FAILED = 1;
    /** The command line was not understood; nothing was done. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
