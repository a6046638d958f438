package io.quoin.chain.evm;

import java.util.function.Supplier;

/** Something that the store threw, kept apart from what the chain did. */
final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StoreFailure(RuntimeException cause) {
        super("the store failed", cause);
    }

    static <T> T guard(Supplier<T> use) {
        try {
            return use.get();
        } catch (RuntimeException failed) {
            throw new StoreFailure(failed);
        }
    }

    static void guard(Runnable use) {
        try {
            use.run();
        } catch (RuntimeException failed) {
            throw new StoreFailure(failed);
        }
    }
}
