package io.quoin.signer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.evm.EvmTransaction;
import io.quoin.signer.evm.Hex;
import io.quoin.signer.evm.Wei;
import io.quoin.signer.keystore.Secret;
import io.quoin.signer.keystore.UnlockedKey;
import io.quoin.signer.terms.RandomOrders;
import io.quoin.signer.terms.VaultCall;
import io.quoin.signer.terms.VaultCalldata;
import io.quoin.signer.terms.VaultDomain;
import java.math.BigInteger;
import java.security.SignatureException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.Transaction1559;

class LocalSignerTest {
    private static final ChainId CHAIN = ChainId.eip155(31337);
    private static final ChainId OTHER_CHAIN = ChainId.eip155(1);
    private static final EvmAddress VAULT = EvmAddress.of("0x5FbDB2315678afecb367f032d93F642f64180aa3");
    private static final EvmAddress OTHER = EvmAddress.of("0x0000000000000000000000000000000000000001");
    private static final VaultDomain DOMAIN = new VaultDomain(CHAIN, VAULT);
    private static final VaultCall CALL = new VaultCall.Release(new RandomOrders(3).seal());
    private static final Wei FEE_CAP = Wei.ofGwei(100);
    private static final long GAS_CAP = 1_000_000;

    private final UnlockedKey key = UnlockedKey.of(Secret.ofBytes(privateKey()));
    private final LocalSigner signer = new LocalSigner(
            new SigningPolicy(DOMAIN, FEE_CAP, GAS_CAP),
            key,
            InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000)));

    @Test
    void sign_whenAllRulesAreKept_givesAnEip1559TransactionOfTheKey() throws SignatureException {
        SignReply.Signed signed = signed(request(transaction().build()));

        SignedRawTransaction decoded = (SignedRawTransaction)
                TransactionDecoder.decode(signed.rawTransaction().text());
        Transaction1559 body = (Transaction1559) decoded.getTransaction();
        assertThat(decoded.getFrom())
                .isEqualTo(key.address().hex())
                .isEqualTo(signer.address().hex());
        assertThat(body.getChainId()).isEqualTo(31337);
        assertThat(body.getNonce()).isEqualTo(BigInteger.valueOf(5));
        assertThat(body.getMaxPriorityFeePerGas()).isEqualTo(Wei.ofGwei(1).value());
        assertThat(body.getMaxFeePerGas()).isEqualTo(FEE_CAP.value());
        assertThat(body.getGasLimit()).isEqualTo(BigInteger.valueOf(GAS_CAP));
        assertThat(body.getTo()).isEqualTo(VAULT.hex());
        assertThat(body.getValue()).isEqualTo(BigInteger.ZERO);
        assertThat("0x" + body.getData().replaceFirst("^0x", ""))
                .isEqualTo(Hex.of(VaultCalldata.encode(CALL)).text());
        assertThat(signed.transactionHash())
                .isEqualTo(Bytes32.of(Hash.sha3(signed.rawTransaction().bytes())));
    }

    @Test
    @DisplayName("R9 the same request gives the same bytes")
    void sign_twice_givesTheSameBytes() {
        SignRequest request = request(transaction().build());

        assertThat(signed(request)).isEqualTo(signed(request));
    }

    @Test
    void sign_manyRandomLocks_neverFailsItsOwnCheck() {
        long seed = System.nanoTime();
        RandomOrders random = new RandomOrders(seed);
        for (int i = 0; i < 50; i++) {
            VaultCall lock = new VaultCall.Lock(random.batch(DOMAIN));
            EvmTransaction transaction = transaction().data(lock).nonce(i).build();

            assertThat(signer.sign(new SignRequest(new EvmEscrowCall(DOMAIN, lock), transaction)))
                    .as("seed %d", seed)
                    .isInstanceOf(SignReply.Signed.class);
        }
    }

    @Test
    @DisplayName("evm-chain-matches")
    void rule_chainMatches() {
        refused("evm-chain-matches", request(transaction().chain(OTHER_CHAIN).build()));
        refused("evm-chain-matches", intent(new VaultDomain(OTHER_CHAIN, VAULT)));
        signed(request(transaction().chain(CHAIN).build()));
    }

    @Test
    @DisplayName("evm-to-is-escrow-vault")
    void rule_toIsEscrowVault() {
        refused("evm-to-is-escrow-vault", request(transaction().to(OTHER).build()));
        refused("evm-to-is-escrow-vault", intent(new VaultDomain(CHAIN, OTHER)));
        signed(request(transaction().to(VAULT).build()));
    }

    @Test
    @DisplayName("evm-value-zero")
    void rule_valueZero() {
        refused("evm-value-zero", request(transaction().value(Wei.of(1)).build()));
        signed(request(transaction().value(Wei.ZERO).build()));
    }

    @Test
    @DisplayName("evm-calldata-canonical")
    void rule_calldataCanonical() {
        byte[] data = VaultCalldata.encode(CALL);
        refused("evm-calldata-canonical", request(transaction().data(Hex.EMPTY).build()));
        refused(
                "evm-calldata-canonical",
                request(transaction()
                        .data(new VaultCall.Refund(new RandomOrders(3).seal()))
                        .build()));
        refused(
                "evm-calldata-canonical",
                request(transaction()
                        .data(Hex.of(Arrays.copyOf(data, data.length + 32)))
                        .build()));
        Random random = new Random(42);
        for (int i = 0; i < 200; i++) {
            byte[] changed = data.clone();
            changed[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
            refused(
                    "evm-calldata-canonical",
                    request(transaction().data(Hex.of(changed)).build()));
        }
        signed(request(transaction().data(Hex.of(data)).build()));
    }

    @Test
    @DisplayName("evm-fee-cap")
    void rule_feeCap() {
        refused(
                "evm-fee-cap",
                request(transaction().maxFee(FEE_CAP.plus(Wei.of(1))).build()));
        signed(request(transaction().maxFee(FEE_CAP).build()));
    }

    @Test
    @DisplayName("evm-gas-cap")
    void rule_gasCap() {
        refused("evm-gas-cap", request(transaction().gasLimit(GAS_CAP + 1).build()));
        signed(request(transaction().gasLimit(GAS_CAP).build()));
    }

    @Test
    @DisplayName("evm-priority-within-fee")
    void rule_priorityWithinFee() {
        refused(
                "evm-priority-within-fee",
                request(transaction().tip(FEE_CAP.plus(Wei.of(1))).build()));
        signed(request(transaction().tip(FEE_CAP).build()));
    }

    @Test
    void tags_areStable() {
        assertThat(SigningRule.values())
                .extracting(SigningRule::tag)
                .containsExactly(
                        "evm-chain-matches",
                        "evm-to-is-escrow-vault",
                        "evm-value-zero",
                        "evm-calldata-canonical",
                        "evm-fee-cap",
                        "evm-gas-cap",
                        "evm-priority-within-fee",
                        "batch-terms-lockable",
                        "batch-orders-live",
                        "batch-traders-differ",
                        "batch-price-within-limits",
                        "batch-fees-within-caps",
                        "batch-amounts-within-orders",
                        "batch-orders-signed");
    }

    private void refused(String tag, SignRequest request) {
        assertThat(signer.sign(request)).isInstanceOfSatisfying(SignReply.Refused.class, refusal -> {
            assertThat(refusal.tag()).isEqualTo(tag);
            assertThat(refusal.explanation()).isNotBlank();
        });
    }

    private SignReply.Signed signed(SignRequest request) {
        SignReply reply = signer.sign(request);
        assertThat(reply).isInstanceOf(SignReply.Signed.class);
        return (SignReply.Signed) reply;
    }

    private static SignRequest request(EvmTransaction transaction) {
        return new SignRequest(new EvmEscrowCall(DOMAIN, CALL), transaction);
    }

    private static SignRequest intent(VaultDomain domain) {
        return new SignRequest(new EvmEscrowCall(domain, CALL), transaction().build());
    }

    private static TransactionDraft transaction() {
        return new TransactionDraft();
    }

    private static byte[] privateKey() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        return key;
    }

    /** A transaction at the edge of what the policy allows, to be changed in one place. */
    private static final class TransactionDraft {
        private ChainId chain = CHAIN;
        private long nonce = 5;
        private Wei tip = Wei.ofGwei(1);
        private Wei maxFee = FEE_CAP;
        private long gasLimit = GAS_CAP;
        private EvmAddress to = VAULT;
        private Wei value = Wei.ZERO;
        private Hex data = Hex.of(VaultCalldata.encode(CALL));

        EvmTransaction build() {
            return new EvmTransaction(chain, new EvmNonce(nonce), tip, maxFee, gasLimit, to, value, data);
        }

        TransactionDraft chain(ChainId changed) {
            chain = changed;
            return this;
        }

        TransactionDraft nonce(long changed) {
            nonce = changed;
            return this;
        }

        TransactionDraft tip(Wei changed) {
            tip = changed;
            return this;
        }

        TransactionDraft maxFee(Wei changed) {
            maxFee = changed;
            return this;
        }

        TransactionDraft gasLimit(long changed) {
            gasLimit = changed;
            return this;
        }

        TransactionDraft to(EvmAddress changed) {
            to = changed;
            return this;
        }

        TransactionDraft value(Wei changed) {
            value = changed;
            return this;
        }

        TransactionDraft data(Hex changed) {
            data = changed;
            return this;
        }

        TransactionDraft data(VaultCall call) {
            return data(Hex.of(VaultCalldata.encode(call)));
        }
    }
}
