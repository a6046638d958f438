package io.quoin.chain.vault;

import io.quoin.contracts.IEscrowVault;
import io.quoin.contracts.IVaultCases;
import io.quoin.contracts.IVaultSingles;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.BatchInput;
import io.quoin.signer.terms.VaultDomain;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.utils.Numeric;
import tools.jackson.databind.JsonNode;

/**
 * Every balance, batch and escrow of a vault, rebuilt from its logs and from the input of the transactions that locked
 * and settled; nothing else is asked. docs/contracts.md, "Rebuilding balances from the chain".
 */
final class VaultHistory {
    /** Whose balance of what. */
    record Place(EvmAddress owner, EvmAddress token) {}

    private record BatchId(Bytes32 market, long seq) {}

    private final VaultDomain domain;
    private final ChainClient client;
    private final Map<String, Consumer<Log>> readers = new HashMap<>();
    private final Set<Integer> skipped = new HashSet<>();
    private final Map<Bytes32, BatchInput> markets = new HashMap<>();
    private final Map<EvmAddress, BigInteger> fees = new HashMap<>();
    private final Map<BatchId, BatchRecord> batches = new HashMap<>();
    private final Map<Place, BigInteger> free = new HashMap<>();

    /** Seconds of exit requests. */
    final Map<Place, Long> exits = new HashMap<>();

    final Map<Bytes32, EscrowRecord> escrows =
            new TreeMap<>((one, other) -> one.hex().compareTo(other.hex()));

    private VaultHistory(VaultDomain domain, ChainClient client) {
        this.domain = domain;
        this.client = client;
        readMoney();
        readBatches();
        readEscrows();
    }

    /** The history from that block to the newest. */
    static VaultHistory read(VaultDomain domain, ChainClient client, long fromBlock) {
        VaultHistory history = new VaultHistory(domain, client);
        Map<String, String> filter =
                Map.of("address", domain.vault().hex(), "fromBlock", "0x" + Long.toHexString(fromBlock));
        for (JsonNode node : client.ask("eth_getLogs", filter)) {
            Log log = VaultChain.log(node);
            Consumer<Log> reader = history.readers.get(log.getTopics().getFirst());
            if (reader != null) {
                reader.accept(log);
            }
        }
        return history;
    }

    /** Who ever had a balance. */
    Set<Place> places() {
        return free.keySet();
    }

    /** What an owner has of a token that no trade and no escrow holds, wherever in the vault it is. */
    BigInteger free(Place place) {
        return free.getOrDefault(place, BigInteger.ZERO);
    }

    List<BatchRecord> batches() {
        return List.copyOf(batches.values());
    }

    /** Fees of a token that were earned and not yet collected. */
    BigInteger fees(EvmAddress token) {
        return fees.getOrDefault(token, BigInteger.ZERO);
    }

    /** All that the vault owes of a token. */
    BigInteger owed(EvmAddress token) {
        BigInteger sum = fees(token);
        for (Map.Entry<Place, BigInteger> entry : free.entrySet()) {
            sum = entry.getKey().token().equals(token) ? sum.add(entry.getValue()) : sum;
        }
        for (BatchRecord batch : batches.values()) {
            for (int index : batch.ended() ? List.<Integer>of() : batch.left()) {
                sum = sum.add(held(batch, index, token));
            }
        }
        for (EscrowRecord escrow : escrows.values()) {
            sum = sum.add(escrow.held(token));
        }
        return sum;
    }

    private static BigInteger held(BatchRecord batch, int index, EvmAddress token) {
        BatchInput input = batch.input;
        if (token.equals(input.lots().base())) {
            return input.baseUnits(input.fills().get(index).amounts().base());
        }
        return token.equals(input.lots().quote())
                ? input.quoteUnits(input.fills().get(index).amounts().pay())
                : BigInteger.ZERO;
    }

