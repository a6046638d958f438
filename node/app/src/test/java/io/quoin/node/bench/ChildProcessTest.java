package io.quoin.node.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
    @Test
    void run_givesEveryLineOfBothOutputsAndTheExitStatus() throws Exception {
        List<String> lines = new ArrayList<>();

        int status = new ChildProcess(new ProcessBuilder("sh", "-c", "echo one; echo two >&2; exit 3")).run(lines::add);

        assertThat(lines).containsExactly("one", "two");
        assertThat(status).isEqualTo(3);
    }

    @Test
    void run_doesNotHandOverTheNodesSecrets() throws Exception {
        List<String> lines = new ArrayList<>();
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "echo secret=$QUOIN_KEYSTORE_PASSWORD");
        builder.environment().put("QUOIN_KEYSTORE_PASSWORD", "word");

        new ChildProcess(builder).run(lines::add);

        assertThat(lines).containsExactly("secret=");
    }

    @Test
    void run_keepsComplaintsApart_ifAsked() throws Exception {
        List<String> lines = new ArrayList<>();
        List<String> complaints = new ArrayList<>();

        int status = new ChildProcess(new ProcessBuilder("sh", "-c", "echo one; echo two >&2; exit 3"))
                .run(lines::add, complaints::add);

        assertThat(lines).containsExactly("one");
        assertThat(complaints).containsExactly("two");
        assertThat(status).isEqualTo(3);
    }

    @Test
    void run_handsOverTheOneSecretThatIsNeeded() throws Exception {
        List<String> lines = new ArrayList<>();
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "echo $QUOIN_DEPLOYER_KEY,$QUOIN_DB_URL");
        builder.environment().put("QUOIN_DEPLOYER_KEY", "other");
        builder.environment().put("QUOIN_DB_URL", "url");

        new ChildProcess(builder).withSecret("QUOIN_DEPLOYER_KEY", "key").run(lines::add);

        assertThat(lines).containsExactly("key,");
    }

    @Test
    void run_whenThereIsNoSuchProgram_fails() {
        ChildProcess child = new ChildProcess(new ProcessBuilder("no-such-program"));

        assertThatIOException().isThrownBy(() -> child.run(_ -> {}));
    }
}
