package io.quoin.node.store;

import static io.quoin.node.store.generated.Tables.ACCOUNT;
import static io.quoin.node.store.generated.Tables.WITHDRAWAL;

import io.quoin.matching.AssetId;
import io.quoin.node.market.Markets;
import io.quoin.node.store.generated.tables.records.WithdrawalRecord;
import io.quoin.node.withdrawal.CoSignatures;
import io.quoin.node.withdrawal.WithdrawalState;
import io.quoin.signer.caip.ChainAccount;
import io.quoin.signer.evm.Bytes32;
import io.quoin.signer.evm.EvmAddress;
import io.quoin.signer.evm.EvmSignature;
import io.quoin.signer.terms.WithdrawalTerms;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;

/** The operator's signatures under withdrawals, in PostgreSQL. */
public final class WithdrawalStore implements CoSignatures {
    private final Database database;
    private final Markets markets;

    /** Makes a store of withdrawals of these markets' assets. */
    public WithdrawalStore(Database database, Markets markets) {
        this.database = database;
        this.markets = markets;
    }

    @Override
    public Optional<WithdrawalTerms> unsigned(Bytes32 withdrawal) {
        return database.in(tx -> tx.selectFrom(WITHDRAWAL)
                .where(WITHDRAWAL.ID.eq(withdrawal.hex()))
                .and(WITHDRAWAL.STATE.eq(WithdrawalState.COSIGNED.name()))
                .and(WITHDRAWAL.OPERATOR_SIGNATURE.isNull())
                .fetchOptional()
                .map(row -> terms(tx, row)));
    }

    @Override
    public void keep(Bytes32 withdrawal, EvmSignature signature) {
        database.run(tx -> tx.update(WITHDRAWAL)
                .set(WITHDRAWAL.OPERATOR_SIGNATURE, signature.toHex())
                .where(WITHDRAWAL.ID.eq(withdrawal.hex()))
                .and(WITHDRAWAL.OPERATOR_SIGNATURE.isNull())
                .execute());
    }

    private WithdrawalTerms terms(DSLContext tx, WithdrawalRecord row) {
        String account = tx.select(ACCOUNT.CHAIN_ACCOUNT)
                .from(ACCOUNT)
                .where(ACCOUNT.ID.eq(row.getAccountId()))
                .fetchSingle(ACCOUNT.CHAIN_ACCOUNT);
        return new WithdrawalTerms(
                ChainAccount.parse(Objects.requireNonNull(account)).address(),
                markets.asset(new AssetId(row.getAssetId())).token(),
                row.getAmount(),
                EvmAddress.of(row.getRecipient()),
                row.getNonce(),
                row.getDeadlineSeconds());
    }
}
