package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.CHAIN_FILL;

import io.quoin.chain.ChainEvent;
import io.quoin.chain.EventPosition;
import io.quoin.matching.AccountId;
import io.quoin.matching.AssetId;
import io.quoin.matching.Command;
import io.quoin.node.ledger.LedgerBook;
import io.quoin.node.ledger.LedgerEntry;
import io.quoin.node.ledger.LedgerEntry.Leg;
import io.quoin.node.market.Asset;
import io.quoin.node.market.Markets;
import io.quoin.node.store.generated.tables.records.ChainFillRecord;
import io.quoin.signer.caip.ChainAccount;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Books what the vault's events say: into the ledger always, and to the engine where it does not know already. A
 * fill that is none of ours (an empty database on an old vault) is booked all the same, since it moved balances.
 * Runs inside one transaction.
 */
final class ChainBooks {
    private static final Logger LOG = LoggerFactory.getLogger(ChainBooks.class);

    private final DSLContext tx;
    private final Markets markets;
    private final ChainId chain;
    private final Instant chainTime;
    private final EngineShare share;

    ChainBooks(DSLContext tx, Markets markets, ChainId chain, Instant chainTime) {
        this.tx = tx;
        this.markets = markets;
        this.chain = chain;
        this.chainTime = chainTime;
        this.share = new EngineShare(tx);
    }

    static String reference(ChainId chain, EventPosition at) {
        return chain + "/" + at.blockHash() + "/" + at.logIndex();
    }

    void deposited(ChainEvent.Deposited event) {
        markets.byToken(event.token())
                .ifPresentOrElse(
                        asset -> {
                            AccountId account = account(event.account());
                            BigInteger before = owned(account, asset.id());
                            LedgerStore.post(
                                    tx,
                                    LedgerEntry.deposit(
                                            reference(chain, event.at()),
                                            chainTime,
                                            account,
                                            asset.id(),
                                            event.amount()));
                            BigInteger credit = asset.engineUnits(before.add(event.amount()))
                                    .subtract(asset.engineUnits(before));
                            tell(reference(chain, event.at()), asset, share.arrived(account, asset, credit));
                        },
                        () -> LOG.info(
                                "deposit of token={} is not served here tx={}",
                                event.token(),
                                event.at().txHash()));
    }

    void withdrawn(ChainEvent.Withdrawn event) {
        markets.byToken(event.token()).ifPresent(asset -> {
            AccountId account = account(event.account());
            BigInteger before = owned(account, asset.id());
            BigInteger known = event.amount().min(LedgerStore.balance(tx, LedgerBook.AVAILABLE, account, asset.id()));
            if (known.compareTo(event.amount()) < 0) {
                LOG.error(
                        "account={} took out {} base units of {}, and the ledger has {}: the vault gave it what this"
                                + " version does not follow (a dispute's award, collected fees) tx={}",
                        event.account(),
                        event.amount(),
                        asset.symbol(),
                        known,
                        event.at().txHash());
            }
            LedgerStore.post(
                    tx,
                    LedgerEntry.withdrawal(
                            reference(chain, event.at()), chainTime, account, asset.id(), known, event.amount()));
            BigInteger debit = asset.engineUnits(before).subtract(asset.engineUnits(before.subtract(known)));
            if (WithdrawalSteps.paid(
                    tx, account, asset.id(), event.amount(), event.at().txHash())) {
                share.paid(asset, debit); // the engine has set it aside, and its inbox says that it left
            } else {
                tell(reference(chain, event.at()), asset, share.left(account, asset, debit));
            }
        });
    }

    /**
     * Books a locked fill.
     *
     * @param escrow the escrow that it is, if the engine matched it and so knows of it
     */
    void locked(ChainEvent.Locked event, Optional<Bytes32> escrow) {
        Optional<Asset> base = markets.byToken(event.base());
        Optional<Asset> quote = markets.byToken(event.quote());
        if (base.isEmpty() || quote.isEmpty()) {
            LOG.warn(
                    "fill={} of batch={} of market={} is in tokens that are not served here",
                    event.index(),
                    event.seq(),
                    event.marketId());
            return;
        }
        ChainFillRecord row = tx.newRecord(CHAIN_FILL);
        row.setChain(chain.toString());
        row.setVaultMarket(event.marketId().hex());
        row.setBatch(event.seq());
        row.setIndex(event.index());
        row.setEscrowId(escrow.map(Bytes32::hex).orElse(null));
        row.setBuyer(account(event.buyer()).value());
        row.setSeller(account(event.seller()).value());
        row.setBaseAsset(base.get().id().value());
        row.setQuoteAsset(quote.get().id().value());
        row.setBaseAmount(event.baseAmount());
        row.setPayAmount(event.payAmount());
        row.setGetAmount(event.getAmount());
        row.setDeadlineSeconds(event.deadlineSeconds());
        row.setSeal(StoreJson.write(event.seal()));
        row.store();
        String reference = reference(event.at(), row);
        LedgerStore.post(tx, LedgerEntry.lock(reference, chainTime, legs(row)));
        if (escrow.isEmpty()) {
            for (Leg leg : legs(row)) {
                Asset asset = markets.asset(leg.asset());
                tell(reference, asset, share.left(leg.payer(), asset, roundedUp(asset, leg.amount())));
            }
        }
    }

