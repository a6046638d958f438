-- What Quoin keeps in PostgreSQL. Amounts are whole base units (wei and the like); hashes and addresses are
-- lower-case hex with 0x; times that the chain gives are unix seconds.

create domain base_amount as numeric(78, 0) check (value >= 0);
create domain hash32 as text check (value ~ '^0x[0-9a-f]{64}$');

-- Which chain and contract this database belongs to. A node that finds another one here refuses to start.
create table network (
    chain      text primary key,
    vault      text        not null,
    created_at timestamptz not null default now()
);

create table account (
    id            bigint generated always as identity primary key,
    chain_account text not null unique
);

create table asset (
    id          integer generated always as identity primary key,
    chain_asset text          not null unique,
    symbol      text          not null,
    decimals    integer       not null check (decimals between 0 and 36),
    engine_unit numeric(78, 0) not null check (engine_unit > 0)
);

create table market (
    id          integer generated always as identity primary key,
    symbol      text          not null unique,
    base_asset  integer       not null references asset,
    quote_asset integer       not null references asset,
    definition  jsonb         not null,
    check (base_asset <> quote_asset)
);

-- The sequencer's log: what the engine was told, in order. The book and the tables below it follow from it.
create table command_log (
    position bigint primary key check (position > 0),
    kind     text        not null,
    body     jsonb       not null,
    signed   jsonb,
    at       timestamptz not null,
    check ((kind = 'PLACE_ORDER') = (signed is not null))
);

-- Facts from the chain on their way to the engine: written with the fact, sequenced exactly once.
create table engine_inbox (
    id       bigint generated always as identity primary key,
    source   text  not null unique,
    kind     text  not null,
    body     jsonb not null,
    position bigint unique references command_log
);
create index engine_inbox_waiting on engine_inbox (id) where position is null;

create table trade_order (
    id             hash32 primary key,
    position       bigint        not null unique references command_log,
    account_id     bigint        not null references account,
    market_id      integer       not null references market,
    side           text          not null check (side in ('BUY', 'SELL')),
    price          base_amount   not null,
    quantity       base_amount   not null,
    price_ticks    bigint        not null check (price_ticks > 0),
    quantity_lots  bigint        not null check (quantity_lots > 0),
    remaining_lots bigint        not null check (remaining_lots >= 0),
    nonce          numeric(20, 0) not null,
    expiry_seconds bigint        not null,
    signed         jsonb         not null,
    status         text          not null check (status in ('OPEN', 'FILLED', 'CANCELLED')),
    reason         text,
    accepted_at    timestamptz   not null,
    unique (account_id, nonce)
);
create index trade_order_by_account on trade_order (account_id, position desc);

create table trade (
    fill_id       bigint primary key,
    position      bigint      not null references command_log,
    market_id     integer     not null references market,
    price_ticks   bigint      not null,
    quantity_lots bigint      not null,
    base_amount   base_amount not null,
    quote_amount  base_amount not null,
    maker_order   hash32      not null references trade_order,
    taker_order   hash32      not null references trade_order,
    taker_side    text        not null check (taker_side in ('BUY', 'SELL')),
    at            timestamptz not null
);
create index trade_by_market on trade (market_id, fill_id desc);
create index trade_by_maker on trade (maker_order);
create index trade_by_taker on trade (taker_order);

create table escrow (
    id               hash32 primary key,
    fill_id          bigint      not null unique references trade,
    chain            text        not null,
    state            text        not null check (state in
        ('MATCHED', 'LOCKING', 'LOCKED', 'RELEASING', 'SETTLED', 'REFUNDING', 'REFUNDED', 'FAILED')),
    buy_order        hash32      not null references trade_order,
    sell_order       hash32      not null references trade_order,
    buyer_is_maker   boolean     not null,
    base_amount      base_amount not null,
    quote_amount     base_amount not null,
    deadline_seconds bigint,
    failure          text,
    created_at       timestamptz not null,
    updated_at       timestamptz not null
);
create index escrow_running on escrow (state) where state not in ('SETTLED', 'REFUNDED', 'FAILED');

-- One row for each edge that an escrow took, and why.
create table escrow_transition (
    escrow_id  hash32      not null references escrow,
    step       integer     not null,
    from_state text,
    to_state   text        not null,
    cause      text        not null,
    tx_hash    hash32,
    at         timestamptz not null,
    primary key (escrow_id, step)
);

