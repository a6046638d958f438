package io.quoin.node.bench;

import java.io.IOException;
import java.util.List;

/** Measures signing beside web3j, bare libsecp256k1 and a bare token. */
final class SigningBenchmark implements Benchmark {
    @Override
    public String name() {
        return "signing";
    }

    @Override
    public String describe() {
        return "time per signature of keys in memory and in a token, beside web3j, libsecp256k1 and SoftHSM2 alone";
    }

    @Override
    public List<Figure> run(BenchContext context) throws IOException, InterruptedException {
        // The benchmark's class path has no logging behind slf4j, which would complain of that.
        List<String> flags =
                List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-Dslf4j.internal.verbosity=ERROR");
        return new TestProgram("signer", "io.quoin.signer.bench.SigningBench", flags).run(context);
    }
}