    /**
     * Books that every fill which is still in a batch was released or refunded.
     *
     * @return the escrows that ended by it
     */
    List<Bytes32> ended(EventPosition at, Bytes32 market, long batch, boolean released) {
        return tx
                .selectFrom(CHAIN_FILL)
                .where(CHAIN_FILL.CHAIN.eq(chain.toString()))
                .and(CHAIN_FILL.VAULT_MARKET.eq(market.hex()))
                .and(CHAIN_FILL.BATCH.eq(batch))
                .and(CHAIN_FILL.LEFT_BATCH.isFalse())
                .orderBy(CHAIN_FILL.INDEX)
                .fetch()
                .stream()
                .flatMap(row -> end(at, row, released).stream())
                .toList();
    }

    /**
     * Books that one fill left its batch.
     *
     * @return the escrow that it is, if it is one of ours
     */
    Optional<Bytes32> closed(ChainEvent.FillClosed event, FillOutcome outcome) {
        ChainFillRecord row = tx.fetchOne(
                CHAIN_FILL,
                CHAIN_FILL
                        .CHAIN
                        .eq(chain.toString())
                        .and(CHAIN_FILL.VAULT_MARKET.eq(event.marketId().hex()))
                        .and(CHAIN_FILL.BATCH.eq(event.seq()))
                        .and(CHAIN_FILL.INDEX.eq(event.index())));
        if (row == null) {
            LOG.warn(
                    "fill={} of batch={} of market={} is not in this ledger",
                    event.index(),
                    event.seq(),
                    event.marketId());
            return Optional.empty();
        }
        if (row.getLeftBatch()) {
            return Optional.empty(); // as its batch ended; its amounts were booked then
        }
        return switch (outcome) {
            case RELEASED -> end(event.at(), row, true);
            case REFUNDED -> end(event.at(), row, false);
            case DISPUTED -> {
                LOG.error(
                        "a dispute is not followed: escrow={} tx={}",
                        row.getEscrowId(),
                        event.at().txHash());
                row.setLeftBatch(true);
                row.store();
                yield Optional.ofNullable(row.getEscrowId()).map(Bytes32::new);
            }
        };
    }

    private Optional<Bytes32> end(EventPosition at, ChainFillRecord row, boolean released) {
        row.setLeftBatch(true);
        row.store();
        String reference = reference(at, row);
        LedgerStore.post(
                tx,
                released
                        ? LedgerEntry.release(reference, chainTime, legs(row))
                        : LedgerEntry.refund(reference, chainTime, legs(row)));
        if (row.getEscrowId() != null) {
            return Optional.of(new Bytes32(row.getEscrowId()));
        }
        for (Leg leg : legs(row)) {
            AccountId to = released ? leg.payee() : leg.payer();
            Asset asset = markets.asset(leg.asset());
            BigInteger amount = released ? leg.received() : leg.amount();
            tell(reference, asset, share.arrived(to, asset, asset.engineUnits(amount)));
        }
        return Optional.empty();
    }

    private static List<Leg> legs(ChainFillRecord row) {
        AccountId buyer = new AccountId(row.getBuyer());
        AccountId seller = new AccountId(row.getSeller());
        return List.of(
                new Leg(buyer, seller, new AssetId(row.getQuoteAsset()), row.getPayAmount(), row.getGetAmount()),
                new Leg(seller, buyer, new AssetId(row.getBaseAsset()), row.getBaseAmount(), row.getBaseAmount()));
    }

    private String reference(EventPosition at, ChainFillRecord row) {
        return reference(chain, at) + "/" + row.getIndex();
    }

    private void tell(String reference, Asset asset, List<Command> commands) {
        for (int i = 0; i < commands.size(); i++) {
            Inbox.put(tx, reference + "/" + asset.id().value() + "/" + i, commands.get(i));
        }
    }

    private static BigInteger roundedUp(Asset asset, BigInteger baseUnits) {
        return asset.engineUnits(baseUnits.add(asset.engineUnit()).subtract(BigInteger.ONE));
    }

    private AccountId account(EvmAddress address) {
        return Accounts.number(tx, new ChainAccount(chain, address));
    }

    private BigInteger owned(AccountId account, AssetId asset) {
        return LedgerStore.balance(tx, LedgerBook.AVAILABLE, account, asset)
                .add(LedgerStore.balance(tx, LedgerBook.LOCKED, account, asset));
    }
}
