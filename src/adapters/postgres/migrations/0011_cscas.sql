-- The country's CSCAs, the newest last: it signs certificates and the revocation list. What a
-- roll-over still owes to the world is a row until somebody confirms it.

create table csca (
  number integer primary key check (number >= 1),
  key_label text not null unique,
  algorithm text not null,
  certificate bytea not null unique,
  -- By which the one before vouches for it; absent for the first and after an interruption.
  link bytea,
  added_at timestamptz not null,
  proposal bigint unique references proposal_end
);

create function guard_csca() returns trigger language plpgsql set search_path from current as $$
begin
  perform pg_advisory_xact_lock(7220235);
  if new.number <> (select coalesce(max(number), 0) + 1 from csca) then
    raise exception 'CSCAs are numbered one after the other' using errcode = 'PL003', table = 'csca';
  end if;
  if exists (select from custody_quorum) and not exists (
    select from proposal_end e where e.proposal = new.proposal and e.ending = 'used'
      and e.kind = case when new.number = 1 then 'add-csca' else 'roll-over-csca' end
  ) then
    perform refuse_custody('a CSCA is added by a proposal');
  end if;
  return new;
end $$;

create trigger csca_is_guarded before insert on csca
  for each row execute function guard_csca();
create trigger csca_is_kept before update or delete or truncate on csca
  for each statement execute function refuse_change();

create table publication_task (
  csca integer not null references csca,
  task text not null check (task in ('bilateral', 'pkd', 'master-list', 'own-inspection', 'crl')),
  confirmed_at timestamptz,
  confirmed_by text check (confirmed_by <> ''),
  primary key (csca, task),
  check ((confirmed_at is null) = (confirmed_by is null))
);

create function guard_publication() returns trigger language plpgsql set search_path from current as $$
begin
  if old.confirmed_at is not null or (new.csca, new.task) <> (old.csca, old.task) then
    raise exception 'a confirmation stays' using errcode = 'PL002', table = 'publication_task';
  end if;
  return new;
end $$;

create trigger publication_task_is_guarded before update on publication_task
  for each row execute function guard_publication();
create trigger publication_task_is_kept before delete or truncate on publication_task
  for each statement execute function refuse_change();
