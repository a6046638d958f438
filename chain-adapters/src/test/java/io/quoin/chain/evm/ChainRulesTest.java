package io.quoin.chain.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quoin.chain.FeeQuote;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Wei;
import io.quoin.signer.terms.VaultDomain;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChainRulesTest {
    private static final ChainId CHAIN = ChainId.eip155(31337);
    private static final VaultDomain VAULT =
            new VaultDomain(CHAIN, EvmAddress.of("0x00000000000000000000000000000000000000aa"));

    @Test
    void finality_countsTheBlockItself() {
        assertThat(Finality.finalHeight(100, 1)).isEqualTo(OptionalLong.of(100));
        assertThat(Finality.finalHeight(100, 12)).isEqualTo(OptionalLong.of(89));
        assertThat(Finality.finalHeight(11, 12)).isEqualTo(OptionalLong.of(0));
        assertThat(Finality.finalHeight(10, 12)).isEmpty();
    }

    @Test
    void fees_areTwiceTheBaseFeePlusTheTip_butNeverAboveTheCeiling() {
        EvmProfile.Tuning tuning = tuning(Wei.of(3), Wei.of(100));

        assertThat(Fees.quote(Wei.of(7), tuning)).isEqualTo(new FeeQuote(Wei.of(7), Wei.of(3), Wei.of(17)));
        assertThat(Fees.quote(Wei.ZERO, tuning).maxFeePerGas()).isEqualTo(Wei.of(3));
        assertThat(Fees.quote(Wei.of(60), tuning).maxFeePerGas()).isEqualTo(Wei.of(100));
        assertThat(Fees.quote(Wei.of(97), tuning).isEnough()).isTrue();
        assertThat(Fees.quote(Wei.of(98), tuning).isEnough()).isFalse();
    }

    @Test
    void feeCeiling_underWhichNothingCouldBeSent_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tuning(Wei.ZERO, Wei.ZERO))
                .withMessageContaining("maxFeePerGas must be positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tuning(Wei.of(3), Wei.of(2)))
                .withMessageContaining("below the tip");
        assertThat(EvmProfile.Tuning.DEFAULT.maxFeePerGas()).isEqualTo(Wei.ofGwei(500));
    }

    @Test
    void gasLimit_isAFifthAboveTheEstimate_roundedUp() {
        assertThat(Fees.gasLimit(100_000)).isEqualTo(120_000);
        assertThat(Fees.gasLimit(21_001)).isEqualTo(25_202);
    }

    @Test
    void profile_showsNoCredentials() {
        EvmProfile profile = profile("https://user:hunter2@rpc.example.com:8443/v3/canary?key=canary", 1);

        assertThat(profile.shownUrl()).isEqualTo("https://rpc.example.com:8443");
        assertThat(profile.toString()).doesNotContain("hunter2").doesNotContain("canary");
    }

    @Test
    void profile_whenOutOfRange_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> profile("ftp://rpc.example.com", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> profile("rpc.example.com", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> profile("http://rpc.example.com", 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EvmProfile(
                        ChainId.eip155(1), URI.create("http://localhost"), VAULT, 1, Duration.ofSeconds(1), 0))
                .withMessageContaining("vault");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EvmProfile(CHAIN, URI.create("http://localhost"), VAULT, 1, Duration.ZERO, 0))
                .withMessageContaining("pollInterval");
    }

    private static EvmProfile.Tuning tuning(Wei tip, Wei ceiling) {
        Duration second = Duration.ofSeconds(1);
        return new EvmProfile.Tuning(second, 1, second, second, tip, ceiling);
    }

    private static EvmProfile profile(String url, int confirmations) {
        return new EvmProfile(CHAIN, URI.create(url), VAULT, confirmations, Duration.ofSeconds(1), 0);
    }
}
