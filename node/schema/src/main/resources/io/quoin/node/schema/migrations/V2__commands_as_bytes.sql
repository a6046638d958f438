-- Log and inbox hold a command as the bytes that also go over the network (SBE, schema matching/src/main/sbe): one form
-- to keep, to replay and to send. The column kind is for people, and for the check on signed orders.

-- Commands of the first schema were for an engine with other rules, so replaying them could not give the same books.
do $$
begin
    if exists (select 1 from command_log) or exists (select 1 from engine_inbox) then
        raise exception 'its command log was written by an earlier build for another engine, and cannot be replayed; start with an empty database, the node reads deposits from the chain again';
    end if;
end $$;

alter table command_log drop column body, add column command bytea not null;
alter table engine_inbox drop column body, add column command bytea not null;

comment on table engine_share is 'Units of each asset that the engine was given, at most 2^61: io.quoin.node.store.EngineShare says why.';
