package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.CHAIN_ACTION;

import io.quoin.chain.ActionId;
import io.quoin.chain.ActionState;
import io.quoin.chain.ChainAction;
import io.quoin.chain.NonceStore;
import io.quoin.chain.PendingAction;
import io.quoin.node.market.Markets;
import io.quoin.node.settlement.ActionKind;
import io.quoin.node.store.generated.tables.records.ChainActionRecord;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmNonce;
import io.quoin.signer.evm.Hex;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jooq.DSLContext;

/**
 * Actions, nonces and signed bytes in PostgreSQL. An action is there before its adapter accepts it: settlement wrote
 * it in the transaction that asked for it.
 */
public final class PostgresNonceStore implements NonceStore {
    private final Database database;
    private final Markets markets;
    private final Clock clock;

    /** Makes a store of actions on these markets' escrows. */
    public PostgresNonceStore(Database database, Markets markets, Clock clock) {
        this.database = database;
        this.markets = markets;
        this.clock = clock;
    }

    @Override
    public PendingAction accept(ChainId chain, EvmAddress sender, ChainAction action) {
        return database.in(tx -> {
            ChainActionRecord row = locked(tx, action.id());
            ActionKind kind = ActionKind.valueOf(row.getKind());
            boolean sameIntent = ActionIntents.intent(tx, markets, row).equals(action.intent());
            if (!row.getChain().equals(chain.toString()) || !sameIntent) {
                throw new IllegalArgumentException("action " + action.id() + " is known with another intent");
            }
            if (row.getState().equals("REQUESTED")) {
                row.setState("ACCEPTED");
                row.setSender(sender.hex());
                row.setAcceptedAt(clock.instant().atOffset(ZoneOffset.UTC));
                row.store();
                EscrowSteps.take(
                        tx,
                        EscrowSteps.Happening.of(new Bytes32(row.getEscrowId()), kind.submitted()),
                        clock.instant());
            } else if (row.getSender() != null && !row.getSender().equals(sender.hex())) {
                throw new IllegalArgumentException("action " + action.id() + " is another sender's");
            }
            return pending(action, sender, row);
        });
    }

    @Override
    public List<PendingAction> unfinished(ChainId chain, EvmAddress sender) {
        return database.in(tx -> tx.selectFrom(CHAIN_ACTION)
                .where(CHAIN_ACTION.CHAIN.eq(chain.toString()))
                .and(CHAIN_ACTION.SENDER.eq(sender.hex()))
                .and(CHAIN_ACTION.STATE.in("ACCEPTED", "LEASED", "SIGNED"))
                .orderBy(CHAIN_ACTION.ACCEPTED_AT, CHAIN_ACTION.ID)
                .fetch()
                .map(row -> pending(
                        new ChainAction(new ActionId(new Bytes32(row.getId())), ActionIntents.intent(tx, markets, row)),
                        sender,
                        row)));
    }

    @Override
    public EvmNonce lease(ActionId action, ChainId chain, EvmAddress sender, EvmNonce chainNext) {
        return database.in(tx -> {
            ChainActionRecord row = locked(tx, action);
            if (row.getNonce() != null) {
                return new EvmNonce(row.getNonce());
            }
            requireState(row, "ACCEPTED");
            long nonce = chainNext.value();
            for (long held : heldFrom(tx, chain, sender, chainNext)) {
                if (held != nonce) {
                    break;
                }
                nonce++;
            }
            row.setNonce(nonce);
            row.setState("LEASED");
            row.store();
            return new EvmNonce(nonce);
        });
    }

    @Override
    public void signed(ActionId action, EvmNonce nonce, Bytes32 txHash, Hex rawTransaction) {
        database.run(tx -> {
            ChainActionRecord row = locked(tx, action);
            if (row.getState().equals("SIGNED") && txHash.hex().equals(row.getTxHash())) {
                return;
            }
            requireState(row, "LEASED");
            if (!Objects.equals(row.getNonce(), nonce.value())) {
                throw new IllegalStateException(
                        "action " + action + " holds nonce " + row.getNonce() + ", not " + nonce);
            }
            row.setState("SIGNED");
            row.setTxHash(txHash.hex());
            row.setRaw(rawTransaction.bytes());
            row.store();
        });
    }

    private static List<Long> heldFrom(DSLContext tx, ChainId chain, EvmAddress sender, EvmNonce from) {
        return tx.select(CHAIN_ACTION.NONCE)
                .from(CHAIN_ACTION)
                .where(CHAIN_ACTION.CHAIN.eq(chain.toString()))
                .and(CHAIN_ACTION.SENDER.eq(sender.hex()))
                .and(CHAIN_ACTION.NONCE.ge(from.value()))
                .orderBy(CHAIN_ACTION.NONCE)
                .fetch(CHAIN_ACTION.NONCE);
    }

    private static ChainActionRecord locked(DSLContext tx, ActionId action) {
        ChainActionRecord row = tx.selectFrom(CHAIN_ACTION)
                .where(CHAIN_ACTION.ID.eq(action.value().hex()))
                .forUpdate()
                .fetchOne();
        if (row == null) {
            throw new IllegalArgumentException("nobody asked for action " + action);
        }
        return row;
    }

    private static void requireState(ChainActionRecord row, String state) {
        if (!row.getState().equals(state)) {
            throw new IllegalStateException("action " + row.getId() + " is " + row.getState() + ", not " + state);
        }
    }

    private static PendingAction pending(ChainAction action, EvmAddress sender, ChainActionRecord row) {
        ActionState state = switch (row.getState()) {
            case "ACCEPTED" -> new ActionState.Accepted();
            case "LEASED" -> new ActionState.Leased(new EvmNonce(row.getNonce()));
            case "SIGNED" ->
                new ActionState.Signed(
                        new EvmNonce(row.getNonce()), new Bytes32(row.getTxHash()), Hex.of(row.getRaw()));
            default -> new ActionState.Finished();
        };
        var acceptedAt = row.getAcceptedAt() == null ? row.getCreatedAt() : row.getAcceptedAt();
        return new PendingAction(action, sender, state, acceptedAt.toInstant());
    }
}
