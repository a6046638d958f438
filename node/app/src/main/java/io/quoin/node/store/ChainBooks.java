package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.CHAIN_ESCROW;

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
import io.quoin.node.store.generated.tables.records.ChainEscrowRecord;
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
 * Books what the vault's events say: into the ledger always, and to the engine where it does not know already. An
 * escrow that is none of ours (an empty database on an old vault) is booked all the same, since it moved balances.
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
                            tell(event.at(), asset, share.arrived(account, asset, credit));
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
            LedgerStore.post(
                    tx,
                    LedgerEntry.withdrawal(
                            reference(chain, event.at()), chainTime, account, asset.id(), event.amount()));
            BigInteger debit = asset.engineUnits(before).subtract(asset.engineUnits(before.subtract(event.amount())));
            tell(event.at(), asset, share.left(account, asset, debit));
        });
    }

    /** Books a lock; {@code ours} if the engine matched it and so knows of it. */
    void locked(ChainEvent.Locked event, boolean ours) {
        Optional<Asset> base = markets.byToken(event.base());
        Optional<Asset> quote = markets.byToken(event.quote());
        if (base.isEmpty() || quote.isEmpty()) {
            LOG.warn("escrow={} is in tokens that are not served here", event.escrowId());
            return;
        }
        ChainEscrowRecord row = tx.newRecord(CHAIN_ESCROW);
        row.setChain(chain.toString());
        row.setId(event.escrowId().hex());
        row.setBuyer(account(event.buyer()).value());
        row.setSeller(account(event.seller()).value());
        row.setBaseAsset(base.get().id().value());
        row.setQuoteAsset(quote.get().id().value());
        row.setBaseAmount(event.baseAmount());
        row.setQuoteAmount(event.quoteAmount());
        row.store();
        LedgerStore.post(tx, LedgerEntry.lock(reference(chain, event.at()), chainTime, legs(row)));
        if (!ours) {
            for (Leg leg : legs(row)) {
                Asset asset = markets.asset(leg.asset());
                tell(event.at(), asset, share.left(leg.payer(), asset, roundedUp(asset, leg.amount())));
            }
        }
    }

    /** Books a release or a refund; {@code ours} if the engine matched it and so knows of it. */
    void ended(EventPosition at, Bytes32 escrow, boolean released, boolean ours) {
        ChainEscrowRecord row = tx.fetchOne(
                CHAIN_ESCROW, CHAIN_ESCROW.CHAIN.eq(chain.toString()).and(CHAIN_ESCROW.ID.eq(escrow.hex())));
        if (row == null || row.getEnded()) {
            LOG.warn("escrow={} ended on chain without having been locked in this ledger", escrow);
            return;
        }
        row.setEnded(true);
        row.store();
        String reference = reference(chain, at);
        LedgerStore.post(
                tx,
                released
                        ? LedgerEntry.release(reference, chainTime, legs(row))
                        : LedgerEntry.refund(reference, chainTime, legs(row)));
        if (!ours) {
            for (Leg leg : legs(row)) {
                AccountId to = released ? leg.payee() : leg.payer();
                Asset asset = markets.asset(leg.asset());
                tell(at, asset, share.arrived(to, asset, asset.engineUnits(leg.amount())));
            }
        }
    }

    private static List<Leg> legs(ChainEscrowRecord row) {
        AccountId buyer = new AccountId(row.getBuyer());
        AccountId seller = new AccountId(row.getSeller());
        return List.of(
                new Leg(buyer, seller, new AssetId(row.getQuoteAsset()), row.getQuoteAmount()),
                new Leg(seller, buyer, new AssetId(row.getBaseAsset()), row.getBaseAmount()));
    }

    private void tell(EventPosition at, Asset asset, List<Command> commands) {
        for (int i = 0; i < commands.size(); i++) {
            Inbox.put(tx, reference(chain, at) + "/" + asset.id().value() + "/" + i, commands.get(i));
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
