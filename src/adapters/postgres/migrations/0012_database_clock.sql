-- The time of a signature is the database's own: a station whose clock is wrong signs outside no
-- period. Only a database that was declared a rehearsal, before anything was signed in it, takes
-- a time that somebody hands in.

create table rehearsal (
  only_row boolean primary key default true check (only_row),
  declared_at timestamptz not null default now()
);

create function guard_rehearsal() returns trigger language plpgsql set search_path from current as $$
begin
  perform pg_advisory_xact_lock(7220233);
  if exists (select from signature) or exists (select from signature_reservation) then
    raise exception 'a database in which was signed becomes no rehearsal'
      using errcode = 'PL003', table = 'rehearsal';
  end if;
  return new;
end $$;

create trigger rehearsal_is_guarded before insert on rehearsal
  for each row execute function guard_rehearsal();
create trigger rehearsal_is_kept before update or delete or truncate on rehearsal
  for each statement execute function refuse_change();

-- As before, but for the moment: without `asked_at` it is now, to the millisecond that programs and
-- the ledger keep.
create or replace function reserve_signature(asked_by text, for_document bigint, asked_at timestamptz)
returns table (reservation bigint, signer_number integer, at timestamptz)
language plpgsql set search_path from current as $$
declare
  one record;
  asked timestamptz;
  moment timestamptz;
begin
  perform pg_advisory_xact_lock(7220233);
  if asked_at is not null and not exists (select from rehearsal) then
    raise exception 'the time of a signature is the database''s'
      using errcode = 'PL003', table = 'signature_reservation';
  end if;
  asked := coalesce(asked_at, date_trunc('milliseconds', clock_timestamp()));
  loop
    select m.number, m.reserved, m.max_signatures, m.in_use_at, m.last_reserved_at,
        s.use_from, s.valid_from,
        least(s.use_until, s.valid_until, m.in_use_at + make_interval(days => m.max_days)) as until
      into one
      from managed_signer m join signer s on s.certificate_sha256 = m.signer
      where m.state = 'in-use';
    if found then
      -- Time never goes back for one signer, not even where the server's clock was set back.
      moment := greatest(asked, one.in_use_at, one.last_reserved_at);
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
      moment := asked;
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
