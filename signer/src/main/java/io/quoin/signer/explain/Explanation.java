package io.quoin.signer.explain;

import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.fingerprint.Fingerprint;
import java.util.List;

/**
 * What a person is shown before he approves.
 *
 * @param lines the first says what it is; the others have a name and a value each
 */
public record Explanation(List<String> lines) {
    /** Refuses an empty explanation, and a line with a control character, with {@link IllegalArgumentException}. */
    public Explanation {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.stream().anyMatch(line -> line.chars().anyMatch(Character::isISOControl))) {
            throw new IllegalArgumentException("explanation: lines without control characters are needed");
        }
    }

    /** The lines, each with a line feed behind it. */
    public String text() {
        return String.join("\n", lines) + "\n";
    }

    /** What an approval of it names. */
    public Bytes32 hash() {
        Fingerprint fingerprint = Fingerprint.of("quoin-explanation-1");
        lines.forEach(fingerprint::field);
        return fingerprint.sha256();
    }
}
