package io.quoin.signer.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.fingerprint.Fingerprint;
import io.quoin.signer.journal.JournalException.Kind;
import io.quoin.signer.journal.JournalSnapshot.Counted;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A journal as text, version 1: a heading, its position, one line for each slot, one for each spending, and the SHA-256 of
 * all lines before. The same journal always gives the same text. Stateless.
 */
public final class JournalText {
    private static final String HEADING = "quoin-journal 1";
    private static final String NONE = "-";
    private static final String SUM = "sha256 ";

    private JournalText() {}

    /** Writes it. */
    public static String write(JournalSnapshot snapshot) {
        StringBuilder text = new StringBuilder();
        JournalPosition position = snapshot.position();
        text.append(HEADING).append('\n');
        text.append("journal %s version %d digest %s\n"
                .formatted(position.journal(), position.version(), position.digest()));
        snapshot.rows().stream()
                .sorted(Comparator.comparing(row -> row.slot().text()))
                .forEach(row -> text.append(line(row)).append('\n'));
        snapshot.counted().stream()
                .map(JournalText::line)
                .sorted()
                .forEach(line -> text.append(line).append('\n'));
        return text + SUM + sum(text.toString()) + "\n";
    }

    /**
     * Reads it.
     *
     * @throws JournalException of kind {@code NOT_IMPORTED} for a text that was cut, changed or written by another version;
     *     the words name the line
     */
    public static JournalSnapshot read(String text) {
        int end = text.lastIndexOf(SUM);
        if (!text.startsWith(HEADING + "\n")) {
            throw damaged("its first line is not '" + HEADING + "'");
        }
        if (end < 1 || text.charAt(end - 1) != '\n' || !text.endsWith("\n")) {
            throw damaged("its last line, the checksum, is missing: it was cut");
        }
        String body = text.substring(0, end);
        if (!text.substring(end).equals(SUM + sum(body) + "\n")) {
            throw damaged("its checksum is wrong: it was changed after it was written");
        }
        return lines(body.lines().toList());
    }

    /** The one line of a slot. */
    static String line(Held row) {
        return String.join(
                " ",
                "slot",
                row.slot().text(),
                row.key().value(),
                row.what().hex(),
                row.mark().name(),
                row.bound().map(Bytes32::hex).orElse(NONE),
                row.payload().hex(),
                row.fee().toString(),
                Integer.toString(row.turn()),
                row.signature().map(Hex::text).orElse(NONE));
    }

    private static String line(Counted counted) {
        return String.join(
                " ",
                "spend",
                Long.toString(counted.at().toEpochMilli()),
                counted.key().value(),
                counted.spending().asset(),
                counted.spending().amount().toString());
    }

    private static JournalSnapshot lines(List<String> lines) {
        List<Held> rows = new ArrayList<>();
        List<Counted> counted = new ArrayList<>();
        Set<Slot> slots = new HashSet<>();
        JournalPosition position = position(lines);
        for (int i = 2; i < lines.size(); i++) {
            String[] words = lines.get(i).split(" ", -1);
            try {
                if (words[0].equals("slot") && words.length == 10) {
                    Held row = row(words);
                    if (!slots.add(row.slot())) {
                        throw new IllegalArgumentException(
                                "a second line for " + row.slot().text());
                    }
                    rows.add(row);
                } else if (words[0].equals("spend") && words.length == 5) {
                    counted.add(counted(words));
                } else {
                    throw new IllegalArgumentException("neither a slot nor a spending");
                }
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new JournalException(
                        Kind.NOT_IMPORTED, "the export's line " + (i + 1) + " cannot be read: " + e.getMessage(), e);
            }
        }
        return new JournalSnapshot(position, rows, counted);
    }

    private static JournalPosition position(List<String> lines) {
        String[] words = lines.size() < 2 ? new String[0] : lines.get(1).split(" ", -1);
        if (words.length != 6 || !words[0].equals("journal")) {
            throw damaged("its second line does not say which journal it is");
        }
        try {
            return new JournalPosition(UUID.fromString(words[1]), Long.parseLong(words[3]), new Bytes32(words[5]));
        } catch (IllegalArgumentException e) {
            throw new JournalException(Kind.NOT_IMPORTED, "the export's line 2 cannot be read: " + e.getMessage(), e);
        }
    }

    private static Held row(String[] words) {
        return new Held(
                Slot.parse(words[1]),
                new KeyName(words[2]),
                new Bytes32(words[3]),
                Held.Mark.valueOf(words[4]),
                optional(words[5]).map(Bytes32::new),
                new Bytes32(words[6]),
                new BigInteger(words[7]),
                Integer.parseInt(words[8]),
                optional(words[9]).map(Hex::new));
    }

    private static Counted counted(String[] words) {
        return new Counted(
                Instant.ofEpochMilli(Long.parseLong(words[1])),
                new KeyName(words[2]),
                new Spending(words[3], new BigInteger(words[4])));
    }

    private static Optional<String> optional(String word) {
        return word.equals(NONE) ? Optional.empty() : Optional.of(word);
    }

    private static String sum(String text) {
        return Fingerprint.sha256(text.getBytes(US_ASCII)).hex().substring(2);
    }

    private static JournalException damaged(String why) {
        return new JournalException(
                Kind.NOT_IMPORTED, "this is no whole export of a journal: " + why + ". Export it again.");
    }
}
