-- The audit log. An entry is the exact text that is hashed; the chain of each writer is held by the
-- database: it knows the entry before, so that neither a gap nor a fork can come into being.

create table audit_entry (
  id bigint generated always as identity primary key,
  writer text not null check (writer <> ''),
  sequence bigint not null check (sequence >= 1),
  previous bytea not null check (octet_length(previous) = 32),
  sha256 bytea not null,
  text text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  constraint one_audit_chain_per_writer unique (writer, sequence),
  constraint audit_hash_is_of_its_text check (sha256 = sha256(convert_to(text, 'UTF8'))),
  constraint audit_columns_say_what_the_text_says check (
    text::jsonb ->> 'writer' = writer
    and (text::jsonb ->> 'sequence')::bigint = sequence
    and text::jsonb ->> 'previous' = encode(previous, 'hex')
  )
);

create function link_audit_entry() returns trigger language plpgsql set search_path from current as $$
declare
  last record;
begin
  select sequence, sha256 into last from audit_entry
    where writer = new.writer order by sequence desc limit 1;
  if new.sequence <> coalesce(last.sequence, 0) + 1
    or new.previous <> coalesce(last.sha256, decode(repeat('00', 32), 'hex')) then
    raise exception 'an audit entry follows the one before it'
      using errcode = 'PL003', table = 'audit_entry';
  end if;
  return new;
end $$;

create trigger audit_entry_is_linked before insert on audit_entry
  for each row execute function link_audit_entry();
create trigger audit_entry_is_append_only
  before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();

-- Checkpoints are a chain of their own; their signatures can be checked without the database.
create table audit_checkpoint (
  number bigint primary key check (number >= 1),
  text text not null,
  signature bytea not null check (octet_length(signature) > 0),
  sha256 bytea not null check (sha256 = sha256(convert_to(text, 'UTF8'))),
  recorded_at timestamptz not null default clock_timestamp(),
  -- Where it stands between the entries.
  after_entry bigint not null,
  check ((text::jsonb ->> 'number')::bigint = number)
);

create function link_audit_checkpoint() returns trigger language plpgsql set search_path from current as $$
declare
  last record;
begin
  select number, sha256 into last from audit_checkpoint order by number desc limit 1;
  if new.number <> coalesce(last.number, 0) + 1
    or new.text::jsonb ->> 'previous' <> encode(coalesce(last.sha256, decode(repeat('00', 32), 'hex')), 'hex')
  then
    raise exception 'a checkpoint follows the one before it'
      using errcode = 'PL003', table = 'audit_checkpoint';
  end if;
  return new;
end $$;

create trigger audit_checkpoint_is_linked before insert on audit_checkpoint
  for each row execute function link_audit_checkpoint();
create trigger audit_checkpoint_is_append_only
  before update or delete or truncate on audit_checkpoint
  for each statement execute function refuse_change();

-- Gives a role exactly what the programs of the line need: tables that are append-only by trigger
-- can be read and added to, the others also changed. Run again after each migration.
create function grant_application(role name) returns void language plpgsql set search_path from current as $$
declare
  one record;
  changes text;
begin
  execute format('grant usage on schema %I to %I', current_schema(), role);
  for one in
    select c.oid, c.relname,
        coalesce(bool_or(t.tgtype::int & 4 > 0), false) as keeps_rows,
        coalesce(bool_or(t.tgtype::int & 16 > 0), false) as keeps_values,
        coalesce(bool_or(t.tgtype::int & 8 > 0), false) as keeps
      from pg_class c
      left join pg_trigger t on t.tgrelid = c.oid and t.tgfoid = 'refuse_change'::regproc
      where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
      group by c.oid, c.relname
  loop
    execute format('revoke all on %I from %I', one.relname, role);
    changes := 'select'
      || case when one.keeps_rows or one.relname = 'migration' then '' else ', insert' end
      || case when one.keeps_values or one.relname = 'migration' then '' else ', update' end
      || case when one.keeps or one.relname = 'migration' then '' else ', delete' end;
    execute format('grant %s on %I to %I', changes, one.relname, role);
  end loop;
end $$;
