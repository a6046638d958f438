package io.quoin.testnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("R17 the testnet in containers")
class DockerTestnetTest {
    private static final String OPERATOR = DevAccount.all().get(1).address();

    @TempDir
    private Path home;

    @Test
    void up_withoutDocker_namesTheOtherWay() {
        String absent = home.resolve("no-docker").toString();

        assertThatThrownBy(() -> DockerTestnet.up(home, OPERATOR, _ -> {}, absent))
                .isInstanceOf(TestnetException.class)
                .hasMessageContainingAll("Docker is not installed", "./quoin testnet up");
    }

    @Test
    void up_withAClientWithoutAnEngine_saysSo() throws IOException {
        Path client = home.resolve("docker");
        Files.writeString(client, "#!/bin/sh\necho 'Cannot connect to the Docker daemon' >&2\nexit 1\n");
        Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> DockerTestnet.up(home, OPERATOR, _ -> {}, client.toString()))
                .isInstanceOf(TestnetException.class)
                .hasMessageContainingAll("no engine answers", "Cannot connect to the Docker daemon", "systemctl start");
    }

    @Test
    void compose_namesBothServicesOnLoopbackOnly() throws IOException {
        Path folder = QuoinHome.find().resolve("testnet");
        JsonNode compose =
                new YAMLMapper().readTree(folder.resolve("compose.yaml").toFile());

        List<String> names = new ArrayList<>();
        compose.path("services").fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactlyInAnyOrder("hardhat", "bitcoind");
        for (String name : names) {
            JsonNode service = compose.path("services").path(name);
            assertThat(service.path("ports"))
                    .isNotEmpty()
                    .allMatch(port -> port.asText().startsWith("127.0.0.1:"));
            assertThat(service.path("healthcheck").path("test").isArray()).isTrue();
        }
        JsonNode build = compose.path("services").path("hardhat").path("build");
        Path context = folder.resolve(build.path("context").asText());
        assertThat(context.resolve("package.json")).exists();
        assertThat(context.resolve(build.path("dockerfile").asText())).exists();
    }
}
