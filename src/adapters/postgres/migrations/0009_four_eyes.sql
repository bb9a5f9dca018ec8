-- Four eyes: what nobody may do alone is proposed by one custodian and approved by others. The rule
-- stands here: nobody twice, nobody their own request, nothing after it has ended. PL004 is its
-- refusal. Signatures are kept beside every row and checked by the programs.

create table custody_quorum (
  -- One row, from the day on which the founding custodians are complete.
  founded boolean primary key default true check (founded),
  needed integer not null check (needed >= 2),
  founded_at timestamptz not null
);

create trigger custody_quorum_is_kept before update or delete or truncate on custody_quorum
  for each statement execute function refuse_change();

create table custodian (
  name text primary key check (name ~ '^[a-z][a-z0-9-]{0,39}$'),
  -- DER SubjectPublicKeyInfo: one key is one person.
  public_key bytea not null unique,
  enrolled_at timestamptz not null,
  -- Absent for those who founded.
  proposal bigint unique
);

create trigger custodian_is_kept before update or delete or truncate on custodian
  for each statement execute function refuse_change();

create table custodian_retirement (
  name text primary key references custodian,
  retired_at timestamptz not null,
  proposal bigint not null unique
);

create trigger custodian_retirement_is_kept
  before update or delete or truncate on custodian_retirement
  for each statement execute function refuse_change();

create table proposal (
  id bigint generated always as identity primary key,
  kind text not null check (kind <> ''),
  -- What exactly is to be done, as JSON; the hash of these bytes is what people confirm.
  subject text not null,
  sha256 bytea not null check (sha256 = sha256(convert_to(kind || chr(10) || subject, 'UTF8'))),
  requested_by text not null references custodian,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  needed integer not null check (needed >= 2),
  signature bytea not null,
  check (expires_at > requested_at),
  unique (id, requested_by, requested_at, expires_at),
  unique (id, kind)
);

create trigger proposal_is_kept before update or delete or truncate on proposal
  for each statement execute function refuse_change();

create table proposal_decision (
  proposal bigint not null,
  custodian text not null references custodian,
  requested_by text not null,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  decision text not null check (decision in ('approve', 'refuse')),
  decided_at timestamptz not null,
  signature bytea not null,
  constraint nobody_decides_twice primary key (proposal, custodian),
  foreign key (proposal, requested_by, requested_at, expires_at)
    references proposal (id, requested_by, requested_at, expires_at),
  constraint nobody_decides_their_own_request check (custodian <> requested_by),
  constraint decided_before_it_expires check (decided_at between requested_at and expires_at)
);

create trigger proposal_decision_is_kept
  before update or delete or truncate on proposal_decision
  for each statement execute function refuse_change();

create table proposal_end (
  proposal bigint primary key,
  kind text not null,
  ending text not null check (ending in ('used', 'refused', 'expired')),
  ended_at timestamptz not null,
  by text not null check (by <> ''),
  foreign key (proposal, kind) references proposal (id, kind),
  unique (proposal, kind, ending)
);

create trigger proposal_end_is_kept before update or delete or truncate on proposal_end
  for each statement execute function refuse_change();

alter table custodian
  add column kind text not null generated always as ('enroll-custodian') stored,
  add column ending text not null generated always as ('used') stored,
  add foreign key (proposal, kind, ending) references proposal_end (proposal, kind, ending);
alter table custodian_retirement
  add column kind text not null generated always as ('retire-custodian') stored,
  add column ending text not null generated always as ('used') stored,
  add foreign key (proposal, kind, ending) references proposal_end (proposal, kind, ending);

create function refuse_custody(reason text) returns void language plpgsql as $$
begin
  raise exception '%', reason using errcode = 'PL004', table = 'custody';
end $$;

create function require_custodian(asked text) returns void language plpgsql set search_path from current as $$
begin
  if not exists (select from custodian where name = asked)
    or exists (select from custodian_retirement where name = asked) then
    perform refuse_custody('this person is no custodian');
  end if;
end $$;

create function guard_custodian() returns trigger language plpgsql set search_path from current as $$
begin
  -- Founding and the end of founding take turns.
  perform pg_advisory_xact_lock(7220234);
  if new.proposal is null and exists (select from custody_quorum) then
    perform refuse_custody('after the founding a custodian is enrolled by a proposal');
  end if;
  return new;
end $$;

create trigger custodian_is_guarded before insert on custodian
  for each row execute function guard_custodian();

create function guard_founding() returns trigger language plpgsql set search_path from current as $$
begin
  perform pg_advisory_xact_lock(7220234);
  -- One requests and so many others approve.
  if (select count(*) from custodian) <= new.needed then
    perform refuse_custody('there are too few custodians for this quorum');
  end if;
  return new;
end $$;

create trigger founding_is_guarded before insert on custody_quorum
  for each row execute function guard_founding();

create function guard_retirement() returns trigger language plpgsql set search_path from current as $$
begin
  perform pg_advisory_xact_lock(7220234);
  perform require_custodian(new.name);
  if (select count(*) from custodian) - (select count(*) from custodian_retirement) - 1
    <= (select needed from custody_quorum) then
    perform refuse_custody('those who stay are too few for the quorum');
  end if;
  return new;
end $$;

create trigger retirement_is_guarded before insert on custodian_retirement
  for each row execute function guard_retirement();

create function guard_proposal() returns trigger language plpgsql set search_path from current as $$
begin
  perform require_custodian(new.requested_by);
  if new.needed is distinct from (select needed from custody_quorum) then
    perform refuse_custody('a proposal needs as many approvals as the quorum says');
  end if;
  return new;
end $$;

create trigger proposal_is_guarded before insert on proposal
  for each row execute function guard_proposal();

create function guard_decision() returns trigger language plpgsql set search_path from current as $$
begin
  perform from proposal where id = new.proposal for update;
  perform require_custodian(new.custodian);
  if exists (select from proposal_end where proposal = new.proposal) then
    perform refuse_custody('this proposal has ended');
  end if;
  return new;
end $$;

create trigger decision_is_guarded before insert on proposal_decision
  for each row execute function guard_decision();

-- One refusal ends it.
create function end_refused() returns trigger language plpgsql set search_path from current as $$
begin
  if new.decision = 'refuse' then
    insert into proposal_end (proposal, kind, ending, ended_at, by)
      select id, kind, 'refused', new.decided_at, new.custodian from proposal where id = new.proposal;
  end if;
  return null;
end $$;

create trigger refusal_ends_it after insert on proposal_decision
  for each row execute function end_refused();

create function guard_end() returns trigger language plpgsql set search_path from current as $$
declare
  asked proposal;
begin
  select * into asked from proposal where id = new.proposal for update;
  if new.ending = 'used' then
    if new.ended_at > asked.expires_at then perform refuse_custody('this proposal has expired'); end if;
    if (
      select count(*) from proposal_decision
        where proposal = new.proposal and decision = 'approve'
          and not exists (select from custodian_retirement r where r.name = custodian)
    ) < asked.needed then
      perform refuse_custody('this proposal has too few approvals');
    end if;
  elsif new.ending = 'expired' and new.ended_at <= asked.expires_at then
    perform refuse_custody('this proposal has not expired');
  elsif new.ending = 'refused' and not exists (
    select from proposal_decision where proposal = new.proposal and decision = 'refuse'
  ) then
    perform refuse_custody('nobody has refused this proposal');
  end if;
  return new;
end $$;

create trigger end_is_guarded before insert on proposal_end
  for each row execute function guard_end();
