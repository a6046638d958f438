package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.ENGINE_SHARE;
import static io.quoin.node.store.generated.Tables.ENGINE_WITHHELD;

import io.quoin.matching.AccountId;
import io.quoin.matching.Command;
import io.quoin.node.market.Asset;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;

/**
 * What the engine is given of each asset. It holds at most 2^62 - 1 units of one, over all accounts, so it is given at
 * most 2^61; what an account owns beyond that is withheld, and is the first to go when the account withdraws. So no
 * fact is too large for the engine, and it never owes what it was not given. Runs inside one transaction.
 *
 * <p>Why half: an account may withdraw from the vault what the engine still counts into its unfinished fills. That is
 * owed until the fills end, and until then the engine holds more than its share here, by what is owed.
 */
final class EngineShare {
    /** Units of one asset over all accounts: leaves the engine as much room again, less one, for what is owed. */
    static final BigInteger UNITS_MAX = BigInteger.ONE.shiftLeft(61);

    private final DSLContext tx;

    EngineShare(DSLContext tx) {
        this.tx = tx;
    }

    /** Returns the commands that tell the engine of an arrival, and withholds what it has no room for. */
    List<Command> arrived(AccountId account, Asset asset, BigInteger units) {
        BigInteger owed = units.add(withheld(account, asset));
        BigInteger given = owed.min(UNITS_MAX.subtract(share(asset)));
        withhold(account, asset, owed.subtract(given));
        share(asset, share(asset).add(given));
        return given.signum() == 0
                ? List.of()
                : List.of(new Command.Credit(account, asset.id(), given.longValueExact()));
    }

    /** Returns the commands that tell the engine of a departure, once what was withheld has gone first. */
    List<Command> left(AccountId account, Asset asset, BigInteger units) {
        BigInteger withheld = withheld(account, asset);
        BigInteger fromWithheld = units.min(withheld);
        withhold(account, asset, withheld.subtract(fromWithheld));
        BigInteger taken = units.subtract(fromWithheld);
        share(asset, share(asset).subtract(taken).max(BigInteger.ZERO));
        List<Command> commands = new ArrayList<>();
        while (taken.signum() > 0) {
            BigInteger part = taken.min(UNITS_MAX);
            commands.add(new Command.Debit(account, asset.id(), part.longValueExact()));
            taken = taken.subtract(part);
        }
        return commands;
    }

    /** Notes what left by a withdrawal that the engine has set aside and is told of by itself. */
    void paid(Asset asset, BigInteger units) {
        share(asset, share(asset).subtract(units).max(BigInteger.ZERO));
    }

    private BigInteger share(Asset asset) {
        return tx.select(ENGINE_SHARE.UNITS)
                .from(ENGINE_SHARE)
                .where(ENGINE_SHARE.ASSET_ID.eq(asset.id().value()))
                .fetchOptional(ENGINE_SHARE.UNITS)
                .orElse(BigInteger.ZERO);
    }

    private void share(Asset asset, BigInteger units) {
        var row = tx.newRecord(ENGINE_SHARE);
        row.setAssetId(asset.id().value());
        row.setUnits(units);
        row.merge();
    }

    private BigInteger withheld(AccountId account, Asset asset) {
        return tx.select(ENGINE_WITHHELD.UNITS)
                .from(ENGINE_WITHHELD)
                .where(ENGINE_WITHHELD.ACCOUNT_ID.eq(account.value()))
                .and(ENGINE_WITHHELD.ASSET_ID.eq(asset.id().value()))
                .fetchOptional(ENGINE_WITHHELD.UNITS)
                .orElse(BigInteger.ZERO);
    }

    private void withhold(AccountId account, Asset asset, BigInteger units) {
        var row = tx.newRecord(ENGINE_WITHHELD);
        row.setAccountId(account.value());
        row.setAssetId(asset.id().value());
        row.setUnits(units);
        row.merge();
    }
}