    private void readMoney() {
        on(IEscrowVault.DEPOSITED_EVENT, log -> {
            var event = IEscrowVault.getDepositedEventFromLog(log);
            credit(event.account, event.token, event.amount);
        });
        on(IEscrowVault.WITHDRAWN_EVENT, log -> {
            var event = IEscrowVault.getWithdrawnEventFromLog(log);
            credit(event.account, event.token, event.amount.negate());
        });
        on(IEscrowVault.EXITREQUESTED_EVENT, log -> {
            var event = IEscrowVault.getExitRequestedEventFromLog(log);
            exits.put(place(event.account, event.token), event.requestedAt.longValueExact());
        });
        on(IEscrowVault.EXITCANCELLED_EVENT, log -> {
            var event = IEscrowVault.getExitCancelledEventFromLog(log);
            exits.remove(place(event.account, event.token));
        });
        on(IEscrowVault.FEESCOLLECTED_EVENT, log -> {
            var event = IEscrowVault.getFeesCollectedEventFromLog(log);
            BatchInput market = markets.get(Bytes32.of(event.marketId));
            if (market != null) {
                BigInteger amount = market.quoteUnits(event.lots);
                earn(market.lots().quote(), amount.negate());
                credit(event.account, market.lots().quote().hex(), amount);
            }
        });
    }

    private void readBatches() {
        on(
                IEscrowVault.FILLSKIPPED_EVENT,
                log -> skipped.add(
                        IEscrowVault.getFillSkippedEventFromLog(log).index.intValueExact()));
        on(IEscrowVault.LOCKED_EVENT, log -> {
            var event = IEscrowVault.getLockedEventFromLog(log);
            BatchRecord batch = new BatchRecord(input(log), event, skipped);
            skipped.clear();
            batches.put(new BatchId(Bytes32.of(event.seal.marketId), batch.seq()), batch);
            batch.locked().forEach(index -> take(batch.input, index));
        });
        on(IEscrowVault.SETTLED_EVENT, log -> {
            BatchInput input = input(log);
            for (int i = 0; i < input.fills().size(); i++) {
                if (!skipped.contains(i)) {
                    take(input, i);
                    give(input, i, true);
                }
            }
            skipped.clear();
        });
        on(IEscrowVault.RELEASED_EVENT, log -> {
            var event = IEscrowVault.getReleasedEventFromLog(log);
            end(event.marketId, event.seq, 1);
        });
        on(IEscrowVault.REFUNDED_EVENT, log -> {
            var event = IEscrowVault.getRefundedEventFromLog(log);
            end(event.marketId, event.seq, 2);
        });
        on(IEscrowVault.FILLCLOSED_EVENT, log -> {
            var event = IEscrowVault.getFillClosedEventFromLog(log);
            BatchRecord batch = batch(event.marketId, event.seq);
            int index = event.index.intValueExact();
            batch.gone.add(index);
            int outcome = event.outcome.intValueExact();
            if (!batch.ended() && outcome != EscrowRecord.MOVED) {
                give(batch.input, index, outcome == 1);
            }
        });
    }

    private void readEscrows() {
        on(IVaultSingles.SWAPRESERVED_EVENT, log -> {
            var event = IVaultSingles.getSwapReservedEventFromLog(log);
            begin(Bytes32.of(event.escrowId), EscrowRecord.reserved(event.escrow));
        });
        on(IVaultCases.ESCROWOPENED_EVENT, log -> {
            var event = IVaultCases.getEscrowOpenedEventFromLog(log);
            EscrowRecord opened = EscrowRecord.opened(event.escrow);
            escrows.values().stream().filter(opened::follows).forEach(EscrowRecord::bound);
            begin(Bytes32.of(event.escrowId), opened);
        });
        on(
                IVaultCases.MARKEDPAID_EVENT,
                log -> escrow(IVaultCases.getMarkedPaidEventFromLog(log).escrowId)
                        .paid());
        on(IVaultCases.DISPUTED_EVENT, log -> {
            var event = IVaultCases.getDisputedEventFromLog(log);
            escrow(event.escrowId).disputed(event.until.longValueExact());
        });
        on(IVaultSingles.BONDSHELD_EVENT, log -> {
            var event = IVaultSingles.getBondsHeldEventFromLog(log);
            escrow(event.escrowId).bondsHeld(event.until.longValueExact());
        });
        on(IVaultSingles.BONDSSETTLED_EVENT, log -> {
            var event = IVaultSingles.getBondsSettledEventFromLog(log);
            pay(escrow(event.escrowId).bondsSettled(event.forfeits.intValueExact()));
        });
        on(IVaultCases.ESCROWENDED_EVENT, log -> {
            var event = IVaultCases.getEscrowEndedEventFromLog(log);
            pay(escrow(event.escrowId).ended(event.quoteToBuyer, event.baseToBuyer));
        });
    }

