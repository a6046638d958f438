package io.quoin.node.demo.trader;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class TraderStandsOutsideTest {
    private static final String HERE = "io.quoin.node.demo.trader";

    @Test
    void trader_usesNoneOfQuoinsOwnCode() {
        var ours = DescribedPredicate.describe(
                "are Quoin's and not the trader's",
                (JavaClass type) -> type.getPackageName().startsWith("io.quoin")
                        && !type.getPackageName().equals(HERE));

        noClasses()
                .that()
                .resideInAPackage(HERE)
                .should()
                .dependOnClassesThat(ours)
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(HERE));
    }
}
