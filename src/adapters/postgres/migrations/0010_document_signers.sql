-- Document signers that rotate. A signature is reserved here, in one statement, before the HSM
-- makes it: the count, the periods and the order of the signers hold for all processes together,
-- and a reservation whose signature was never seen counts as used. PL010: no signer is ready.

create table managed_signer (
  -- What people call it by, DSC 14.
  number integer primary key check (number >= 1),
  signer bytea not null unique references signer (certificate_sha256),
  algorithm text not null check (algorithm <> ''),
  -- Rotation on count, on time, or both.
  max_signatures bigint check (max_signatures >= 1),
  max_days integer check (max_days >= 1),
  added_at timestamptz not null,
  add_proposal bigint unique,

  state text not null default 'waiting' check (state in ('waiting', 'in-use', 'cut-over', 'retired')),
  reserved bigint not null default 0 check (reserved >= 0),
  last_reserved_at timestamptz,
  in_use_at timestamptz,
  cut_over_at timestamptz,
  retired_at timestamptz,
  retire_proposal bigint unique,

  constraint signer_count_limit check (reserved <= max_signatures),
  constraint signer_reserves_in_use_only check ((reserved = 0) = (last_reserved_at is null)),
  constraint signer_times_follow check (
    last_reserved_at between in_use_at and coalesce(cut_over_at, last_reserved_at)
  ),
  constraint signer_state_has_its_times check (
    case state
      when 'waiting' then in_use_at is null and cut_over_at is null and retired_at is null
      when 'in-use' then in_use_at is not null and cut_over_at is null and retired_at is null
      when 'cut-over' then in_use_at is not null and cut_over_at is not null and retired_at is null
      else retired_at is not null
    end
  )
) with (fillfactor = 50);

create unique index one_signer_in_use on managed_signer ((state = 'in-use')) where state = 'in-use';

alter table managed_signer
  add column add_kind text not null generated always as ('add-signer') stored,
  add column retire_kind text not null generated always as ('retire-signer') stored,
  add column ending text not null generated always as ('used') stored,
  add foreign key (add_proposal, add_kind, ending) references proposal_end (proposal, kind, ending),
  add foreign key (retire_proposal, retire_kind, ending)
    references proposal_end (proposal, kind, ending);

create function guard_managed_signer() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'waiting' then
      raise exception 'a signer begins as waiting' using errcode = 'PL001', table = 'managed_signer';
    end if;
    -- Once custodians have founded, nothing is added alone.
    if new.add_proposal is null and exists (select from custody_quorum) then
      perform refuse_custody('a signer is added by a proposal');
    end if;
    return new;
  end if;
  if (new.number, new.signer, new.algorithm, new.max_signatures, new.max_days, new.added_at,
      new.add_proposal)
    is distinct from (old.number, old.signer, old.algorithm, old.max_signatures, old.max_days,
      old.added_at, old.add_proposal) then
    raise exception 'what a signer is does not change'
      using errcode = 'PL002', table = 'managed_signer';
  end if;
  if new.state <> old.state and (old.state, new.state) not in (
    ('waiting', 'in-use'), ('in-use', 'cut-over'), ('waiting', 'retired'), ('cut-over', 'retired')
  ) then
    raise exception 'a signer does not go from % to %', old.state, new.state
      using errcode = 'PL001', table = 'managed_signer';
  end if;
  if new.state = 'retired' and new.retire_proposal is null
    and exists (select from custody_quorum) then
    perform refuse_custody('a signer is retired by a proposal');
  end if;
  if new.reserved <> old.reserved
    and (new.reserved <> old.reserved + 1 or old.state <> 'in-use' or new.state <> 'in-use') then
    raise exception 'signatures are counted one by one, while the signer is in use'
      using errcode = 'PL002', table = 'managed_signer';
  end if;
  return new;
end $$;

create trigger managed_signer_is_guarded before insert or update on managed_signer
  for each row execute function guard_managed_signer();
create trigger managed_signer_is_kept before delete or truncate on managed_signer
  for each statement execute function refuse_change();

create table signature_reservation (
  id bigint generated always as identity primary key,
  number integer not null references managed_signer,
  document bigint references document,
  station text not null check (station <> ''),
  reserved_at timestamptz not null,
  unique (id, number)
);

create index signature_reservation_by_signer on signature_reservation (number, id);

create trigger signature_reservation_is_append_only
  before update or delete or truncate on signature_reservation
  for each statement execute function refuse_change();

