package io.quoin.signer.caip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.quoin.signer.evm.EvmAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaipTest {
    private static final String TOKEN = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

    @Test
    void chainId_isReadAndWritten() {
        ChainId chain = ChainId.parse("eip155:31337");

        assertThat(chain).isEqualTo(ChainId.eip155(31337)).hasToString("eip155:31337");
        assertThat(chain.eip155Id()).isEqualTo(31337);
        assertThat(ChainId.parse("bip122:0f9188f13cb7b2c71f2a335e3a4fc328").isEip155())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "eip155", "eip155:", "eip155:01", "eip155:0x1", "eip155:-1", "EIP155:1", "ab:1", "eip155:1:2"
            })
    void chainId_whenMalformed_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ChainId.parse(text));
    }

    @Test
    void chainId_ofAnotherNamespace_hasNoNumber() {
        ChainId bitcoin = ChainId.parse("bip122:000000000019d6689c085ae165831e93");

        assertThatIllegalStateException().isThrownBy(bitcoin::eip155Id);
    }

    @Test
    void account_isReadInAnyCaseAndWrittenInLowerCase() {
        ChainAccount account = ChainAccount.parse("eip155:1:" + TOKEN);

        assertThat(account).isEqualTo(new ChainAccount(ChainId.eip155(1), EvmAddress.of(TOKEN)));
        assertThat(account).hasToString("eip155:1:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eip155:1", "bip122:abc:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "eip155:1:0x12"})
    void account_whenMalformed_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ChainAccount.parse(text));
    }

    @Test
    void asset_isReadInAnyCaseAndWrittenInLowerCase() {
        ChainAsset asset = ChainAsset.parse("eip155:31337/erc20:" + TOKEN);

        assertThat(asset).isEqualTo(ChainAsset.erc20(ChainId.eip155(31337), EvmAddress.of(TOKEN)));
        assertThat(asset.erc20Token()).isEqualTo(EvmAddress.of(TOKEN));
        assertThat(asset).hasToString("eip155:31337/erc20:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eip155:1", "eip155:1/erc20", "eip155:1/erc20:0x12", "eip155:1/e:1", "/erc20:0x12"})
    void asset_whenMalformed_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ChainAsset.parse(text));
    }

    @Test
    void asset_ofAnotherNamespace_isNoToken() {
        ChainAsset bitcoin = ChainAsset.parse("bip122:000000000019d6689c085ae165831e93/slip44:0");

        assertThatIllegalStateException().isThrownBy(bitcoin::erc20Token);
    }
}