    private void begin(Bytes32 id, EscrowRecord escrow) {
        escrows.put(id, escrow);
        pay(escrow.taken());
    }

    /** Credits and debits; what is nobody's yet is a fee. */
    private void pay(List<EscrowRecord.Payment> payments) {
        for (EscrowRecord.Payment payment : payments) {
            payment.owner()
                    .ifPresentOrElse(
                            owner -> credit(owner.hex(), payment.token().hex(), payment.amount()),
                            () -> earn(payment.token(), payment.amount()));
        }
    }

    private void end(byte[] market, BigInteger seq, int outcome) {
        BatchRecord batch = batch(market, seq);
        batch.left().forEach(index -> give(batch.input, index, outcome == 1));
        batch.end(outcome);
    }

    private void take(BatchInput input, int index) {
        BatchInput.Fill fill = input.fills().get(index);
        credit(
                buyer(fill),
                input.lots().quote().hex(),
                input.quoteUnits(fill.amounts().pay()).negate());
        credit(
                seller(fill),
                input.lots().base().hex(),
                input.baseUnits(fill.amounts().base()).negate());
    }

    private void give(BatchInput input, int index, boolean forth) {
        BatchInput.Fill fill = input.fills().get(index);
        BigInteger base = input.baseUnits(fill.amounts().base());
        BigInteger pay = input.quoteUnits(fill.amounts().pay());
        BigInteger get = input.quoteUnits(fill.amounts().get());
        credit(forth ? buyer(fill) : seller(fill), input.lots().base().hex(), base);
        credit(forth ? seller(fill) : buyer(fill), input.lots().quote().hex(), forth ? get : pay);
        if (forth) {
            earn(input.lots().quote(), pay.subtract(get));
        }
    }

    /** The input of the log's transaction, which is a call of the vault that locks or settles. */
    private BatchInput input(Log log) {
        String data = client.ask("eth_getTransactionByHash", log.getTransactionHash())
                .path("input")
                .asString();
        BatchInput input = BatchInput.decode(domain, Numeric.hexStringToByteArray(data));
        markets.put(input.lots().id(), input);
        return input;
    }

    private BatchRecord batch(byte[] market, BigInteger seq) {
        BatchRecord batch = batches.get(new BatchId(Bytes32.of(market), seq.longValueExact()));
        if (batch == null) {
            throw new IllegalStateException("the chain tells of a batch " + seq + " that it never locked");
        }
        return batch;
    }

    private EscrowRecord escrow(byte[] id) {
        EscrowRecord escrow = escrows.get(Bytes32.of(id));
        if (escrow == null) {
            throw new IllegalStateException("the chain tells of an escrow that it never opened");
        }
        return escrow;
    }

    private void on(Event event, Consumer<Log> reader) {
        readers.put(EventEncoder.encode(event), reader);
    }

    private void credit(String owner, String token, BigInteger amount) {
        free.merge(place(owner, token), amount, BigInteger::add);
    }

    private void earn(EvmAddress token, BigInteger amount) {
        fees.merge(token, amount, BigInteger::add);
    }

    private static Place place(String owner, String token) {
        return new Place(EvmAddress.of(owner), EvmAddress.of(token));
    }

    private static String buyer(BatchInput.Fill fill) {
        return fill.buy().order().trader().hex();
    }

    private static String seller(BatchInput.Fill fill) {
        return fill.sell().order().trader().hex();
    }

    /** Accounts of markets, for whoever wants to gather them. */
    List<BatchInput> markets() {
        return new ArrayList<>(markets.values());
    }
}
