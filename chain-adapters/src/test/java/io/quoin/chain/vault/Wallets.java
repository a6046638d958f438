package io.quoin.chain.vault;

import io.quoin.signer.evm.EvmAddress;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The model's balances outside markets, base units, with exits and the numbers of one-time messages. */
final class Wallets {
    /** Whose balance of what. */
    record Place(EvmAddress owner, EvmAddress token) {}

    private record Message(EvmAddress account, BigInteger nonce) {}

    private final EvmAddress operator;
    private final long exitDelay;
    private final Map<Place, BigInteger> amounts = new HashMap<>();
    private final Map<Place, Long> exits = new HashMap<>();
    private final Set<Message> used = new HashSet<>();
    private boolean paused;

    Wallets(EvmAddress operator, long exitDelay) {
        this.operator = operator;
        this.exitDelay = exitDelay;
    }

    BigInteger amount(EvmAddress owner, EvmAddress token) {
        return amounts.getOrDefault(new Place(owner, token), BigInteger.ZERO);
    }

    /** The second of the exit request, or 0. */
    long exitRequestedAt(EvmAddress owner, EvmAddress token) {
        return exits.getOrDefault(new Place(owner, token), 0L);
    }

    /** All of that token in all wallets. */
    BigInteger sum(EvmAddress token) {
        return amounts.entrySet().stream()
                .filter(entry -> entry.getKey().token().equals(token))
                .map(Map.Entry::getValue)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    boolean paused() {
        return paused;
    }

    void pause(boolean pause) {
        paused = pause;
    }

    void credit(EvmAddress owner, EvmAddress token, BigInteger amount) {
        amounts.merge(new Place(owner, token), amount, BigInteger::add);
    }

    void debit(EvmAddress owner, EvmAddress token, BigInteger amount) {
        Refused.unless(amount(owner, token).compareTo(amount) >= 0, "InsufficientBalance");
        amounts.merge(new Place(owner, token), amount.negate(), BigInteger::add);
    }

    void deposit(EvmAddress owner, EvmAddress token, BigInteger amount) {
        Refused.unless(!paused, "Paused");
        Refused.unless(amount.signum() != 0, "ZeroAmount");
        credit(owner, token, amount);
    }

    /** A withdrawal that {@code signer} co-signed. */
    void withdraw(
            long now,
            EvmAddress owner,
            EvmAddress token,
            BigInteger amount,
            BigInteger nonce,
            long deadline,
            EvmAddress signer) {
        checkMessage(now, owner, nonce, deadline);
        Refused.unless(signer.equals(operator), "WrongSigner");
        pay(owner, token, amount);
        used.add(new Message(owner, nonce));
    }

    void requestExit(long now, EvmAddress owner, EvmAddress token) {
        exits.putIfAbsent(new Place(owner, token), now);
    }

    void cancelExit(EvmAddress owner, EvmAddress token) {
        exits.remove(new Place(owner, token));
    }

    void withdrawExit(long now, EvmAddress owner, EvmAddress token) {
        checkRipe(now, owner, token);
        pay(owner, token, amount(owner, token));
    }

    /**
     * A move to the same account of another vault.
     *
     * @param ownerSigner who signed for the owner
     * @param coSigned whether the operator signed too; else the exit must be ripe
     */
    void migrate(
            long now,
            Wallets next,
            EvmAddress owner,
            EvmAddress token,
            BigInteger amount,
            BigInteger nonce,
            long deadline,
            EvmAddress ownerSigner,
            boolean coSigned) {
        checkMessage(now, owner, nonce, deadline);
        Refused.unless(ownerSigner.equals(owner), "WrongSigner");
        if (!coSigned) {
            checkRipe(now, owner, token);
        }
        Refused.unless(amount(owner, token).compareTo(amount) >= 0, "InsufficientBalance");
        next.deposit(owner, token, amount);
        debit(owner, token, amount);
        used.add(new Message(owner, nonce));
    }

    /** Whether an order signed at {@code issued} may still lock the token: R8. */
    boolean mayLock(long now, EvmAddress owner, EvmAddress token, long issued) {
        long requestedAt = exitRequestedAt(owner, token);
        return requestedAt == 0 || (issued <= requestedAt && now < requestedAt + exitDelay / 2);
    }

    private void checkMessage(long now, EvmAddress account, BigInteger nonce, long deadline) {
        Refused.unless(now <= deadline, "SignatureExpired");
        Refused.unless(!used.contains(new Message(account, nonce)), "NonceUsed");
    }

    private void checkRipe(long now, EvmAddress owner, EvmAddress token) {
        long requestedAt = exitRequestedAt(owner, token);
        Refused.unless(requestedAt != 0 && now >= requestedAt + exitDelay, "ExitNotReady");
    }

    private void pay(EvmAddress owner, EvmAddress token, BigInteger amount) {
        Refused.unless(amount.signum() != 0, "ZeroAmount");
        debit(owner, token, amount);
    }
}
