package io.quoin.chain.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.quoin.contracts.IVaultCases;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.BatchInput;
import io.quoin.signer.terms.VaultDomain;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Credentials;

/**
 * Holds a history against the vault: what it says of batches, escrows, exits and the whole as they stand; then, with
 * nothing but what the history has, ends all that can be ended and brings all to the wallets, where each balance shows.
 */
final class HistoryCheck {
    private static final Set<String> DONE_BEFORE = Set.of("FillGone", "FillFolded", "WrongSeal");
    private static final int LOCKED = 1;
    private static final int DISPUTED = 3;
    private static final long GENERATION = 64;
    private static final int WORD_DIGITS = 64;

    private final VaultDomain domain;
    private final VaultChain chain;
    private final Credentials operator;
    private VaultHistory history;

    /** @param operator gathers accounts; everything else anyone may do */
    HistoryCheck(VaultDomain domain, VaultChain chain, Credentials operator) {
        this.domain = domain;
        this.chain = chain;
        this.operator = operator;
        this.history = read();
    }

    VaultHistory history() {
        return history;
    }

    void compareStates() {
        for (BatchRecord batch : history.batches()) {
            Address vault = new Address(chain.vault);
            List<BigInteger> outcome = lens(
                    "outcome", vault, TypedMessages.word(batch.input.lots().id().bytes()), new Uint256(batch.seq()));
            assertThat(outcome).as("batch %d", batch.seq()).containsExactly(BigInteger.valueOf(batch.outcome()));
        }
        history.escrows.forEach((id, escrow) -> {
            String data = VaultChain.encode("escrowState", TypedMessages.word(id.bytes()));
            assertThat(ask(chain.vault, data))
                    .as("escrow %s", id)
                    .containsExactly(BigInteger.valueOf(escrow.state()), BigInteger.valueOf(escrow.until()));
        });
        for (VaultHistory.Place place : history.places()) {
            assertThat(wallet(place).get(1))
                    .as("exit at %s", place)
                    .isEqualTo(BigInteger.valueOf(history.exits.getOrDefault(place, 0L)));
        }
        compareSums();
    }

    void compareBalances() {
        endAll();
        history = read();
        for (VaultHistory.Place place : history.places()) {
            assertThat(wallet(place).getFirst()).as("balance at %s", place).isEqualTo(history.free(place));
            assertThat(history.fees(place.token()))
                    .as("fees of %s that nobody could collect", place.token())
                    .isZero();
        }
        compareSums();
    }

    private void compareSums() {
        Set<EvmAddress> tokens =
                history.places().stream().map(VaultHistory.Place::token).collect(Collectors.toSet());
        for (EvmAddress token : tokens) {
            String data = VaultChain.encode("balanceOf", new Address(chain.vault));
            assertThat(ask(token.hex(), data)).as("held of %s", token).containsExactly(history.owed(token));
        }
    }

    private void endAll() {
        chain.pass(latestDeadline());
        for (BatchRecord batch : history.batches()) {
            if (!batch.ended()) {
                assertThat(chain.call(operator, "refund", batch.seal).refusal()).isEmpty();
            }
        }
        for (EscrowRecord escrow : history.escrows.values()) {
            if (escrow.state() == LOCKED || escrow.state() == DISPUTED) {
                String end = escrow.state() == LOCKED ? "refundEscrow" : "fallBack";
                assertThat(chain.call(operator, end, escrow.terms()).refusal()).isEmpty();
            }
        }
        gatherAll();
        for (BatchRecord batch : history.batches()) {
            for (int index : batch.left()) {
                chain.call(operator, "closeFill", batch.proven(index))
                        .refusal()
                        .ifPresent(refusal -> assertThat(refusal).isIn(DONE_BEFORE));
            }
        }
        gatherAll();
        history.markets().forEach(this::collect);
    }

    /** Seconds from now after which nothing waits any more. */
    private long latestDeadline() {
        long batches = history.batches().stream()
                .mapToLong(BatchRecord::deadline)
                .max()
                .orElse(0);
        long escrows = history.escrows.values().stream()
                .mapToLong(escrow -> Math.max(
                                escrow.terms().deadline.longValueExact(),
                                escrow.until()
                                        + escrow.terms().terms.disputeBound.longValueExact())
                        + 1)
                .max()
                .orElse(0);
        return Math.max(0, Math.max(batches, escrows) - chain.time());
    }

    private void gatherAll() {
        for (BatchInput market : history.markets()) {
            Set<EvmAddress> owners =
                    history.places().stream().map(VaultHistory.Place::owner).collect(Collectors.toSet());
            for (EvmAddress owner : owners) {
                for (long side : List.of(0L, 1L)) {
                    IVaultCases.Lots lots = BatchRecord.lots(market);
                    assertThat(chain.call(operator, "gather", lots, new Uint256(side), new Address(owner.hex()))
                                    .refusal())
                            .isEmpty();
                }
            }
        }
    }

    private void collect(BatchInput market) {
        IVaultCases.Lots lots = BatchRecord.lots(market);
        List<Uint256> generations = history.batches().stream()
                .map(batch -> batch.seq() / GENERATION)
                .distinct()
                .map(Uint256::new)
                .toList();
        assertThat(chain.call(operator, "collectFees", lots, new DynamicArray<>(Uint256.class, generations))
                        .refusal())
                .isEmpty();
        Stream<String> earners = history.batches().stream()
                .flatMap(batch -> Stream.of(batch.seal.referrer, batch.seal.operator))
                .distinct();
        earners.forEach(earner -> assertThat(chain.call(operator, "collectEarned", lots, new Address(earner))
                        .refusal())
                .isEmpty());
    }

    private VaultHistory read() {
        return VaultHistory.read(domain, chain.client(), chain.deployment.block());
    }

    private List<BigInteger> wallet(VaultHistory.Place place) {
        return lens(
                "wallet",
                new Address(chain.vault),
                new Address(place.owner().hex()),
                new Address(place.token().hex()));
    }

    private List<BigInteger> lens(String function, org.web3j.abi.datatypes.Type<?>... arguments) {
        return ask(chain.deployment.lens(), VaultChain.encode(function, arguments));
    }

    private List<BigInteger> ask(String contract, String data) {
        String answer = chain.client()
                .views(List.of(new ChainClient.View(contract, data)))
                .getFirst();
        return IntStream.range(0, answer.length() / WORD_DIGITS)
                .mapToObj(i -> new BigInteger(answer.substring(i * WORD_DIGITS, (i + 1) * WORD_DIGITS), 16))
                .toList();
    }
}
