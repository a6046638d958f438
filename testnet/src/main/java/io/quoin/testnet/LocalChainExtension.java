package io.quoin.testnet;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** The JUnit extension behind {@link LocalChainTest}, which says what it gives. */
public final class LocalChainExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(LocalChainExtension.class);

    /** For JUnit. */
    public LocalChainExtension() {}

    /** Ties the chain, not started yet, to the class, so that it ends with the class. */
    @Override
    public void beforeAll(ExtensionContext context) {
        chainOf(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == LocalChain.class || type == Deployment.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ClassChain chain = chainOf(context);
        return parameter.getParameter().getType() == LocalChain.class ? chain.chain() : chain.deployment();
    }

    private static ClassChain chainOf(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        ClassChain.class,
                        _ -> new ClassChain(settings(context.getRequiredTestClass())),
                        ClassChain.class);
    }

    private static LocalChainTest settings(Class<?> testClass) {
        return AnnotationSupport.findAnnotation(testClass, LocalChainTest.class)
                .or(() -> Optional.ofNullable(testClass.getEnclosingClass()).map(LocalChainExtension::settings))
                .orElseThrow(() -> new IllegalStateException(
                        "%s needs @LocalChainTest, which says what chain to start.".formatted(testClass.getName())));
    }

    /** The chain of one test class; JUnit closes it with the class. */
    private static final class ClassChain implements AutoCloseable {
        private final LocalChainTest settings;
        private @Nullable LocalChain chain;
        private @Nullable Deployment deployment;

        ClassChain(LocalChainTest settings) {
            this.settings = settings;
        }

        synchronized LocalChain chain() {
            LocalChain started = chain;
            if (started == null) {
                Duration blockTime = Duration.ofMillis(settings.blockTimeMillis());
                started =
                        LocalChain.start(LocalChainOptions.of(settings.engine()).withBlockTime(blockTime));
                chain = started;
            }
            return started;
        }

        synchronized Deployment deployment() {
            Deployment deployed = deployment;
            if (deployed == null) {
                DevAccount operator = DevAccount.all().get(settings.operatorAccount());
                deployed = ContractDeployer.deploy(
                        chain().rpcUrl(), DevAccount.all().getFirst(), operator.address());
                deployment = deployed;
            }
            return deployed;
        }

        @Override
        public synchronized void close() {
            if (chain != null) {
                chain.close();
            }
        }
    }
}
