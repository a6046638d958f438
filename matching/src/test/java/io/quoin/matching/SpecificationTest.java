package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ties {@code specification.md} to the tests: each names the other. */
class SpecificationTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern WRITTEN = Pattern.compile(
            "@(?:Test|MethodSource\\(\"\\w+\"\\)|ValueSource\\([^)]*\\))\\s+(?:@DisplayName\\(.*\\)\\s+)?"
                    + "void (\\w+)\\(");

    private final String specification = read(Path.of("specification.md"));

    @Test
    void theSpecificationNamesEveryTestAndNoOther() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Matcher m = NAMED.matcher(specification); m.find(); ) {
            named.add(m.group(1) + "." + m.group(2));
        }

        assertThat(named).isEqualTo(written());
    }

    @Test
    void theSpecificationNamesEveryReason() {
        Stream.of(RejectReason.values(), CancelReason.values(), RefusalReason.values())
                .flatMap(Stream::of)
                .forEach(reason -> assertThat(specification).contains("`" + reason + "`"));
    }

    private static Set<String> written() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/java/io/quoin/matching"))) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
                    .filter(file -> !file.endsWith("SpecificationTest.java"))
                    .flatMap(SpecificationTest::testsIn)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Stream<String> testsIn(Path file) {
        String name = file.getFileName().toString().replace(".java", "");
        return WRITTEN.matcher(read(file)).results().map(found -> name + "." + found.group(1));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
