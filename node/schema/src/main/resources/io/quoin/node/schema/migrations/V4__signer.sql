-- What the signer keeps: the journal of what was signed for which slot, and the audit log. Both outlive a node's books.

-- The journal as a whole: how far it has come, and who may write it. The fence counts the holders; every write names its
-- own, so that a holder that was taken over while it slept cannot write any more.
create table signer_journal (
    id         integer primary key check (id = 1),
    journal    uuid        not null,
    version    bigint      not null check (version >= 0),
    digest     hash32      not null,
    holder     text        not null,
    fence      bigint      not null check (fence >= 0),
    expires_at timestamptz not null
);
insert into signer_journal
values (1, gen_random_uuid(), 0, '0x0000000000000000000000000000000000000000000000000000000000000000', '', 0, 'epoch');

-- One row for each slot, committed before anything is signed for it.
create table signer_slot (
    slot      text primary key check (slot ~ '^(evm-nonce|evm-action|outpoint|escrow|eip712)/'),
    key_name  text           not null,
    what      hash32         not null,
    mark      text           not null check (mark in ('PLAIN', 'CANCEL', 'CANCEL_FINAL', 'OPEN')),
    bound     hash32,
    payload   hash32         not null,
    fee       numeric(78, 0) not null check (fee >= 0),
    turn      integer        not null check (turn > 0),
    signature bytea
);

-- What was signed away, for the sliding windows.
create table signer_spend (
    id       bigint generated always as identity primary key,
    at       timestamptz not null,
    key_name text        not null,
    asset    text        not null,
    amount   base_amount not null check (amount > 0)
);
create index signer_spend_at on signer_spend (at);

-- A slot only ever goes forward, whatever program writes it.
create function signer_slot_forward() returns trigger language plpgsql as $$
begin
    if new.slot <> old.slot or new.turn < old.turn or new.fee < old.fee
        or (new.turn = old.turn and (new.payload <> old.payload or new.what <> old.what or new.fee <> old.fee))
        or (old.slot ~ '^(escrow|eip712)/' and new.turn <> old.turn)
        or (old.mark in ('CANCEL', 'CANCEL_FINAL') and new.mark in ('PLAIN', 'OPEN'))
        or (old.slot ~ '^evm-nonce/' and new.what <> old.what and new.mark not in ('CANCEL', 'CANCEL_FINAL'))
        or (new.turn = old.turn and old.signature is not null and new.signature is distinct from old.signature) then
        raise exception 'signer_slot % cannot go back', old.slot using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger signer_slot_forward before update on signer_slot
    for each row execute function signer_slot_forward();
create trigger signer_slot_kept before delete or truncate on signer_slot
    for each statement execute function append_only();

create function signer_journal_forward() returns trigger language plpgsql as $$
begin
    if new.journal <> old.journal or new.version < old.version or new.fence < old.fence then
        raise exception 'signer_journal cannot go back' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger signer_journal_forward before update on signer_journal
    for each row execute function signer_journal_forward();
create trigger signer_journal_kept before delete or truncate on signer_journal
    for each statement execute function append_only();

-- Who asked for what and what came of it. Each row's hash is over the hash before it and the row's own bytes.
create table signer_audit (
    number   bigint primary key check (number > 0),
    at       timestamptz not null,
    entry    bytea       not null,
    previous hash32      not null,
    hash     hash32      not null unique
);
create trigger signer_audit_append_only before update or delete or truncate on signer_audit
    for each statement execute function append_only();

-- The signer's own role: no deleting, and no changing of the audit log, whatever the program does. It cannot log in; what
-- the signer's connections log in as is made a member of it. Where the role cannot be made, who runs the database does.
do $$
begin
    create role quoin_signer nologin;
exception
    when duplicate_object or unique_violation then null;
    when insufficient_privilege then raise warning 'role quoin_signer is missing, and may not be made here';
end $$;
do $$
begin
    if exists (select 1 from pg_roles where rolname = 'quoin_signer') then
        execute format('grant usage on schema %I to quoin_signer', current_schema());
        grant select, insert on signer_audit to quoin_signer;
        grant select, insert on signer_spend to quoin_signer;
        grant select, insert, update on signer_slot to quoin_signer;
        grant select, update on signer_journal to quoin_signer;
        begin
            execute format('grant quoin_signer to %I', current_user);
        exception
            when insufficient_privilege then raise warning '% is no member of role quoin_signer', current_user;
        end;
    end if;
end $$;
