package io.quoin.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RunLogTest {
    @Test
    void theFile_hasWhatWasSaid_withItsKeysAndValues(@TempDir Path folder) throws IOException {
        RunLog log = new RunLog();
        log.open(folder.resolve("quoin.log"));
        LoggerFactory.getLogger("chain").atInfo().addKeyValue("nonce", 7).log("signed");
        log.silence();

        assertThat(Files.readString(folder.resolve("quoin.log")))
                .contains("signed")
                .contains("nonce=\"7\"");
    }
}
