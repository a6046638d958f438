package io.quoin.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.Wei;
import io.quoin.signer.keystore.Secret;
import io.quoin.signer.keystore.UnlockedKey;
import io.quoin.signer.terms.OrderTyping;
import io.quoin.signer.terms.VaultDomain;
import io.quoin.signer.terms.WithdrawalTerms;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each rule about co-signed withdrawals, accepting at its edge and refusing beyond it. */
class WithdrawalCosignTest {
    private static final EvmAddress VAULT = EvmAddress.of("0x5FbDB2315678afecb367f032d93F642f64180aa3");
    private static final EvmAddress ACCOUNT = EvmAddress.of("0x0000000000000000000000000000000000000001");
    private static final EvmAddress TOKEN = EvmAddress.of("0x0000000000000000000000000000000000000002");
    private static final EvmAddress TO = EvmAddress.of("0x0000000000000000000000000000000000000003");
    private static final VaultDomain DOMAIN = new VaultDomain(ChainId.eip155(31337), VAULT);
    private static final long NOW = 1_800_000_000L;
    private static final Duration DEADLINE_MAX = Duration.ofMinutes(10);
    private static final WithdrawalTerms GOOD = withdrawal(ACCOUNT, TOKEN, TO, 5, NOW + 60);

    private final LocalSigner signer = new LocalSigner(
            new SigningPolicy(DOMAIN, Wei.ofGwei(100), 1_000_000, DEADLINE_MAX),
            key(),
            InstantSource.fixed(Instant.ofEpochSecond(NOW)));

    @Test
    @DisplayName("R8 a co-signed withdrawal is signed over its EIP-712 digest by the operator's key")
    void cosign_whenAllRulesAreKept_signsTheWithdrawal() {
        CosignReply.Signed signed = signed(DOMAIN, GOOD);

        assertThat(OrderTyping.recover(OrderTyping.withdrawalDigest(DOMAIN, GOOD), signed.signature()))
                .contains(signer.address());
        assertThat(signed(DOMAIN, GOOD)).isEqualTo(signed);
    }

    @Test
    @DisplayName("withdrawal-chain-matches")
    void rule_chainMatches() {
        refused("withdrawal-chain-matches", new VaultDomain(ChainId.eip155(1), VAULT), GOOD);
        signed(DOMAIN, GOOD);
    }

    @Test
    @DisplayName("withdrawal-vault-matches")
    void rule_vaultMatches() {
        refused("withdrawal-vault-matches", new VaultDomain(DOMAIN.chain(), TO), GOOD);
        signed(DOMAIN, GOOD);
    }

    @Test
    @DisplayName("withdrawal-parties-named")
    void rule_partiesNamed() {
        refused("withdrawal-parties-named", withdrawal(EvmAddress.ZERO, TOKEN, TO, 5, NOW + 60));
        refused("withdrawal-parties-named", withdrawal(ACCOUNT, EvmAddress.ZERO, TO, 5, NOW + 60));
        refused("withdrawal-parties-named", withdrawal(ACCOUNT, TOKEN, EvmAddress.ZERO, 5, NOW + 60));
        refused("withdrawal-parties-named", withdrawal(ACCOUNT, TOKEN, VAULT, 5, NOW + 60));
        signed(DOMAIN, withdrawal(ACCOUNT, TOKEN, ACCOUNT, 5, NOW + 60));
    }

    @Test
    @DisplayName("withdrawal-amount-positive")
    void rule_amountPositive() {
        refused("withdrawal-amount-positive", withdrawal(ACCOUNT, TOKEN, TO, 0, NOW + 60));
        signed(DOMAIN, withdrawal(ACCOUNT, TOKEN, TO, 1, NOW + 60));
    }

    @Test
    @DisplayName("withdrawal-deadline-ahead")
    void rule_deadlineAhead() {
        refused("withdrawal-deadline-ahead", withdrawal(ACCOUNT, TOKEN, TO, 5, NOW));
        signed(DOMAIN, withdrawal(ACCOUNT, TOKEN, TO, 5, NOW + 1));
    }

    @Test
    @DisplayName("withdrawal-deadline-bounded")
    void rule_deadlineBounded() {
        long latest = NOW + DEADLINE_MAX.toSeconds();
        refused("withdrawal-deadline-bounded", withdrawal(ACCOUNT, TOKEN, TO, 5, latest + 1));
        refused("withdrawal-deadline-bounded", withdrawal(ACCOUNT, TOKEN, TO, 5, Long.MAX_VALUE));
        signed(DOMAIN, withdrawal(ACCOUNT, TOKEN, TO, 5, latest));
    }

    @Test
    void tags_areStable() {
        assertThat(CosignRule.values())
                .extracting(CosignRule::tag)
                .containsExactly(
                        "withdrawal-chain-matches",
                        "withdrawal-vault-matches",
                        "withdrawal-parties-named",
                        "withdrawal-amount-positive",
                        "withdrawal-deadline-ahead",
                        "withdrawal-deadline-bounded");
    }

    @Test
    void policy_underWhichNoDeadlineIsAhead_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SigningPolicy(DOMAIN, Wei.ofGwei(1), 21_000, Duration.ofMillis(999)))
                .withMessageContaining("deadline");
    }

    private void refused(String tag, WithdrawalTerms terms) {
        refused(tag, DOMAIN, terms);
    }

    private void refused(String tag, VaultDomain vault, WithdrawalTerms terms) {
        assertThat(signer.cosign(new WithdrawalCosign(vault, terms)))
                .isInstanceOfSatisfying(CosignReply.Refused.class, refusal -> {
                    assertThat(refusal.tag()).isEqualTo(tag);
                    assertThat(refusal.explanation()).isNotBlank();
                });
    }

    private CosignReply.Signed signed(VaultDomain vault, WithdrawalTerms terms) {
        CosignReply reply = signer.cosign(new WithdrawalCosign(vault, terms));
        assertThat(reply).isInstanceOf(CosignReply.Signed.class);
        return (CosignReply.Signed) reply;
    }

    private static WithdrawalTerms withdrawal(
            EvmAddress account, EvmAddress token, EvmAddress to, long amount, long deadline) {
        return new WithdrawalTerms(account, token, BigInteger.valueOf(amount), to, BigInteger.TEN, deadline);
    }

    private static UnlockedKey key() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        return UnlockedKey.of(Secret.ofBytes(key));
    }
}
