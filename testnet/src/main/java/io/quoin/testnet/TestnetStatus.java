package io.quoin.testnet;

/** How a testnet is. */
public sealed interface TestnetStatus {
    /** No testnet was started, or it was stopped. */
    record Down() implements TestnetStatus {}

    /**
     * It runs and answers.
     *
     * @param manifest where and what
     */
    record Up(TestnetManifest manifest) implements TestnetStatus {}

    /**
     * It was started and not stopped, but it is not usable.
     *
     * @param manifest what was started
     * @param reason what is wrong, in words
     */
    record Broken(TestnetManifest manifest, String reason) implements TestnetStatus {}
}
