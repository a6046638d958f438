package io.quoin.node.withdrawal;

import static io.quoin.node.Samples.MARKETS;
import static io.quoin.node.Samples.VAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quoin.node.Samples;
import io.quoin.node.refusal.RefusalCode;
import io.quoin.node.refusal.RefusedException;
import io.quoin.node.sequencer.TestTraders;
import io.quoin.signer.terms.OrderTyping;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WithdrawalDoorTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    private static final long DEADLINE = NOW.getEpochSecond() + 600;
    private static final BigInteger AMOUNT = BigInteger.valueOf(8_757_500_000L);

    private final WithdrawalDoor door = new WithdrawalDoor(MARKETS, VAULT, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void admit_whenAllIsRight_knowsTheWithdrawalByTheDigestThatWasSigned() {
        SubmittedWithdrawal withdrawal = door.admit(request(DEADLINE));

        assertThat(withdrawal.id()).isEqualTo(OrderTyping.withdrawalDigest(VAULT, withdrawal.terms()));
        assertThat(withdrawal.asset()).isEqualTo(Samples.QUOTE);
        assertThat(withdrawal.units()).isEqualTo(8_757_500_000L);
        assertThat(withdrawal.terms().account()).isEqualTo(TestTraders.ALICE.address());
    }

    @Test
    void admit_atEitherEndOfTheDeadlinesRange_takesIt() {
        assertThat(door.admit(request(NOW.getEpochSecond() + WithdrawalDoor.DEADLINE_MIN_SECONDS))
                        .units())
                .isPositive();
        assertThat(door.admit(request(NOW.getEpochSecond() + WithdrawalDoor.DEADLINE_MAX_SECONDS))
                        .units())
                .isPositive();
    }

    static Stream<Arguments> wrong() {
        String other = "0x" + "1".repeat(40);
        return Stream.of(
                Arguments.of("another chain", RefusalCode.WRONG_CHAIN, with("vault", "eip155:1:" + VAULT.vault())),
                Arguments.of("another vault", RefusalCode.WRONG_VAULT, with("vault", VAULT.chain() + ":" + other)),
                Arguments.of("no vault", RefusalCode.MALFORMED_REQUEST, with("vault", "vault")),
                Arguments.of("another account", RefusalCode.WRONG_SIGNATURE, with("account", other)),
                Arguments.of("an account that is none", RefusalCode.MALFORMED_REQUEST, with("account", "0x12")),
                Arguments.of("another payee", RefusalCode.WRONG_SIGNATURE, with("to", other)),
                Arguments.of("nobody as payee", RefusalCode.WRONG_PAYEE, with("to", "0x" + "0".repeat(40))),
                Arguments.of(
                        "the vault as payee",
                        RefusalCode.WRONG_PAYEE,
                        with("to", VAULT.vault().hex())),
                Arguments.of("an unknown token", RefusalCode.UNKNOWN_ASSET, with("token", other)),
                Arguments.of(
                        "another token",
                        RefusalCode.WRONG_SIGNATURE,
                        with("token", Samples.BASE.token().hex())),
                Arguments.of("another amount", RefusalCode.WRONG_SIGNATURE, with("amount", "8757.6")),
                Arguments.of("nothing", RefusalCode.AMOUNT_OFF_UNIT, with("amount", "0")),
                Arguments.of("less than a base unit", RefusalCode.AMOUNT_OFF_UNIT, with("amount", "1.0000001")),
                Arguments.of("more than anything", RefusalCode.AMOUNT_TOO_LARGE, with("amount", "1" + "0".repeat(20))),
                Arguments.of("another nonce", RefusalCode.WRONG_SIGNATURE, with("nonce", "8")),
                Arguments.of(
                        "a nonce beyond 256 bits",
                        RefusalCode.MALFORMED_REQUEST,
                        with("nonce", BigInteger.ONE.shiftLeft(256).toString())),
                Arguments.of("another deadline", RefusalCode.WRONG_SIGNATURE, with("deadline", DEADLINE + 1 + "")),
                Arguments.of("a signature that is none", RefusalCode.WRONG_SIGNATURE, with("signature", "0x12")));
    }

    @ParameterizedTest(name = "{0} is refused as {1}")
    @MethodSource("wrong")
    void admit_whenSomethingIsWrong_refuses(String what, RefusalCode code, UnaryOperator<WithdrawalRequest> change) {
        assertRefused(what, code, change.apply(request(DEADLINE)));
    }

    @Test
    void admit_whenAnAmountOfAnAssetIsFinerThanTheEngineCounts_refuses() {
        WithdrawalRequest dust = with("amount", "1.0000000001")
                .apply(with("token", Samples.BASE.token().hex()).apply(request(DEADLINE)));

        assertRefused("dust", RefusalCode.AMOUNT_OFF_UNIT, dust);
    }

    @Test
    void admit_whenTheDeadlineIsTooNearOrTooFar_refuses() {
        long now = NOW.getEpochSecond();
        assertRefused(
                "near", RefusalCode.DEADLINE_OUT_OF_RANGE, request(now + WithdrawalDoor.DEADLINE_MIN_SECONDS - 1));
        assertRefused("far", RefusalCode.DEADLINE_OUT_OF_RANGE, request(now + WithdrawalDoor.DEADLINE_MAX_SECONDS + 1));
    }

    private void assertRefused(String what, RefusalCode code, WithdrawalRequest request) {
        assertThatThrownBy(() -> door.admit(request))
                .as(what)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    private static WithdrawalRequest request(long deadline) {
        SubmittedWithdrawal signed = TestTraders.ALICE.withdrawal(VAULT, Samples.QUOTE, AMOUNT, 7, deadline);
        return new WithdrawalRequest(
                VAULT.chain() + ":" + VAULT.vault(),
                TestTraders.ALICE.address().hex(),
                Samples.QUOTE.token().hex(),
                "8757.5",
                TestTraders.ALICE.address().hex(),
                BigInteger.valueOf(7),
                deadline,
                signed.signed().signature().toHex());
    }

    private static UnaryOperator<WithdrawalRequest> with(String field, String value) {
        return r -> new WithdrawalRequest(
                field.equals("vault") ? value : r.vault(),
                field.equals("account") ? value : r.account(),
                field.equals("token") ? value : r.token(),
                field.equals("amount") ? value : r.amount(),
                field.equals("to") ? value : r.to(),
                field.equals("nonce") ? new BigInteger(value) : r.nonce(),
                field.equals("deadline") ? Long.parseLong(value) : r.deadline(),
                field.equals("signature") ? value : r.signature());
    }
}
