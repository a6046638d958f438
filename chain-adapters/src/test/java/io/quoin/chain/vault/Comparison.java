package io.quoin.chain.vault;

import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.OrderSide;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.generated.Uint256;

/** Asks the vault's views for every balance and every state, and the model for the same. */
final class Comparison {
    private static final int WORD_DIGITS = 64;

    private record Question(String what, ChainClient.View view, List<BigInteger> expected) {}

    private final Life life;
    private final OrderDesk desk;
    private final BatchMoves batches;
    private final EscrowMoves escrows;

    Comparison(Life life, OrderDesk desk, BatchMoves batches, EscrowMoves escrows) {
        this.life = life;
        this.desk = desk;
        this.batches = batches;
        this.escrows = escrows;
    }

    /** What differs, in words; empty when nothing does. */
    List<String> differences() {
        List<Question> questions = questions();
        List<String> answers =
                life.chain.client().views(questions.stream().map(Question::view).toList());
        return IntStream.range(0, questions.size())
                .filter(i -> !words(answers.get(i)).equals(questions.get(i).expected()))
                .mapToObj(i -> "%s: the vault says %s, the model %s"
                        .formatted(
                                questions.get(i).what(),
                                words(answers.get(i)),
                                questions.get(i).expected()))
                .toList();
    }

    private List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (EvmAddress token : List.of(life.base, life.quote)) {
            BigInteger owed = life.wallets.sum(token).add(life.model.sum(token)).add(life.escrows.sum(token));
            Address vault = new Address(life.chain.vault);
            questions.add(new Question(
                    "what the vault holds of " + token,
                    new ChainClient.View(token.hex(), VaultChain.encode("balanceOf", vault)),
                    List.of(owed)));
            for (EvmAddress owner : life.owners()) {
                questions.add(wallet(life.chain.vault, life.wallets, owner, token));
                questions.add(wallet(life.nextVault, life.nextWallets, owner, token));
            }
        }
        for (EvmAddress owner : life.owners()) {
            questions.add(account(OrderSide.BUY, owner));
            questions.add(account(OrderSide.SELL, owner));
        }
        batches.known.forEach(batch -> questions.add(outcome(batch.model())));
        escrows.known.forEach(escrow -> questions.add(state(escrow)));
        return questions;
    }

    private Question wallet(String vault, Wallets wallets, EvmAddress owner, EvmAddress token) {
        String data =
                VaultChain.encode("wallet", new Address(vault), new Address(owner.hex()), new Address(token.hex()));
        return new Question(
                "wallet of %s in %s at %s".formatted(owner, token, vault),
                lens(data),
                List.of(wallets.amount(owner, token), BigInteger.valueOf(wallets.exitRequestedAt(owner, token))));
    }

    /** Lanes whose batches have ended alike count as free; the rest waits. */
    private Question account(OrderSide side, EvmAddress owner) {
        Account account = life.model.account(side, owner);
        long pay = account.pay;
        long get = account.get;
        long pendingPay = 0;
        long pendingGet = 0;
        for (Account.Lane lane : account.lanes().toList()) {
            long pays = lane.fills.stream().mapToLong(account::pays).sum();
            long gets = lane.fills.stream().mapToLong(account::gets).sum();
            switch (life.model.batches.common(lane)) {
                case RELEASED -> get += gets;
                case REFUNDED -> pay += pays;
                case OPEN -> {
                    pendingPay += pays;
                    pendingGet += gets;
                }
            }
        }
        String data = VaultChain.encode(
                "account",
                new Address(life.chain.vault),
                desk.lots(),
                new Uint256(side.code()),
                new Address(owner.hex()));
        return new Question(
                "account %s of %s".formatted(side, owner),
                lens(data),
                numbers(pay, get, pendingPay, pendingGet, account.exiting ? 1 : 0));
    }

    private Question outcome(Batches.Batch batch) {
        String data = VaultChain.encode(
                "outcome",
                new Address(life.chain.vault),
                TypedMessages.word(life.lots.id().bytes()),
                new Uint256(batch.seq));
        return new Question("outcome of batch " + batch.seq, lens(data), numbers(batch.outcome()));
    }

    private Question state(EscrowMoves.Known escrow) {
        String data =
                VaultChain.encode("escrowState", TypedMessages.word(escrow.id().bytes()));
        return new Question(
                "state of escrow " + escrow.id(),
                new ChainClient.View(life.chain.vault, data),
                numbers(escrow.model().state.code(), escrow.model().until));
    }

    private ChainClient.View lens(String data) {
        return new ChainClient.View(life.chain.deployment.lens(), data);
    }

    private static List<BigInteger> numbers(long... values) {
        return java.util.Arrays.stream(values).mapToObj(BigInteger::valueOf).toList();
    }

    private static List<BigInteger> words(String answer) {
        return IntStream.range(0, answer.length() / WORD_DIGITS)
                .mapToObj(i -> new BigInteger(answer.substring(i * WORD_DIGITS, (i + 1) * WORD_DIGITS), 16))
                .toList();
    }
}
