package io.quoin.chain.evm;

import io.quoin.chain.ChainEvent;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.terms.BatchInput;
import io.quoin.signer.terms.VaultDomain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Turns the vault's logs into events. Those of a locked batch need more than their log: which fills were left out is in
 * logs before it, and the fills themselves are in the transaction's input. Used once, for the logs of whole blocks.
 */
final class LogEvents {
    /** An event and the log that it stands at. */
    record Placed(VaultLog log, ChainEvent event) {}

    private record SkippedFill(VaultLog log, VaultEvents.Decoded.Skipped fill) {}

    private final VaultDomain vault;
    private final Function<Bytes32, VaultTransaction> transactions;
    private final List<Placed> placed = new ArrayList<>();
    private final Map<Bytes32, List<SkippedFill>> skipped = new HashMap<>();

    /** @param transactions how a transaction is looked up that wrote a log */
    LogEvents(VaultDomain vault, Function<Bytes32, VaultTransaction> transactions) {
        this.vault = vault;
        this.transactions = transactions;
    }

    /**
     * The events of those logs. Throws {@link IllegalArgumentException} for a log of a known topic and another form,
     * and when the logs and the input of a transaction do not agree.
     */
    List<Placed> of(List<VaultLog> logs) {
        logs.stream()
                .sorted(Comparator.comparingLong(VaultLog::height).thenComparingInt(VaultLog::logIndex))
                .forEach(log -> VaultEvents.decode(log).ifPresent(decoded -> add(log, decoded)));
        skipped.keySet().stream().findFirst().ifPresent(transaction -> {
            throw new IllegalArgumentException("transaction " + transaction + " left out a fill and locked no batch");
        });
        return List.copyOf(placed);
    }

    private void add(VaultLog log, VaultEvents.Decoded decoded) {
        switch (decoded) {
            case VaultEvents.Decoded.Whole(var event) -> placed.add(new Placed(log, event));
            case VaultEvents.Decoded.Skipped fill ->
                skipped.computeIfAbsent(log.txHash(), hash -> new ArrayList<>()).add(new SkippedFill(log, fill));
            case VaultEvents.Decoded.BatchLocked batch -> addBatch(log, batch);
            case VaultEvents.Decoded.BatchSettled() ->
                throw new IllegalArgumentException(
                        "transaction " + log.txHash()
                                + " settled a batch at once, which this node never does; is the operator's key used elsewhere?");
        }
    }

    private void addBatch(VaultLog log, VaultEvents.Decoded.BatchLocked locked) {
        List<SkippedFill> left = skipped.getOrDefault(log.txHash(), List.of());
        skipped.remove(log.txHash());
        Set<Integer> indices = left.stream().map(one -> one.fill().index()).collect(Collectors.toSet());
        LockedBatch batch = LockedBatch.of(locked, input(log), indices);
        for (SkippedFill one : left) {
            placed.add(new Placed(one.log(), batch.skipped(one.log().position(), one.fill())));
        }
        batch.locked(log.position()).forEach(event -> placed.add(new Placed(log, event)));
    }

    private BatchInput input(VaultLog log) {
        VaultTransaction transaction = transactions.apply(log.txHash());
        boolean asked = transaction.txHash().equals(log.txHash())
                && transaction.blockHash().equals(log.blockHash())
                && transaction.to().equals(vault.vault());
        if (!asked) {
            throw new IllegalArgumentException("transaction " + log.txHash()
                    + " locked a batch, and what is shown for it is another one, or calls another contract");
        }
        return BatchInput.decode(vault, transaction.input().bytes());
    }
}
