-- Card keys: who brought each, what its check value is, and how it ended. No key and no component
-- stands here; those are in the HSM.

create table card_key_import (
  id bigint generated always as identity primary key,
  -- Name of the set with that of its batch, or of a transport key.
  name text not null check (name ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,58}$'),
  part text not null check (part in ('enc', 'mac', 'dek', 'all', 'transport')),
  cipher text not null check (cipher in ('aes', '3des')),
  length_bytes integer not null,
  realm text not null check (realm in ('test', 'live')),
  -- How many people bring a component each.
  components integer not null check (components between 2 and 9),
  -- The check value of the whole, where it was announced.
  kcv bytea check (octet_length(kcv) = 3),
  maker text check (maker <> ''),
  card_type text check (card_type <> ''),
  batch text check (batch <> ''),
  begun_at timestamptz not null,
  begun_by text not null check (begun_by <> ''),
  proposal bigint unique,
  kind text not null generated always as ('import-card-key') stored,
  ending text not null generated always as ('used') stored,
  foreign key (proposal, kind, ending) references proposal_end (proposal, kind, ending),
  check (length_bytes in (16, 24, 32) and (cipher = 'aes' or length_bytes = 16))
);

create table card_key_component (
  import bigint not null references card_key_import,
  number integer not null check (number >= 1),
  custodian text not null references custodian,
  kcv bytea not null check (octet_length(kcv) = 3),
  given_at timestamptz not null,
  signature bytea not null,
  primary key (import, number),
  constraint nobody_gives_two_components unique (import, custodian)
);

create table card_key_import_end (
  import bigint primary key references card_key_import,
  ending text not null check (ending in ('combined', 'abandoned')),
  ended_at timestamptz not null,
  by text not null check (by <> '')
);

create table card_key (
  id bigint generated always as identity primary key,
  label text not null check (label ~ '^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$'),
  purpose text not null check (purpose in ('card-master', 'card-transport')),
  cipher text not null check (cipher in ('aes', '3des')),
  length_bytes integer not null,
  realm text not null check (realm in ('test', 'live')),
  kcv bytea not null check (octet_length(kcv) = 3),
  origin text not null check (origin in ('components', 'wrapped', 'made')),
  import bigint references card_key_import,
  maker text check (maker <> ''),
  card_type text check (card_type <> ''),
  batch text check (batch <> ''),
  added_at timestamptz not null,
  added_by text not null check (added_by <> ''),
  proposal bigint,
  kind text not null generated always as (
    case origin when 'made' then 'make-card-key' else 'import-card-key' end
  ) stored,
  ending text not null generated always as ('used') stored,
  foreign key (proposal, kind, ending) references proposal_end (proposal, kind, ending),
  check ((origin = 'components') = (import is not null))
);

create table card_key_destruction (
  id bigint generated always as identity primary key,
  label text not null,
  -- Absent for a key that came before there was a record, as trial keys do.
  key bigint unique references card_key,
  destroyed_at timestamptz not null,
  by text not null check (by <> ''),
  proposal bigint,
  kind text not null generated always as ('destroy-card-key') stored,
  ending text not null generated always as ('used') stored,
  foreign key (proposal, kind, ending) references proposal_end (proposal, kind, ending)
);

create function guard_card_key_import() returns trigger language plpgsql set search_path from current as $$
begin
  perform pg_advisory_xact_lock(7220236);
  if new.proposal is null and exists (select from custody_quorum) then
    perform refuse_custody('a card key is imported by a proposal');
  end if;
  if exists (
    select from card_key_import i where i.name = new.name
      and (i.part = new.part or 'all' in (i.part, new.part))
      and not exists (select from card_key_import_end e where e.import = i.id)
  ) then
    raise exception 'this key is being imported already'
      using errcode = 'PL003', table = 'card_key_import';
  end if;
  return new;
end $$;

create trigger card_key_import_is_guarded before insert on card_key_import
  for each row execute function guard_card_key_import();

create function guard_card_key_component() returns trigger language plpgsql set search_path from current as $$
begin
  perform pg_advisory_xact_lock(7220236);
  perform require_custodian(new.custodian);
  if exists (select from card_key_import_end where import = new.import) then
    raise exception 'this import has ended' using errcode = 'PL003', table = 'card_key_component';
  end if;
  if new.number > (select components from card_key_import where id = new.import) then
    raise exception 'an import has no more components than it was begun with'
      using errcode = 'PL003', table = 'card_key_component';
  end if;
  return new;
end $$;

create trigger card_key_component_is_guarded before insert on card_key_component
  for each row execute function guard_card_key_component();

create function guard_card_key_import_end() returns trigger language plpgsql set search_path from current as $$
begin
  perform pg_advisory_xact_lock(7220236);
  if new.ending = 'combined'
    and (select count(*) from card_key_component where import = new.import)
      < (select components from card_key_import where id = new.import) then
    perform refuse_custody('components of this key are missing');
  end if;
  return new;
end $$;

create trigger card_key_import_end_is_guarded before insert on card_key_import_end
  for each row execute function guard_card_key_import_end();

create function guard_card_key() returns trigger language plpgsql set search_path from current as $$
begin
  perform pg_advisory_xact_lock(7220236);
  if new.proposal is null and exists (select from custody_quorum) then
    perform refuse_custody('a card key comes by a proposal');
  end if;
  if new.origin = 'components' and not exists (
    select from card_key_import i join card_key_import_end e on e.import = i.id
      where i.id = new.import and e.ending = 'combined'
        and i.proposal is not distinct from new.proposal
        and (i.cipher, i.length_bytes, i.realm) = (new.cipher, new.length_bytes, new.realm)
  ) then
    perform refuse_custody('a key of components comes of its import');
  end if;
  if exists (
    select from card_key k where k.label = new.label
      and not exists (select from card_key_destruction d where d.key = k.id)
  ) then
    raise exception 'there is a key of this label' using errcode = 'PL003', table = 'card_key';
  end if;
  return new;
end $$;

create trigger card_key_is_guarded before insert on card_key
  for each row execute function guard_card_key();

create function guard_card_key_destruction() returns trigger language plpgsql set search_path from current as $$
begin
  perform pg_advisory_xact_lock(7220236);
  if new.proposal is null and exists (select from custody_quorum) then
    perform refuse_custody('a card key is destroyed by a proposal');
  end if;
  return new;
end $$;

create trigger card_key_destruction_is_guarded before insert on card_key_destruction
  for each row execute function guard_card_key_destruction();

create trigger card_key_import_is_kept before update or delete or truncate on card_key_import
  for each statement execute function refuse_change();
create trigger card_key_component_is_kept before update or delete or truncate on card_key_component
  for each statement execute function refuse_change();
create trigger card_key_import_end_is_kept before update or delete or truncate on card_key_import_end
  for each statement execute function refuse_change();
create trigger card_key_is_kept before update or delete or truncate on card_key
  for each statement execute function refuse_change();
create trigger card_key_destruction_is_kept before update or delete or truncate on card_key_destruction
  for each statement execute function refuse_change();
