package io.quoin.node.store.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quoin.node.schema.DatabaseAddress;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.journal.Claim;
import io.quoin.signer.journal.Journal;
import io.quoin.signer.journal.JournalException;
import io.quoin.signer.journal.Taken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A signer in a process of its own, for {@link JournalProcessIT} to freeze and to kill. It does what it reads, a line each. */
final class JournalChild {
    static final Duration LEASE = Duration.ofSeconds(2);

    private JournalChild() {}

    @SuppressWarnings("SystemOut") // how it answers
    public static void main(String[] arguments) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        // The password comes this way, since others can read a command line.
        String password = Objects.requireNonNull(input.readLine());
        var address = new DatabaseAddress(arguments[0], arguments[1], password);
        try (var database = SignerDatabase.open(address, arguments[2]);
                var journal = PostgresJournal.open(
                        database,
                        new JournalOptions("child", LEASE, Path.of(arguments[3]), List.of(), Clock.systemUTC()))) {
            System.out.println("OPEN");
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                System.out.println(answer(journal, line.split(" ", -1)));
            }
        }
    }

    private static String answer(Journal journal, String[] words) {
        Claim claim = JournalClaims.own(Long.parseLong(words[1]), words[2], 1);
        try {
            Taken taken = journal.take(claim);
            if (!words[0].equals("sign")) {
                return taken.toString();
            }
            byte[] made = new byte[65]; // as of a token that signs with a nonce at random: no two are alike
            new SecureRandom().nextBytes(made);
            return journal.signed(claim, Hex.of(made)).text();
        } catch (JournalException e) {
            return e.kind().name();
        }
    }
}