-- What is to be done on a chain. REQUESTED by settlement, ACCEPTED by the chain's adapter, LEASED with a nonce, SIGNED
-- with the bytes stored.
create table chain_action (
    id         hash32 primary key,
    chain      text        not null,
    escrow_id  hash32      not null references escrow,
    kind       text        not null check (kind in ('LOCK', 'RELEASE', 'REFUND')),
    attempt    integer     not null check (attempt > 0),
    state      text        not null check (state in ('REQUESTED', 'ACCEPTED', 'LEASED', 'SIGNED', 'MINED', 'FAILED')),
    sender     text,
    nonce      bigint,
    tx_hash    hash32,
    raw        bytea,
    gas_used   bigint,
    gas_price  numeric(78, 0),
    failure    text,
    created_at  timestamptz not null,
    not_before  timestamptz not null,
    accepted_at timestamptz,
    unique (escrow_id, kind, attempt),
    unique (chain, sender, nonce)
);
create index chain_action_waiting on chain_action (created_at) where state in ('REQUESTED', 'ACCEPTED', 'LEASED', 'SIGNED');

create table chain_cursor (
    chain        text primary key,
    height       bigint      not null,
    block_hash   hash32      not null,
    chain_time   timestamptz not null
);

-- What the vault's own events say of its escrows, ours or not: the ledger follows these alone.
create table chain_escrow (
    chain        text        not null,
    id           hash32      not null,
    buyer        bigint      not null references account,
    seller       bigint      not null references account,
    base_asset   integer     not null references asset,
    quote_asset  integer     not null references asset,
    base_amount  base_amount not null,
    quote_amount base_amount not null,
    ended        boolean     not null default false,
    primary key (chain, id)
);

-- Chain events that were applied, so that none is applied twice.
create table chain_event (
    chain      text    not null,
    block_hash hash32  not null,
    log_index  integer not null,
    height     bigint  not null,
    tx_hash    hash32  not null,
    kind       text    not null,
    primary key (chain, block_hash, log_index)
);

-- Double entry: the postings of an entry sum to zero for each asset; nothing is ever changed or deleted.
create table ledger_entry (
    id        bigint generated always as identity primary key,
    kind      text        not null check (kind in ('DEPOSIT', 'WITHDRAWAL', 'LOCK', 'RELEASE', 'REFUND')),
    reference text        not null unique,
    at        timestamptz not null
);

create table ledger_posting (
    entry_id   bigint         not null references ledger_entry,
    line       integer        not null,
    book       text           not null check (book in ('CUSTODY', 'AVAILABLE', 'LOCKED')),
    account_id bigint references account,
    asset_id   integer        not null references asset,
    amount     numeric(78, 0) not null check (amount <> 0),
    primary key (entry_id, line),
    check ((book = 'CUSTODY') = (account_id is null))
);

-- Sums of the postings, kept by the trigger below. Custody mirrors what the vault holds for us, as a negative sum.
create table ledger_balance (
    book       text           not null,
    account_id bigint         not null,
    asset_id   integer        not null references asset,
    amount     numeric(78, 0) not null,
    primary key (book, account_id, asset_id),
    check (case when book = 'CUSTODY' then amount <= 0 else amount >= 0 end)
);

create function ledger_posting_sums() returns trigger language plpgsql as $$
begin
    insert into ledger_balance as b (book, account_id, asset_id, amount)
    values (new.book, coalesce(new.account_id, 0), new.asset_id, 0)
    on conflict do nothing;
    update ledger_balance b set amount = b.amount + new.amount
    where b.book = new.book and b.account_id = coalesce(new.account_id, 0) and b.asset_id = new.asset_id;
    return null;
end $$;
create trigger ledger_posting_sums after insert on ledger_posting
    for each row execute function ledger_posting_sums();

create function ledger_entry_balanced() returns trigger language plpgsql as $$
begin
    if exists (select 1 from ledger_posting where entry_id = new.entry_id group by asset_id having sum(amount) <> 0) then
        raise exception 'ledger entry % does not balance', new.entry_id using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger ledger_entry_balanced after insert on ledger_posting
    deferrable initially deferred for each row execute function ledger_entry_balanced();

create function append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger ledger_entry_append_only before update or delete on ledger_entry
    for each statement execute function append_only();
create trigger ledger_posting_append_only before update or delete on ledger_posting
    for each statement execute function append_only();
create trigger command_log_append_only before update or delete on command_log
    for each statement execute function append_only();

-- How many of its units of each asset the engine was given, of the 2^62 that it can sum without overflow; and what an
-- account owns beyond that. Such an amount is not traded, and stays withdrawable.
create table engine_share (
    asset_id integer primary key references asset,
    units    base_amount not null
);
create table engine_withheld (
    account_id bigint      not null references account,
    asset_id   integer     not null references asset,
    units      base_amount not null,
    primary key (account_id, asset_id)
);

-- Switches that an operator may turn off, each with a reason. A switch without a row is on.
create table operator_switch (
    name       text primary key,
    enabled    boolean     not null,
    reason     text        not null,
    actor      text        not null,
    changed_at timestamptz not null default now()
);
