package io.quoin.node.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.node.machine.Check.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
    private static final Platform DEBIAN = Platform.of("Linux", "amd64");
    private static final Platform MAC = Platform.of("Mac OS X", "aarch64");
    private final Doctor doctor = doctor(DEBIAN, Map.of());

    @ParameterizedTest
    @CsvSource({"3.8.7,true", "3.9.0,true", "4.0.0,true", "3.8.6,false", "3.6.3,false", "2.9.9,false"})
    void maven_isOkFromTheOldestThatBuilds(String version, boolean ok) {
        Check check = doctor.maven(answer(0, "\u001b[1mApache Maven " + version + "\u001b[m\nMaven home: /x"));

        assertThat(check.status()).isEqualTo(ok ? Status.OK : Status.MISSING);
        assertThat(check.found()).startsWith("Apache Maven " + version);
    }

    @Test
    void maven_whenNotThere_saysTheCommandOfThisSystem() {
        assertThat(doctor.maven(Optional.empty()).advice()).isEqualTo("sudo apt-get install maven");
        assertThat(doctor(MAC, Map.of()).maven(Optional.empty()).advice()).isEqualTo("brew install maven");
    }

    @Test
    void node_whenTooOld_isMissing() {
        assertThat(doctor.node(answer(0, "v16.20.2"), Optional.empty()).status())
                .isEqualTo(Status.MISSING);
        assertThat(doctor.node(answer(0, "v20.20.2"), Optional.empty()).status())
                .isEqualTo(Status.OK);
    }

    @Test
    void node_whenTheContractsHaveTheirOwn_saysWhichIsUsed() {
        assertThat(doctor.node(answer(0, "v20.20.2"), Optional.of("v24.21.0")).found())
                .startsWith("v20.20.2")
                .endsWith("contracts and chain use their own v24.21.0");
    }

    @Test
    void jdk_whenAnotherVersion_isMissing() {
        assertThat(doctor.jdk("21.0.4", "/jdk").status()).isEqualTo(Status.MISSING);
        assertThat(doctor.jdk("25.0.3", "/jdk").status()).isEqualTo(Status.OK);
    }

    @Test
    void docker_whenAClientWithoutAnEngine_saysSoAndIsNotMissing() {
        Check check = doctor.docker(true, answer(1, "Cannot connect to the Docker daemon"));

        assertThat(check.status()).isEqualTo(Status.NOTE);
        assertThat(check.found()).contains("no engine answers");
    }

    @Test
    void docker_whenTheEngineAnswers_isOk() {
        assertThat(doctor.docker(true, answer(0, "27.3.1"))).isEqualTo(Check.ok("Docker", "engine 27.3.1"));
    }

    @Test
    void postgres_whenAnOwnOneIsNamed_isOkWithoutSayingItsPassword() {
        Check check = doctor(DEBIAN, Map.of("QUOIN_DB_URL", "jdbc:postgresql://h/d?password=secret"))
                .postgres();

        assertThat(check.status()).isEqualTo(Status.OK);
        assertThat(check.toString()).doesNotContain("secret");
    }

    @Test
    void postgresResource_isNamedAfterSystemAndProcessor() {
        assertThat(DEBIAN.postgresResource()).isEqualTo("postgres-linux-x86_64.txz");
        assertThat(MAC.postgresResource()).isEqualTo("postgres-darwin-arm_64.txz");
    }

    @Test
    void report_whenSomethingIsMissing_isNotHealthyAndNamesIt() {
        List<Check> checks = List.of(Check.ok("JDK 25", "25"), Check.missing("Maven", "not found", "install it"));

        assertThat(DoctorReport.healthy(checks)).isFalse();
        assertThat(DoctorReport.lines(checks))
                .containsExactly(
                        "  ok       JDK 25  25",
                        "  missing  Maven   not found",
                        "                   install it",
                        "",
                        "Missing: Maven. Run the command beside it, then ./quoin doctor again.");
    }

    @Test
    void report_whenOnlyNotes_isHealthy() {
        List<Check> checks = List.of(Check.note("Docker", "not found", "install it"));

        assertThat(DoctorReport.healthy(checks)).isTrue();
        assertThat(DoctorReport.lines(checks).getLast()).endsWith("Next: ./quoin demo");
    }

    @Test
    void atLeast_whenThereIsNoVersion_isFalse() {
        assertThat(Doctor.atLeast("no number", 1)).isFalse();
        assertThat(Doctor.atLeast("1.2", 1, 2, 0)).isTrue();
    }

    private static Doctor doctor(Platform platform, Map<String, String> environment) {
        return new Doctor(Path.of("."), platform, environment);
    }

    private static Optional<Programs.Answer> answer(int status, String text) {
        return Optional.of(new Programs.Answer(status, text));
    }
}
