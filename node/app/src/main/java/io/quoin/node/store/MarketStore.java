package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.ASSET;
import static io.quoin.node.store.generated.Tables.MARKET;
import static io.quoin.node.store.generated.Tables.NETWORK;

import io.quoin.matching.AssetId;
import io.quoin.matching.Command;
import io.quoin.matching.MarketId;
import io.quoin.node.market.Asset;
import io.quoin.node.market.Decimals;
import io.quoin.node.market.DeploymentFile;
import io.quoin.node.market.DeploymentFile.AssetEntry;
import io.quoin.node.market.DeploymentFile.MarketEntry;
import io.quoin.node.market.Market;
import io.quoin.node.market.Markets;
import io.quoin.node.market.SettlementTerms;
import io.quoin.node.store.generated.tables.records.AssetRecord;
import io.quoin.node.store.generated.tables.records.MarketRecord;
import io.quoin.node.store.generated.tables.records.NetworkRecord;
import io.quoin.signer.caip.ChainAsset;
import io.quoin.signer.caip.ChainId;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.terms.EscrowTerms;
import io.quoin.signer.terms.SettlementMode;
import io.quoin.signer.terms.VaultDomain;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/**
 * Ties a database to one chain and vault, and gives assets and markets the numbers that the engine knows them by.
 * What is once written stays: a lot or tick that changed under open orders would change what was signed.
 */
public final class MarketStore {
    private static final int BASIS_POINTS = 10_000;
    /** Both legs of a fill of mode ESCROW lie in the vault, which refuses a bond there. */
    private static final int NO_BOND = 0;

    private MarketStore() {}

    /**
     * Registers what a deployment file says, or finds it registered.
     *
     * @throws IllegalStateException if the database belongs to another chain or vault, or knows a market otherwise;
     *     the message says which
     */
    public static Markets register(Database database, DeploymentFile file) {
        return database.in(tx -> {
            VaultDomain vault = vault(file);
            requireNetwork(tx, vault);
            List<Asset> assets = new ArrayList<>();
            for (AssetEntry entry : file.assets()) {
                assets.add(asset(tx, vault.chain(), entry));
            }
            List<Market> markets = new ArrayList<>();
            for (MarketEntry entry : file.markets()) {
                markets.add(market(tx, vault, entry, assets));
            }
            return new Markets(markets, assets);
        });
    }

    private static VaultDomain vault(DeploymentFile file) {
        return new VaultDomain(ChainId.parse(file.chain()), EvmAddress.of(file.vault()));
    }

    private static void requireNetwork(DSLContext tx, VaultDomain vault) {
        NetworkRecord known = tx.selectFrom(NETWORK).fetchAny();
        if (known == null) {
            tx.insertInto(NETWORK, NETWORK.CHAIN, NETWORK.VAULT)
                    .values(vault.chain().toString(), vault.vault().hex())
                    .execute();
        } else if (!known.getChain().equals(vault.chain().toString())
                || !known.getVault().equals(vault.vault().hex())) {
            throw new IllegalStateException("this database belongs to the vault " + known.getVault() + " on "
                    + known.getChain() + ", not to " + vault.vault() + " on " + vault.chain()
                    + "; give the node the deployment file of that vault, or another database");
        }
    }

    private static Asset asset(DSLContext tx, ChainId chain, AssetEntry entry) {
        EvmAddress token = EvmAddress.of(entry.token());
        ChainAsset name = ChainAsset.erc20(chain, token);
        AssetRecord row = tx.fetchOne(ASSET, ASSET.CHAIN_ASSET.eq(name.toString()));
        if (row == null) {
            row = tx.newRecord(ASSET);
            row.setChainAsset(name.toString());
            row.setSymbol(entry.symbol());
            row.setDecimals(entry.decimals());
            row.setEngineUnit(Asset.engineUnit(entry.decimals()));
            row.store();
        } else if (row.getDecimals() != entry.decimals()) {
            throw new IllegalStateException(
                    "asset " + name + " has " + row.getDecimals() + " decimals in this database, " + entry.decimals()
                            + " in the deployment file; they cannot change");
        }
        return new Asset(new AssetId(row.getId()), name, token, entry.symbol(), entry.decimals(), row.getEngineUnit());
    }

    private static Market market(DSLContext tx, VaultDomain vault, MarketEntry entry, List<Asset> assets) {
        Asset base = bySymbol(assets, entry.base(), entry.symbol());
        Asset quote = bySymbol(assets, entry.quote(), entry.symbol());
        JSONB definition = StoreJson.write(entry);
        MarketRecord row = tx.fetchOne(MARKET, MARKET.SYMBOL.eq(entry.symbol()));
        boolean isNew = row == null;
        if (row == null) {
            row = tx.newRecord(MARKET);
            row.setSymbol(entry.symbol());
            row.setBaseAsset(base.id().value());
            row.setQuoteAsset(quote.id().value());
            row.setDefinition(definition);
            row.store();
        } else if (!StoreJson.read(row.getDefinition(), MarketEntry.class).equals(entry)) {
            throw new IllegalStateException("market " + entry.symbol() + " is defined otherwise in this database: "
                    + row.getDefinition() + "; open a new market under another symbol");
        }
        Market market = new Market(
                new MarketId(row.getId()),
                entry.symbol(),
                base,
                quote,
                amount(entry.lotSize(), base, entry.symbol() + " lotSize"),
                amount(entry.tickSize(), quote, entry.symbol() + " tickSize"),
                terms(entry),
                vault);
        if (isNew) {
            LockCells.register(tx, market.id());
            Inbox.put(tx, "market/" + entry.symbol(), new Command.OpenMarket(market.spec()));
        }
        return market;
    }

    private static SettlementTerms terms(MarketEntry entry) {
        SettlementMode mode = SettlementMode.valueOf(entry.mode());
        if (mode != SettlementMode.ESCROW) {
            throw new IllegalStateException("market " + entry.symbol() + ": mode " + mode + " is not offered yet, only "
                    + SettlementMode.ESCROW);
        }
        return new SettlementTerms(
                mode,
                new EscrowTerms(
                        entry.arbiterId(),
                        entry.paymentWindow(),
                        entry.refundDelay(),
                        entry.disputeBound(),
                        EvmAddress.of(entry.fallbackArbiter()),
                        share(entry),
                        NO_BOND,
                        NO_BOND));
    }

    private static int share(MarketEntry entry) {
        if (entry.fallbackToBuyer() < 0 || entry.fallbackToBuyer() > BASIS_POINTS) {
            throw new IllegalStateException("market " + entry.symbol() + ": fallbackToBuyer " + entry.fallbackToBuyer()
                    + " is not within 0 and " + BASIS_POINTS + " basis points");
        }
        return entry.fallbackToBuyer();
    }

    private static Asset bySymbol(List<Asset> assets, String symbol, String market) {
        return assets.stream()
                .filter(asset -> asset.symbol().equals(symbol))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "market " + market + " names the asset " + symbol + ", which the deployment file lacks"));
    }

    private static BigInteger amount(String text, Asset asset, String what) {
        return Decimals.parse(text, asset.decimals())
                .orElseThrow(() -> new IllegalStateException(what + ": " + text + " is no amount of " + asset.symbol()
                        + ", which has " + asset.decimals() + " decimals"));
    }
}
