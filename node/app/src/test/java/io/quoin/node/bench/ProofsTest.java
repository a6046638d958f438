package io.quoin.node.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void named_findsEachByItsName() {
        assertThat(Proofs.all()).extracting(Proof::name).containsExactly("matching-model", "matching-mutants");
        assertThat(Proofs.all())
                .allSatisfy(proof -> assertThat(Proofs.named(proof.name())).contains(proof));
        assertThat(Proofs.named("nothing")).isEmpty();
    }

    @Test
    void model_isAskedForSoManyCommands() {
        assertThat(ModelProof.arguments(12)).contains("-Dquoin.commands=12", "-Dtest=ModelTest");
    }

    @Test
    void score_isReadFromWhatPitSays() {
        assertThat(MutantProof.score(">> Generated 200 mutations Killed 171 (86%)"))
                .hasValueSatisfying(figure ->
                        assertThat(figure.line()).isEqualTo("figure matching_mutants_killed = 85.5 % (bar >= 85) ok"));
        assertThat(MutantProof.score(">> Generated 200 mutations Killed 169 (85%)"))
                .hasValueSatisfying(figure -> assertThat(figure.isOk()).isFalse());
        assertThat(MutantProof.score(">> Generated 4 Killed 4 (100%)")).isEmpty();
        assertThat(MutantProof.score("nothing")).isEmpty();
    }

    @Test
    void maven_whenItIsNotThere_saysWhoHelps() {
        Maven maven = new Maven(folder, folder.resolve("log"));

        assertThatThrownBy(() -> maven.run("no-such-program", List.of(), _ -> {}))
                .isInstanceOf(BenchFailure.class)
                .hasMessageContaining("Maven cannot be started")
                .hasMessageContaining("./quoin doctor");
    }

    @Test
    void maven_keepsWhatItSays() throws Exception {
        Path log = folder.resolve("new/log");
        List<String> lines = new ArrayList<>();

        assertThat(new Maven(folder, log).run("echo", List.of("test"), lines::add))
                .isZero();

        assertThat(lines).containsExactly("--batch-mode --no-transfer-progress -Dquoin.format.skip=true test");
        assertThat(Files.readAllLines(log)).isEqualTo(lines);
    }
}
