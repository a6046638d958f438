package io.quoin.testnet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a local chain of its own, started when a test first asks for it and ended after the class.
 *
 * <p>Constructors and methods of tests may take a {@link LocalChain} and a {@link Deployment}; asking for the latter
 * deploys the contracts, with development account 0 as deployer.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LocalChainExtension.class)
public @interface LocalChainTest {
    /** The engine that runs the chain. */
    ChainEngine engine() default ChainEngine.ANVIL;

    /** Milliseconds between blocks. */
    long blockTimeMillis() default 1_000;

    /** Index of the development account that is the vault's operator. */
    int operatorAccount() default 1;
}
