package io.quoin.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.node.refusal.RefusalCode;
import io.quoin.testnet.QuoinHome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ErrorPageTest {
    @Test
    void thePageOfErrors_hasAHeadingForEveryCode_andNoOther() throws IOException {
        List<String> headings = Files.readAllLines(QuoinHome.find().resolve("docs/errors.md")).stream()
                .filter(line -> line.startsWith("## ") || line.startsWith("### "))
                .map(line -> line.replaceFirst("^#+ ", "").replace("`", ""))
                .filter(heading -> heading.matches("[a-z_]+"))
                .toList();

        assertThat(headings)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RefusalCode.values())
                        .map(code -> code.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
