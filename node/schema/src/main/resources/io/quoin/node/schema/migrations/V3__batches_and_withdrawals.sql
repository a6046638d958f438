-- The vault that locks in batches, fills orders by ring nonces, and pays withdrawals by the operator's co-signature.

-- Orders, escrows and signatures of the first vault mean nothing to it.
do $$
begin
    if exists (select 1 from network) or exists (select 1 from command_log) or exists (select 1 from engine_inbox) then
        raise exception 'it was written for the first escrow vault, whose orders and escrows the present vault does not know; start with an empty database, the node reads deposits from the chain again';
    end if;
end $$;

-- A trader's request that the engine was told of is kept as it was signed.
alter table command_log drop constraint command_log_check;
alter table command_log add constraint command_log_signed
    check ((kind in ('PLACE_ORDER', 'REQUEST_WITHDRAWAL')) = (signed is not null));

-- The vault counts an order's nonce by account, market and side.
alter table trade_order drop constraint trade_order_account_id_nonce_key;
alter table trade_order add unique (account_id, market_id, side, nonce);

alter table escrow add column market_id integer not null references market;
alter table escrow drop constraint escrow_state_check;
alter table escrow add constraint escrow_state_check check (state in
    ('MATCHED', 'LOCKING', 'LOCKED', 'RELEASING', 'SETTLED', 'REFUNDING', 'REFUNDED', 'DISPUTED', 'FAILED'));
create index escrow_by_orders on escrow (buy_order, sell_order);

-- The vault's ring of batches: how many locks took each cell. The next lock takes the one that the fewest took.
create table lock_cell (
    market_id integer not null references market,
    cell      integer not null check (cell between 0 and 63),
    turns     bigint  not null check (turns >= 0),
    primary key (market_id, cell)
);

alter table chain_action add column cell integer;
alter table chain_action add constraint chain_action_cell check ((kind = 'LOCK') = (cell is not null));

-- What the vault's own events say of the fills that it locked, ours or not: the ledger follows these alone. A fill is
-- named by its market in the vault (a hash), its batch and its index there. The seal is what ends the batch.
drop table chain_escrow;
create table chain_fill (
    chain            text        not null,
    vault_market     hash32      not null,
    batch            bigint      not null check (batch >= 0),
    index            integer     not null check (index >= 0),
    escrow_id        hash32 unique references escrow,
    buyer            bigint      not null references account,
    seller           bigint      not null references account,
    base_asset       integer     not null references asset,
    quote_asset      integer     not null references asset,
    base_amount      base_amount not null,
    pay_amount       base_amount not null,
    get_amount       base_amount not null check (get_amount <= pay_amount),
    deadline_seconds bigint      not null,
    seal             jsonb       not null,
    left_batch       boolean     not null default false,
    primary key (chain, vault_market, batch, index)
);

-- One log entry of the chain can say several things: one for each fill of a batch.
alter table chain_event drop constraint chain_event_pkey;
alter table chain_event add column part integer not null default 0;
alter table chain_event add primary key (chain, block_hash, log_index, part);

-- HOUSE: what buyers paid and sellers did not get, the fees of operator and referrers. UNEXPLAINED: what left the vault
-- though no event followed here had brought it. Both without an owner, as custody; the latter with its sign.
alter table ledger_posting drop constraint ledger_posting_book_check;
alter table ledger_posting add constraint ledger_posting_book_check
    check (book in ('CUSTODY', 'AVAILABLE', 'LOCKED', 'HOUSE', 'UNEXPLAINED'));
alter table ledger_posting drop constraint ledger_posting_check;
alter table ledger_posting add constraint ledger_posting_owner
    check ((book in ('CUSTODY', 'HOUSE', 'UNEXPLAINED')) = (account_id is null));
alter table ledger_balance drop constraint ledger_balance_check;
alter table ledger_balance add constraint ledger_balance_sign
    check (case when book in ('CUSTODY', 'UNEXPLAINED') then amount <= 0 else amount >= 0 end);

-- Withdrawals that the operator co-signs, named by the digest that trader and operator sign. The engine's number is the
-- log's position. EXPIRED and FINAL follow from final blocks.
create table withdrawal (
    id                 hash32 primary key,
    position           bigint         not null unique references command_log,
    account_id         bigint         not null references account,
    asset_id           integer        not null references asset,
    amount             base_amount    not null check (amount > 0),
    recipient          text           not null,
    nonce              numeric(78, 0) not null,
    deadline_seconds   bigint         not null,
    state              text           not null check (state in ('REQUESTED', 'COSIGNED', 'FINAL', 'EXPIRED')),
    operator_signature text,
    tx_hash            hash32,
    requested_at       timestamptz    not null,
    unique (account_id, nonce)
);
create index withdrawal_open on withdrawal (deadline_seconds) where state in ('REQUESTED', 'COSIGNED');
