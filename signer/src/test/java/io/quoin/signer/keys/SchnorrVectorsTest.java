package io.quoin.signer.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The vectors of BIP-340: each is verified, and those with a key and a message of 32 bytes are signed. */
class SchnorrVectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void bip340() throws IOException {
        Optional<Curve> library = Curve.ofLibrary();
        Assumptions.assumeTrue(library.isPresent(), "skipped, libsecp256k1 does not load here");
        int signed = 0;
        List<String> lines = vectors();
        for (String line : lines) {
            String[] fields = line.split(",", -1);
            byte[] message = HEX.parseHex(fields[4]);
            SchnorrSignature signature = SchnorrSignature.of(HEX.parseHex(fields[5]));

            boolean valid = library.orElseThrow().verifySchnorr(message, signature, HEX.parseHex(fields[2]));
            assertThat(valid).as("vector %s", fields[0]).isEqualTo(fields[6].equals("TRUE"));

            if (!fields[1].isEmpty() && message.length == CheckedDigest.LENGTH) {
                Curve.HeldKey key = library.orElseThrow().hold(HEX.parseHex(fields[1]));
                assertThat(key.signSchnorr(message, HEX.parseHex(fields[3])))
                        .as("vector %s", fields[0])
                        .isEqualTo(signature);
                signed++;
            }
        }
        assertThat(lines).hasSize(19);
        assertThat(signed).isEqualTo(4);
    }

    private static List<String> vectors() throws IOException {
        Path file = Path.of(System.getProperty("quoin.home", ".."))
                .resolve("../shared/vectors/bitcoin/bip340-test-vectors.csv");
        Assumptions.assumeTrue(Files.isReadable(file), "skipped, no vectors");
        List<String> lines = Files.readAllLines(file);
        return lines.subList(1, lines.size());
    }
}
