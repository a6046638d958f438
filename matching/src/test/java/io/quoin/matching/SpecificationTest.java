package io.quoin.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ties {@code specification.md} to the tests: every rule names one, and those that are named exist. */
class SpecificationTest {
    private static final Pattern RULE = Pattern.compile("(?m)^- \\*\\*(M\\d+) ");
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    private final String specification = read(Path.of("specification.md"));

    @Test
    void everyRuleNamesATest() {
        Set<String> without = new TreeSet<>();
        for (String rule : rules()) {
            if (!NAMED.matcher(rule).find()) {
                without.add(rule.lines().findFirst().orElseThrow());
            }
        }

        assertThat(rules()).hasSize(47);
        assertThat(without).isEmpty();
    }

    @Test
    void everyTestThatIsNamedExists() {
        for (Matcher m = NAMED.matcher(specification); m.find(); ) {
            Path file = Path.of("src/test/java/io/quoin/matching", m.group(1) + ".java");
            assertThat(file).exists();
            assertThat(read(file)).as(m.group()).contains("void " + m.group(2) + "(");
        }
    }

    @Test
    void everyReasonIsNamed() {
        Stream.of(RejectReason.values(), CancelReason.values(), RefusalReason.values())
                .flatMap(Stream::of)
                .forEach(reason -> assertThat(specification).contains("`" + reason + "`"));
    }

    @Test
    void theReasonsOfTheTableStandInTheirOrder() {
        List<String> table = Pattern.compile("(?m)^ *\\| `(\\w+)` \\|")
                .matcher(specification)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(table).isNotEmpty().isSubsetOf(names());
        assertThat(table).isEqualTo(names().stream().filter(table::contains).toList());
    }

    private static List<String> names() {
        return Arrays.stream(RejectReason.values()).map(Enum::name).toList();
    }

    /** The text of each rule, from its number to the next. */
    private List<String> rules() {
        List<Integer> starts = RULE.matcher(specification)
                .results()
                .map(found -> found.start())
                .collect(Collectors.toList());
        starts.add(specification.length());
        return Stream.iterate(0, i -> i < starts.size() - 1, i -> i + 1)
                .map(i -> specification.substring(starts.get(i), starts.get(i + 1)))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
