package io.quoin.node.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** R14: the arrows of docs/architecture.md; Maven's enforcer holds the same between modules. */
@AnalyzeClasses(packages = "io.quoin", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleArrowsTest {
    @ArchTest
    static final ArchRule modules = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("matching")
            .definedBy("io.quoin.matching..")
            .layer("signer")
            .definedBy("io.quoin.signer..")
            .layer("contracts")
            .definedBy("io.quoin.contracts..")
            .layer("testnet")
            .definedBy("io.quoin.testnet..")
            .layer("chain-adapters")
            .definedBy("io.quoin.chain..")
            .layer("node")
            .definedBy("io.quoin.node..")
            .whereLayer("node")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("matching")
            .mayOnlyBeAccessedByLayers("node")
            .whereLayer("testnet")
            .mayOnlyBeAccessedByLayers("node")
            .whereLayer("chain-adapters")
            .mayOnlyBeAccessedByLayers("node")
            .whereLayer("signer")
            .mayOnlyBeAccessedByLayers("node", "chain-adapters")
            .whereLayer("contracts")
            .mayOnlyBeAccessedByLayers("node", "chain-adapters", "testnet");

    // Bytes: Agrona's buffers, and the byte order that the generated flyweights name (ADR 0010). java.util.function has
    // nothing but interfaces without state.
    @ArchTest
    static final ArchRule theEngineKnowsNothingOutsideItself = classes()
            .that()
            .resideInAPackage("io.quoin.matching..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.quoin.matching..",
                    "java.lang..",
                    "java.util",
                    "java.util.function",
                    "java.nio",
                    "org.agrona",
                    "org.agrona.collections",
                    "org.agrona.concurrent",
                    "org.jspecify..");

    // Agrona has clocks, idle strategies and threads too, in the package of its unsafe buffer.
    @ArchTest
    static final ArchRule theEngineTakesNothingButBuffersFromAgronasConcurrency = noClasses()
            .that()
            .resideInAPackage("io.quoin.matching..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("org\\.agrona\\.concurrent\\.(?!UnsafeBuffer$|AtomicBuffer$).*");

    @ArchTest
    static final ArchRule theEngineHasNoClockNoRandomnessNoThreads = noClasses()
            .that()
            .resideInAPackage("io.quoin.matching..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.UUID")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Thread");

    @ArchTest
    static final ArchRule sqlStaysInTheStore = noClasses()
            .that()
            .resideOutsideOfPackages("io.quoin.node.store..", "io.quoin.node.query..", "io.quoin.node.codegen..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jooq..");

    @ArchTest
    static final ArchRule httpStaysInTheApi = noClasses()
            .that()
            .resideOutsideOfPackages("io.quoin.node.api..")
            .and()
            .doNotHaveFullyQualifiedName("io.quoin.node.QuoinNode")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx..");

    @ArchTest
    static final ArchRule packagesAreNamedByTheDomain = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..impl..", "..common..", "..manager..", "..dto..");
}
