-- One approved application is one document. Its number is what people call it by.

create table document (
  id bigint generated always as identity primary key,
  record_id text not null check (record_id <> ''),
  record_version integer not null check (record_version >= 1),
  product text not null check (product <> ''),
  source text not null,
  place text not null,
  content_sha256 bytea not null check (octet_length(content_sha256) = 32),
  registered_at timestamptz not null default now(),

  state text not null default 'approved' references document_state,
  state_since timestamptz not null default now(),
  state_by text not null check (state_by <> ''),
  state_reasons text[] not null default '{}',

  -- The station that has it in hand.
  claimed_by text check (claimed_by <> ''),
  claimed_at timestamptz,

  -- The attempt that made it; see 0006_attempts.sql.
  good_attempt bigint,
  good_outcome text not null generated always as ('good') stored,

  constraint one_document_per_record_version unique (record_id, record_version),
  constraint claim_has_station_and_time check ((claimed_by is null) = (claimed_at is null)),
  constraint claim_only_before_release check (
    claimed_by is null or state in ('approved', 'prepared', 'encoding', 'encoded')
  ),
  constraint released_needs_good_attempt check (
    (state in ('released', 'dispatched', 'delivered')) = (good_attempt is not null)
  )
);

-- A superseded version is refused, so that one record is made once.
create unique index one_live_document_per_record on document (record_id) where state <> 'refused';

-- What a station asks for next; both stay as small as the waiting line.
create index document_waiting on document (id) where state = 'approved' and claimed_by is null;
create index document_waiting_by_product on document (product, id)
  where state = 'approved' and claimed_by is null;
create index document_claimed on document (claimed_by) where claimed_by is not null;
create index document_by_state on document (state, id);

create function guard_document() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'approved' then
      raise exception 'a document begins as approved' using errcode = 'PL001', table = 'document';
    end if;
    return new;
  end if;
  if (new.record_id, new.record_version, new.product, new.source, new.place, new.content_sha256,
      new.registered_at)
    is distinct from
     (old.record_id, old.record_version, old.product, old.source, old.place, old.content_sha256,
      old.registered_at) then
    raise exception 'what a document is does not change' using errcode = 'PL002', table = 'document';
  end if;
  if new.state <> old.state then
    if not exists (select from document_move where from_state = old.state and to_state = new.state)
    then
      raise exception 'a document does not go from % to %', old.state, new.state
        using errcode = 'PL001', table = 'document';
    end if;
    new.state_since := now();
  end if;
  return new;
end $$;

create trigger document_is_guarded before insert or update on document
  for each row execute function guard_document();
create trigger document_is_kept before delete or truncate on document
  for each statement execute function refuse_change();

create function note_document() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    insert into event (by, subject, event, document, reasons)
      values (new.state_by, 'document', new.state, new.id, new.state_reasons);
    return null;
  end if;
  if new.state <> old.state then
    insert into event (by, subject, event, from_state, document, reasons)
      values (new.state_by, 'document', new.state, old.state, new.id, new.state_reasons);
  elsif new.claimed_by is distinct from old.claimed_by then
    insert into event (by, subject, event, from_state, document)
      values (
        coalesce(new.claimed_by, old.claimed_by), 'document',
        case when new.claimed_by is null then 'unclaimed' else 'claimed' end, new.state, new.id
      );
  end if;
  return null;
end $$;

create trigger document_is_noted after insert or update on document
  for each row execute function note_document();

-- Holder data stands alone, sealed, so that it can be erased while everything else is kept:
-- the record with its pictures, and what was prepared for the chip, keys of the chip included.
create table holder_content (
  document bigint not null references document,
  kind text not null check (kind in ('record', 'prepared')),
  sealed bytea not null,
  primary key (document, kind)
);

-- Sealed bytes do not compress; storing them out of line keeps the table itself small.
alter table holder_content alter column sealed set storage external;

-- Records that were not taken. `settled_at` is set when the same record is registered later.
create table record_refusal (
  id bigint generated always as identity primary key,
  source text not null,
  place text not null,
  record_id text,
  text_sha256 bytea not null check (octet_length(text_sha256) = 32),
  reasons text[] not null check (cardinality(reasons) > 0),
  refused_at timestamptz not null default now(),
  settled_at timestamptz,
  constraint one_refusal_per_text unique (source, place, text_sha256)
);

create index record_refusal_open on record_refusal (id) where settled_at is null;
create index record_refusal_by_record on record_refusal (record_id) where settled_at is null;
