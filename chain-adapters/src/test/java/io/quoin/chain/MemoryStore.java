package io.quoin.chain;

import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.evm.Hex;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Both stores in memory, as strict as their ports say; can be told to fail. For tests only. */
public final class MemoryStore implements CursorStore, NonceStore {
    /** What a commit does before it fails. */
    public enum Fault {
        /** Nothing was applied. */
        LOST,
        /** All was applied, and only the reply was lost. */
        APPLIED
    }

    private record Key(ChainId chain, EvmAddress sender, ActionId id) {}

    private final Clock clock = Clock.systemUTC();
    private final Map<Key, PendingAction> actions = new LinkedHashMap<>();
    private final Map<Key, EvmNonce> signedNonces = new LinkedHashMap<>();
    private final Map<ActionId, Hex> signedBytes = new LinkedHashMap<>();
    private final List<ChainEvent> events = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private int leasesToFail;
    private @Nullable ChainCursor cursor;
    private int commits;

    /** The next commits fail like that, one after the other. */
    public synchronized void failCommits(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** So many leases fail from now on. */
    public synchronized void failLeases(int count) {
        leasesToFail = count;
    }

    /** Whether a fault still waits. */
    public synchronized boolean faultsWait() {
        return !faults.isEmpty();
    }

    /** All events applied so far, in order. */
    public synchronized List<ChainEvent> events() {
        return List.copyOf(events);
    }

    /** All events of that type applied so far, in order. */
    public synchronized <T extends ChainEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** How an action ended, or empty while it has not. */
    public synchronized Optional<ChainEvent> end(ActionId id) {
        return events.stream()
                .filter(event -> switch (event) {
                    case ChainEvent.ActionMined mined -> mined.action().equals(id);
                    case ChainEvent.ActionFailed failed -> failed.action().equals(id);
                    default -> false;
                })
                .findFirst();
    }

    /** How far an action came. */
    public synchronized ActionState state(ActionId id) {
        return actions.values().stream()
                .filter(pending -> pending.action().id().equals(id))
                .map(PendingAction::state)
                .findFirst()
                .orElseThrow();
    }

    /** How many commits were applied. */
    public synchronized int commits() {
        return commits;
    }

    @Override
    public synchronized Optional<ChainCursor> load(ChainId chain) {
        return Optional.ofNullable(cursor);
    }

    @Override
    public synchronized void commit(ChainBatch batch) {
        Optional<Fault> fault = faults.isEmpty() ? Optional.empty() : Optional.of(faults.removeFirst());
        if (fault.isEmpty() || fault.get() == Fault.APPLIED) {
            apply(batch);
        }
        fault.ifPresent(what -> {
            throw new IllegalStateException("the database is away: " + what);
        });
    }

    private void apply(ChainBatch batch) {
        long known = cursor == null ? -1 : cursor.height().value();
        if (batch.to().height().value() < known) {
            throw new IllegalArgumentException("the cursor would go back");
        }
        for (ChainEvent event : batch.events()) {
            boolean isNew = switch (event) {
                case ChainEvent.Deposited e -> e.at().height().value() > known;
                case ChainEvent.Withdrawn e -> e.at().height().value() > known;
                case ChainEvent.Locked e -> e.at().height().value() > known;
                case ChainEvent.FillSkipped e -> e.at().height().value() > known;
                case ChainEvent.FillClosed e -> e.at().height().value() > known;
                case ChainEvent.Released e -> e.at().height().value() > known;
                case ChainEvent.Refunded e -> e.at().height().value() > known;
                case ChainEvent.ActionMined e -> finish(e.action());
                case ChainEvent.ActionFailed e -> finish(e.action());
            };
            if (isNew) {
                events.add(event);
            }
        }
        cursor = batch.to();
        commits++;
    }

    private boolean finish(ActionId id) {
        for (Map.Entry<Key, PendingAction> entry : actions.entrySet()) {
            if (entry.getKey().id().equals(id)) {
                boolean isNew = !(entry.getValue().state() instanceof ActionState.Finished);
                entry.setValue(with(entry.getValue(), new ActionState.Finished()));
                return isNew;
            }
        }
        throw new IllegalArgumentException("unknown action " + id);
    }

    @Override
    public synchronized PendingAction accept(ChainId chain, EvmAddress sender, ChainAction action) {
        PendingAction fresh = new PendingAction(action, sender, new ActionState.Accepted(), clock.instant());
        PendingAction stored = actions.computeIfAbsent(new Key(chain, sender, action.id()), key -> fresh);
        if (!stored.action().equals(action)) {
            throw new IllegalArgumentException("action " + action.id() + " is known with another intent");
        }
        return stored;
    }

    @Override
    public synchronized List<PendingAction> unfinished(ChainId chain, EvmAddress sender) {
        return actions.values().stream()
                .filter(pending -> !(pending.state() instanceof ActionState.Finished))
                .toList();
    }

    @Override
    public synchronized EvmNonce lease(ActionId action, ChainId chain, EvmAddress sender, EvmNonce chainNext) {
        if (leasesToFail > 0) {
            leasesToFail--;
            throw new IllegalStateException("the database is away: no lease");
        }
        Key key = new Key(chain, sender, action);
        PendingAction pending = Objects.requireNonNull(actions.get(key));
        if (pending.state() instanceof ActionState.Leased(EvmNonce nonce)) {
            return nonce;
        }
        if (!(pending.state() instanceof ActionState.Accepted)) {
            throw new IllegalStateException("action " + action + " is " + pending.state());
        }
        Set<EvmNonce> held = held();
        EvmNonce nonce = chainNext;
        while (held.contains(nonce)) {
            nonce = nonce.next();
        }
        actions.put(key, with(pending, new ActionState.Leased(nonce)));
        return nonce;
    }

    private Set<EvmNonce> held() {
        Set<EvmNonce> held = new HashSet<>(signedNonces.values());
        for (PendingAction pending : actions.values()) {
            if (pending.state() instanceof ActionState.Leased(EvmNonce nonce)) {
                held.add(nonce);
            }
        }
        return held;
    }

    /** The bytes that were signed for an action, finished or not. */
    public synchronized Optional<Hex> signedBytes(ActionId action) {
        return Optional.ofNullable(signedBytes.get(action));
    }

    /** All nonces that were ever signed for. */
    public synchronized Set<EvmNonce> nonces() {
        return new TreeSet<>(signedNonces.values());
    }

    @Override
    public synchronized void signed(ActionId action, EvmNonce nonce, Bytes32 txHash, Hex rawTransaction) {
        Map.Entry<Key, PendingAction> entry = actions.entrySet().stream()
                .filter(candidate -> candidate.getKey().id().equals(action))
                .findFirst()
                .orElseThrow();
        if (!entry.getValue().state().equals(new ActionState.Leased(nonce))) {
            throw new IllegalStateException(
                    "action " + action + " is " + entry.getValue().state());
        }
        signedNonces.put(entry.getKey(), nonce);
        signedBytes.put(action, rawTransaction);
        entry.setValue(with(entry.getValue(), new ActionState.Signed(nonce, txHash, rawTransaction)));
    }

    private static PendingAction with(PendingAction pending, ActionState state) {
        return new PendingAction(pending.action(), pending.sender(), state, pending.acceptedAt());
    }
}
