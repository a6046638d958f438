package io.quoin.testnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalChainOptionsTest {
    @Test
    void options_outsideTheirRange_areRefused() {
        LocalChainOptions options = LocalChainOptions.of(ChainEngine.ANVIL);

        assertThatIllegalArgumentException().isThrownBy(() -> options.withPort(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withPort(65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withBlockTime(Duration.ZERO));
    }

    @Test
    void devAccounts_areThePublishedOnes() {
        assertThat(DevAccount.all())
                .hasSize(10)
                .first()
                .isEqualTo(new DevAccount(
                        "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
                        "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"));
        assertThat(DevAccount.all().get(9).address()).isEqualTo("0xa0Ee7A142d267C1f36714E4a8F75612F20a79720");
    }
}