alter table signature add column reservation bigint unique references signature_reservation;

-- Signers take turns in the order of their numbers; who asks when one is used up gets the next,
-- and from that moment everybody does.
create function reserve_signature(asked_by text, for_document bigint, asked_at timestamptz)
returns table (reservation bigint, signer_number integer, at timestamptz)
language plpgsql set search_path from current as $$
declare
  one record;
  moment timestamptz;
begin
  perform pg_advisory_xact_lock(7220233);
  loop
    select m.number, m.reserved, m.max_signatures, m.in_use_at, m.last_reserved_at,
        s.use_from, s.valid_from,
        least(s.use_until, s.valid_until, m.in_use_at + make_interval(days => m.max_days)) as until
      into one
      from managed_signer m join signer s on s.certificate_sha256 = m.signer
      where m.state = 'in-use';
    if found then
      -- Clocks of stations differ: time never goes back for one signer.
      moment := greatest(asked_at, one.in_use_at, one.last_reserved_at);
      if moment <= one.until and (one.max_signatures is null or one.reserved < one.max_signatures)
      then
        update managed_signer set reserved = managed_signer.reserved + 1, last_reserved_at = moment
          where managed_signer.number = one.number;
        return query
          insert into signature_reservation (number, document, station, reserved_at)
            values (one.number, for_document, asked_by, moment)
            returning id, one.number, moment;
        return;
      end if;
      update managed_signer set state = 'cut-over', cut_over_at = moment
        where managed_signer.number = one.number;
    else
      moment := asked_at;
    end if;
    select m.number into one
      from managed_signer m join signer s on s.certificate_sha256 = m.signer
      where m.state = 'waiting' and moment between s.use_from and s.use_until
        and moment between s.valid_from and s.valid_until
        and not exists (select from signer_revocation r where r.number = m.number)
      order by m.number limit 1;
    if not found then
      raise exception 'no document signer is ready' using errcode = 'PL010';
    end if;
    update managed_signer set state = 'in-use', in_use_at = moment
      where managed_signer.number = one.number;
  end loop;
end $$;

-- A signature in the ledger by a managed signer has its reservation, made for this document at this
-- moment; beside managed signers no other signs at all.
create function require_reservation() returns trigger language plpgsql set search_path from current as $$
declare
  managed integer;
begin
  select number into managed from managed_signer where signer = new.signer;
  if managed is null then
    if new.reservation is not null or exists (select from managed_signer) then
      raise exception 'this signer is not managed' using errcode = 'PL003', table = 'signature';
    end if;
  elsif not exists (
    select from signature_reservation r
      where r.id = new.reservation and r.number = managed and r.station = new.station
        and r.document = new.document and r.reserved_at = new.signed_at
  ) then
    raise exception 'a signature without its reservation' using errcode = 'PL003', table = 'signature';
  end if;
  return new;
end $$;

create trigger signature_has_its_reservation before insert on signature
  for each row execute function require_reservation();

-- Revoked certificates, and the lists that say so.
create table signer_revocation (
  number integer primary key references managed_signer,
  revoked_at timestamptz not null,
  proposal bigint unique,
  kind text not null generated always as ('revoke-signer') stored,
  ending text not null generated always as ('used') stored,
  foreign key (proposal, kind, ending) references proposal_end (proposal, kind, ending)
);

create trigger signer_revocation_is_kept before update or delete or truncate on signer_revocation
  for each statement execute function refuse_change();

create function guard_revocation() returns trigger language plpgsql set search_path from current as $$
begin
  perform pg_advisory_xact_lock(7220233);
  if new.proposal is null and exists (select from custody_quorum) then
    perform refuse_custody('a signer is revoked by a proposal');
  end if;
  if exists (select from managed_signer where number = new.number and state = 'in-use') then
    raise exception 'a signer is cut over before it is revoked'
      using errcode = 'PL003', table = 'signer_revocation';
  end if;
  return new;
end $$;

create trigger revocation_is_guarded before insert on signer_revocation
  for each row execute function guard_revocation();

create table revocation_list (
  number bigint primary key check (number >= 1),
  issued_at timestamptz not null,
  next_update timestamptz not null check (next_update > issued_at),
  -- DER of the certificate of the key that signed it.
  issuer bytea not null,
  der bytea not null
);

create trigger revocation_list_is_kept before update or delete or truncate on revocation_list
  for each statement execute function refuse_change();
