package io.quoin.signer.bench;

import fr.acinq.secp256k1.Secp256k1;
import io.quoin.signer.TestDigests;
import io.quoin.signer.keys.CheckedDigest;
import io.quoin.signer.keys.Curve;
import io.quoin.signer.keys.MemoryKey;
import io.quoin.signer.keys.SampleKeys;
import io.quoin.signer.keys.SigningKey;
import io.quoin.signer.keys.pkcs11.BareToken;
import io.quoin.signer.keys.pkcs11.SoftHsm;
import io.quoin.signer.keys.pkcs11.TokenKey;
import io.quoin.signer.keys.pkcs11.TokenLocation;
import java.io.PrintStream;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;

/**
 * Measures signing beside what else signs: {@code ./quoin bench signing} starts it. All sign the same digests with the
 * same key on one thread; in every round each runs for the same time, one after the other.
 */
public final class SigningBench {
    private static final int DIGESTS = 1024;
    private static final long WARM_UP_NANOS = 2_000_000_000L;

    private final List<CheckedDigest> digests;
    private final byte[][] bare;
    private final int rounds;
    private final long roundNanos;
    private final PrintStream out;

    private SigningBench(boolean quick, PrintStream out) {
        Random random = new Random(20_260_101);
        this.digests = IntStream.range(0, DIGESTS)
                .mapToObj(_ -> TestDigests.drawn(random))
                .toList();
        this.bare = digests.stream().map(CheckedDigest::bytes).toArray(byte[][]::new);
        this.rounds = quick ? 7 : 25;
        this.roundNanos = quick ? 200_000_000L : 400_000_000L;
        this.out = out;
    }

    /** Runs it; {@code --quick} takes fewer and shorter rounds. */
    public static void main(String[] arguments) {
        new SigningBench(List.of(arguments).contains("--quick"), System.out).run();
    }

    private void run() {
        out.printf(
                Locale.ROOT,
                "%d rounds of %d ms each, in turns, one thread; times are the processor's; Java %s%n",
                rounds,
                roundNanos / 1_000_000,
                Runtime.version());
        Optional<Curve> library = Curve.ofLibrary();
        if (library.isPresent()) {
            memory(library.get());
        } else {
            out.println("not measured, libsecp256k1 does not load here: keys in memory");
        }
        SoftHsm.find().ifPresentOrElse(this::token, () -> out.println("not measured, no SoftHSM2: a key in a token"));
    }

    private void memory(Curve library) {
        Contender web3j = new Contender("web3j Sign.signMessage", web3j());
        Contender jniSign = new Contender("libsecp256k1 by JNI: sign", jniSign());
        Contender jniChecked = new Contender("libsecp256k1 by JNI: sign, recover", jniSignAndRecover());
        try (SigningKey key = MemoryKey.of(SampleKeys.first(), library);
                SigningKey slow = MemoryKey.of(SampleKeys.first(), Curve.pureJava());
                MemoryKey unchecked = MemoryKey.unchecked(SampleKeys.first(), library)) {
            Contender provider = new Contender(
                    "Quoin: sign, not yet checked",
                    i -> unchecked.sign(digest(i)).bytes()[0]);
            Contender ours = new Contender("Quoin: sign, recover, guard", signing(key));
            Contender fallback = new Contender("Quoin without native code: the same", signing(slow));
            measure(List.of(web3j, jniSign, provider, jniChecked, ours, fallback));
            // web3j's method finds the recovery id and checks nothing more, as the provider alone.
            figure("signing_memory_times_web3j", web3j.timeBy(provider), ">=", 10);
            figure("signing_memory_by_jni", provider.timeBy(jniSign), "<=", 1.3);
            figure("signing_memory_checked_by_jni", ours.timeBy(jniChecked), "<=", 1.3);
            out.printf(
                    Locale.ROOT,
                    "  checked: %.1f times web3j's speed, %.2f of JNI's time to sign, %.1f times the fallback's speed%n",
                    web3j.timeBy(ours),
                    ours.timeBy(jniSign),
                    fallback.timeBy(ours));
        }
    }

    private void token(SoftHsm softHsm) {
        TokenLocation where = softHsm.newKey();
        try (SigningKey key = TokenKey.open(where, SoftHsm.pin(), Curve.best(), InstantSource.system());
                BareToken token = BareToken.open(where)) {
            Contender calls = new Contender("SoftHSM2: C_SignInit, C_Sign", i -> token.sign(bare(i))[0]);
            Contender ours = new Contender("Quoin: the same, low s, recover, guard", signing(key));
            measure(List.of(calls, ours));
            figure("signing_token_by_bare_calls", ours.timeBy(calls), "<=", 1.2);
        }
    }

    private void measure(List<Contender> contenders) {
        contenders.forEach(contender -> contender.warmUp(WARM_UP_NANOS));
        for (int round = 0; round < rounds; round++) {
            contenders.forEach(contender -> contender.round(roundNanos));
        }
        contenders.forEach(contender -> out.println(contender.line()));
        out.println("  (results put together: "
                + contenders.stream().mapToLong(Contender::sink).reduce(0, (a, b) -> a ^ b) + ")");
    }

    private void figure(String name, double value, String sign, double bar) {
        boolean ok = sign.equals("<=") ? value <= bar : value >= bar;
        out.printf(Locale.ROOT, "figure %s = %.3f times (bar %s %s) %s%n", name, value, sign, bar, ok ? "ok" : "short");
    }

    private IntToLongFunction signing(SigningKey key) {
        return i -> key.sign(digest(i)).recoveryId();
    }

    private IntToLongFunction web3j() {
        ECKeyPair pair = ECKeyPair.create(new BigInteger(1, SampleKeys.first()));
        return i -> Sign.signMessage(bare(i), pair, false).getV()[0];
    }

    private IntToLongFunction jniSign() {
        Secp256k1 jni = Secp256k1.get();
        byte[] secret = SampleKeys.first();
        return i -> jni.sign(bare(i), secret, null)[0];
    }

    /** The least that finds out whether a signature is the key's: one recovery, with the id known beforehand. */
    private IntToLongFunction jniSignAndRecover() {
        Secp256k1 jni = Secp256k1.get();
        byte[] secret = SampleKeys.first();
        return i -> {
            byte[] made = jni.sign(bare(i), secret, null);
            return jni.ecdsaRecover(made, bare(i), 0)[0];
        };
    }

    private CheckedDigest digest(int number) {
        return digests.get(number & (DIGESTS - 1));
    }

    private byte[] bare(int number) {
        return bare[number & (DIGESTS - 1)];
    }
}
