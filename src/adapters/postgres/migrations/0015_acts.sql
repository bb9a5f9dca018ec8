-- Acts that take several people. An approval is bound to exactly what is done: each row that comes of
-- one is compared here with the subject that people signed, and uses the proposal up in the same
-- transaction. A ceremony is one proposal with many steps, each of which is used up once.

-- What subjects say, by kind of proposal. A kind or a member that does not stand here is refused, so
-- that a limit with a letter wrong is no signer without a limit.
create table proposal_kind (
  kind text primary key,
  -- Others than these members are refused.
  closed boolean not null
);
create table proposal_member (
  kind text not null references proposal_kind,
  member text not null,
  required boolean not null,
  primary key (kind, member)
);

insert into proposal_kind (kind, closed) values
  ('enroll-custodian', true), ('retire-custodian', true), ('hold-ceremony', true),
  ('add-csca', true), ('roll-over-csca', true),
  ('add-signer', true), ('import-signer', true), ('cut-over', true), ('retire-signer', true),
  ('revoke-signer', true), ('destroy-key', true), ('import-card-key', false),
  ('make-card-key', false), ('destroy-card-key', false),
  ('issue-list-signer', true), ('issue-cv-certificate', true);

insert into proposal_member (kind, member, required) values
  ('enroll-custodian', 'name', true), ('enroll-custodian', 'key', true),
  ('retire-custodian', 'name', true),
  ('hold-ceremony', 'ceremony', true), ('hold-ceremony', 'sha256', true),
  ('hold-ceremony', 'steps', true),
  ('add-csca', 'csca', true),
  ('roll-over-csca', 'algorithm', false), ('roll-over-csca', 'commonName', false),
  ('roll-over-csca', 'from', false),
  ('add-signer', 'algorithm', false), ('add-signer', 'from', false),
  ('add-signer', 'documentYears', false), ('add-signer', 'maxSignatures', false),
  ('add-signer', 'maxDays', false),
  ('import-signer', 'label', true), ('import-signer', 'sha256', true),
  ('import-signer', 'csca', true), ('import-signer', 'maxSignatures', false),
  ('import-signer', 'maxDays', false),
  ('cut-over', 'signer', true), ('retire-signer', 'signer', true), ('revoke-signer', 'signer', true),
  ('destroy-key', 'label', true), ('destroy-key', 'purpose', true),
  ('issue-list-signer', 'kind', true), ('issue-list-signer', 'label', true),
  ('issue-list-signer', 'algorithm', true),
  ('issue-cv-certificate', 'name', true), ('issue-cv-certificate', 'role', true),
  ('issue-cv-certificate', 'rights', true), ('issue-cv-certificate', 'above', true),
  ('issue-cv-certificate', 'algorithm', true), ('issue-cv-certificate', 'from', true),
  ('issue-cv-certificate', 'days', true);

create trigger proposal_kind_is_fixed
  before insert or update or delete or truncate on proposal_kind
  for each statement execute function refuse_change();
create trigger proposal_member_is_fixed
  before insert or update or delete or truncate on proposal_member
  for each statement execute function refuse_change();

-- The clock of the database; in a rehearsal the time that somebody hands in.
create function custody_clock(told timestamptz) returns timestamptz language sql set search_path from current as $$
  select case when exists (select from rehearsal) then told else clock_timestamp() end
$$;

create or replace function guard_proposal() returns trigger language plpgsql set search_path from current as $$
begin
  perform require_custodian(new.requested_by);
  -- A ceremony may ask for more people than the quorum, nothing for fewer.
  if new.needed < coalesce((select needed from custody_quorum), new.needed + 1) then
    perform refuse_custody('a proposal needs as many approvals as the quorum says');
  end if;
  if new.expires_at > custody_clock(new.requested_at) + interval '31 days' then
    perform refuse_custody('a proposal stands for a month at the most');
  end if;
  if not exists (select from proposal_kind k where k.kind = new.kind) then
    perform refuse_custody('there is no such kind of proposal');
  end if;
  if jsonb_typeof(new.subject::jsonb) <> 'object' then
    perform refuse_custody('the subject of a proposal is an object');
  end if;
  if exists (select from proposal_kind k where k.kind = new.kind and k.closed) and exists (
    select from jsonb_object_keys(new.subject::jsonb) as given (member)
      where not exists (
        select from proposal_member m where m.kind = new.kind and m.member = given.member
      )
  ) then
    perform refuse_custody('the subject has a member that is none of this kind');
  end if;
  if exists (
    select from proposal_member m
      where m.kind = new.kind and m.required and not new.subject::jsonb ? m.member
  ) then
    perform refuse_custody('the subject lacks a member of this kind');
  end if;
  return new;
end $$;

create or replace function guard_decision() returns trigger language plpgsql set search_path from current as $$
declare
  asked proposal;
begin
  select * into asked from proposal where id = new.proposal for update;
  perform require_custodian(new.custodian);
  if exists (select from proposal_end where proposal = new.proposal) then
    perform refuse_custody('this proposal has ended');
  end if;
  if custody_clock(new.decided_at) > asked.expires_at then
    perform refuse_custody('this proposal has expired');
  end if;
  return new;
end $$;

create or replace function guard_end() returns trigger language plpgsql set search_path from current as $$
declare
  asked proposal;
begin
  select * into asked from proposal where id = new.proposal for update;
  if new.ending = 'used' then
    if greatest(new.ended_at, custody_clock(new.ended_at)) > asked.expires_at then
      perform refuse_custody('this proposal has expired');
    end if;
    if (
      select count(*) from proposal_decision
        where proposal = new.proposal and decision = 'approve'
          and not exists (select from custodian_retirement r where r.name = custodian)
    ) < asked.needed then
      perform refuse_custody('this proposal has too few approvals');
    end if;
    -- Who asked and has left since asks for nothing any more.
    perform require_custodian(asked.requested_by);
  elsif new.ending = 'expired'
    and least(new.ended_at, custody_clock(new.ended_at)) <= asked.expires_at then
    perform refuse_custody('this proposal has not expired');
  elsif new.ending = 'refused' and not exists (
    select from proposal_decision where proposal = new.proposal and decision = 'refuse'
  ) then
    perform refuse_custody('nobody has refused this proposal');
  end if;
  return new;
end $$;

-- Each use of a proposal, or of one step of a ceremony: there is never a second.
create table act (
  proposal bigint not null references proposal_end,
  step integer check (step >= 0),
  kind text not null,
  done_at timestamptz not null default clock_timestamp(),
  constraint approved_once unique nulls not distinct (proposal, step)
);

-- Rows come from the rules of the tables below and from nowhere else.
create function guard_act() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'an act is what its row says' using errcode = 'PL002', table = 'act';
  end if;
  return new;
end $$;

create trigger act_is_guarded before insert on act
  for each row execute function guard_act();
create trigger act_is_kept before update or delete or truncate on act
  for each statement execute function refuse_change();

create table ceremony (
  proposal bigint primary key,
  -- Of the reviewed file: it is held once.
  sha256 bytea not null unique,
  opened_at timestamptz not null,
  kind text not null generated always as ('hold-ceremony') stored,
  ending text not null generated always as ('used') stored,
  foreign key (proposal, kind, ending) references proposal_end (proposal, kind, ending)
);

create trigger ceremony_is_kept before update or delete or truncate on ceremony
  for each statement execute function refuse_change();

-- The journal of a ceremony, each entry there before anything follows from it.
create table ceremony_entry (
  proposal bigint not null references ceremony,
  number integer not null check (number >= 1),
  event text not null check (event in ('opened', 'begun', 'done', 'interrupted', 'closed')),
  step integer,
  text text not null,
  primary key (proposal, number),
  check (text::jsonb ->> 'event' = event),
  check ((text::jsonb ->> 'step')::integer is not distinct from step),
  check ((event in ('begun', 'done')) = (step is not null))
);

create unique index ceremony_step_is_begun_once on ceremony_entry (proposal, step)
  where event = 'begun';
create unique index ceremony_step_is_done_once on ceremony_entry (proposal, step)
  where event = 'done';
create trigger ceremony_entry_is_append_only
  before update or delete or truncate on ceremony_entry
  for each statement execute function refuse_change();

-- True in the transaction that ended the proposal by using it, and in no other.
create function is_used_now(asked bigint) returns boolean language sql set search_path from current as $$
  select exists (
    select from proposal_end e
      where e.proposal = asked and e.ending = 'used' and e.xmin = pg_current_xact_id()::xid
  )
$$;

-- Uses an approval up for one act. `exact` are members that the subject has with these values, or,
-- where the value is null, has not; `given` are members that have these values if the subject has
-- them at all.
create function use_approval(
  asked bigint, asked_step integer, act_kind text, exact jsonb, given jsonb default '{}'
) returns void language plpgsql set search_path from current as $$
declare
  planned jsonb;
  kind_planned text;
  one record;
begin
  if asked is null then
    if exists (select from custody_quorum) then
      perform refuse_custody('this is done by a proposal, and no other way');
    end if;
    return;
  end if;
  select p.kind, p.subject::jsonb into kind_planned, planned from proposal p where p.id = asked;
  if asked_step is null then
    if not is_used_now(asked) then perform refuse_custody('this proposal was not used for this'); end if;
  else
    if kind_planned is distinct from 'hold-ceremony' then
      perform refuse_custody('only a ceremony has steps');
    end if;
    if not exists (
      select from ceremony_entry e where e.proposal = asked and e.step = asked_step and e.event = 'begun'
    ) then
      perform refuse_custody('this step of the ceremony was not begun');
    end if;
    planned := planned -> 'steps' -> asked_step;
    kind_planned := planned ->> 'do';
  end if;
  if kind_planned is distinct from act_kind then
    perform refuse_custody('this is not what was approved');
  end if;
  for one in select key, value from jsonb_each(exact) loop
    if coalesce(planned -> one.key, 'null') <> one.value then
      perform refuse_custody('this is not exactly what was approved: ' || one.key);
    end if;
  end loop;
  for one in select key, value from jsonb_each(given) loop
    if planned ? one.key and planned -> one.key <> one.value then
      perform refuse_custody('this is not exactly what was approved: ' || one.key);
    end if;
  end loop;
  insert into act (proposal, step, kind) values (asked, asked_step, act_kind);
end $$;

create function guard_ceremony() returns trigger language plpgsql set search_path from current as $$
begin
  if not is_used_now(new.proposal) then
    perform refuse_custody('this proposal was not used for this');
  end if;
  if not exists (
    select from proposal p where p.id = new.proposal
      and p.subject::jsonb ->> 'sha256' = upper(encode(new.sha256, 'hex'))
  ) then
    perform refuse_custody('another ceremony file was approved');
  end if;
  insert into act (proposal, kind) values (new.proposal, 'hold-ceremony');
  return new;
end $$;

create trigger ceremony_is_guarded before insert on ceremony
  for each row execute function guard_ceremony();

create function guard_ceremony_entry() returns trigger language plpgsql set search_path from current as $$
declare
  steps integer;
begin
  -- One room at a time.
  perform from ceremony where proposal = new.proposal for update;
  if new.number <> 1 + (select count(*) from ceremony_entry where proposal = new.proposal)
    or (new.number = 1) <> (new.event = 'opened') then
    raise exception 'entries of a ceremony follow one another'
      using errcode = 'PL003', table = 'ceremony_entry';
  end if;
  if exists (select from ceremony_entry where proposal = new.proposal and event = 'closed') then
    perform refuse_custody('this ceremony is over');
  end if;
  select jsonb_array_length(subject::jsonb -> 'steps') into steps
    from proposal where id = new.proposal;
  if new.event in ('begun', 'done') and (
    new.step < 0 or new.step >= steps or new.step <> (
      select count(*) from ceremony_entry where proposal = new.proposal and event = 'done'
    )
  ) then
    perform refuse_custody('steps of a ceremony follow one another');
  end if;
  if new.event = 'done' and not exists (
    select from ceremony_entry
      where proposal = new.proposal and step = new.step and event = 'begun'
  ) then
    perform refuse_custody('this step of the ceremony was not begun');
  end if;
  if new.event = 'closed' and steps <> (
    select count(*) from ceremony_entry where proposal = new.proposal and event = 'done'
  ) then
    perform refuse_custody('a ceremony is over when all its steps are done');
  end if;
  return new;
end $$;

create trigger ceremony_entry_is_guarded before insert on ceremony_entry
  for each row execute function guard_ceremony_entry();

-- Whoever says that a proposal was used, or a step done, has done it in the same transaction. Keys
-- that have no row of their own and lists leave the journal alone.
create function require_act() returns trigger language plpgsql set search_path from current as $$
declare
  asked_step integer;
begin
  if tg_table_name = 'proposal_end' then
    if new.ending <> 'used'
      or exists (select from card_key_import i where i.proposal = new.proposal)
      or exists (select from card_key k where k.proposal = new.proposal)
      or exists (select from card_key_destruction d where d.proposal = new.proposal) then
      return null;
    end if;
  else
    if new.event <> 'done' then return null; end if;
    asked_step := new.step;
    if (
      select p.subject::jsonb -> 'steps' -> new.step ->> 'do' from proposal p where p.id = new.proposal
    ) in ('make-audit-key', 'make-storage-key', 'request-signer', 'issue-crl') then
      return null;
    end if;
  end if;
  if not exists (
    select from act a where a.proposal = new.proposal and a.step is not distinct from asked_step
  ) then
    perform refuse_custody('nothing was done of what was approved');
  end if;
  return null;
end $$;

create constraint trigger used_for_something after insert on proposal_end
  deferrable initially deferred for each row execute function require_act();
create constraint trigger done_for_something after insert on ceremony_entry
  deferrable initially deferred for each row execute function require_act();

-- The same rules for every table that an act leaves its row in.
alter table custodian drop column kind, drop column ending,
  drop constraint custodian_proposal_key,
  add foreign key (proposal) references proposal_end;
alter table custodian_retirement drop column kind, drop column ending,
  drop constraint custodian_retirement_proposal_key,
  add foreign key (proposal) references proposal_end;

create or replace function guard_custodian() returns trigger language plpgsql set search_path from current as $$
begin
  -- Founding and the end of founding take turns.
  perform pg_advisory_xact_lock(7220234);
  perform use_approval(new.proposal, null, 'enroll-custodian', jsonb_build_object(
    'name', new.name,
    -- The 32 bytes of an Ed25519 key are the last ones of its DER.
    'key', upper(encode(substr(new.public_key, greatest(1, octet_length(new.public_key) - 31)), 'hex'))
  ));
  return new;
end $$;

create or replace function guard_retirement() returns trigger language plpgsql set search_path from current as $$
begin
  perform pg_advisory_xact_lock(7220234);
  perform require_custodian(new.name);
  if (select count(*) from custodian) - (select count(*) from custodian_retirement) - 1
    <= (select needed from custody_quorum) then
    perform refuse_custody('those who stay are too few for the quorum');
  end if;
  perform use_approval(new.proposal, null, 'retire-custodian', jsonb_build_object('name', new.name));
  return new;
end $$;

-- Keys that were destroyed. The row is there before the HSM is asked, so that an interruption is
-- seen; what the key signed and its certificate stay.
create table key_destruction (
  label text primary key check (label <> ''),
  purpose text not null check (purpose <> ''),
  -- SHA-256 of its SubjectPublicKeyInfo; absent for a secret key.
  public_key_sha256 bytea check (octet_length(public_key_sha256) = 32),
  begun_at timestamptz not null,
  by text not null check (by <> ''),
  proposal bigint references proposal_end,
  step integer,
  destroyed_at timestamptz check (destroyed_at >= begun_at)
);

create function guard_destruction() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op = 'UPDATE' then
    if old.destroyed_at is not null or to_jsonb(new) - 'destroyed_at' <> to_jsonb(old) - 'destroyed_at'
    then
      raise exception 'the end of a key stays' using errcode = 'PL002', table = 'key_destruction';
    end if;
    return new;
  end if;
  perform pg_advisory_xact_lock(7220233);
  if new.destroyed_at is not null then
    raise exception 'a key is destroyed after that was written down'
      using errcode = 'PL001', table = 'key_destruction';
  end if;
  if exists (
    select from managed_signer m join signer s on s.certificate_sha256 = m.signer
      where s.key_label = new.label and m.state <> 'retired'
  ) then
    perform refuse_custody('a signer is retired before its key is destroyed');
  end if;
  if (select c.key_label from csca c order by c.number desc limit 1) = new.label then
    perform refuse_custody('the newest CSCA is rolled over before its key is destroyed');
  end if;
  perform use_approval(new.proposal, new.step, 'destroy-key', jsonb_build_object(
    'label', new.label, 'purpose', new.purpose
  ));
  return new;
end $$;

create trigger key_destruction_is_guarded before insert or update on key_destruction
  for each row execute function guard_destruction();
create trigger key_destruction_is_kept before delete or truncate on key_destruction
  for each statement execute function refuse_change();

create function refuse_destroyed(asked text) returns void language plpgsql set search_path from current as $$
begin
  if exists (select from key_destruction where label = asked) then
    perform refuse_custody('the key of this label was destroyed');
  end if;
end $$;

-- A renewed CSCA keeps its key and gets a new certificate; a new key comes with its link.
alter table csca drop constraint csca_proposal_key, drop constraint csca_key_label_key,
  add column step integer;

create or replace function guard_csca() returns trigger language plpgsql set search_path from current as $$
declare
  before csca;
  what text;
begin
  perform pg_advisory_xact_lock(7220235);
  if new.number <> (select coalesce(max(number), 0) + 1 from csca) then
    raise exception 'CSCAs are numbered one after the other' using errcode = 'PL003', table = 'csca';
  end if;
  perform refuse_destroyed(new.key_label);
  select * into before from csca where number = new.number - 1;
  what := case
    when before is null and new.step is null then 'add-csca'
    when before is null then 'make-csca'
    when before.key_label = new.key_label then 'renew-csca'
    else 'roll-over-csca'
  end;
  if (what = 'roll-over-csca') <> (new.link is not null) then
    raise exception 'a link certificate leads from one key to another'
      using errcode = 'PL003', table = 'csca';
  end if;
  if what <> 'renew-csca' and exists (select from csca c where c.key_label = new.key_label) then
    raise exception 'this key had its turn' using errcode = 'PL003', table = 'csca';
  end if;
  perform use_approval(new.proposal, new.step, what,
    case what
      when 'add-csca' then
        jsonb_build_object('csca', upper(encode(sha256(new.certificate), 'hex')))
      when 'make-csca' then
        jsonb_build_object('label', new.key_label, 'algorithm', new.algorithm)
      when 'renew-csca' then jsonb_build_object('label', new.key_label)
      else '{}'
    end,
    jsonb_build_object('label', new.key_label, 'algorithm', new.algorithm));
  return new;
end $$;

alter table managed_signer drop column add_kind, drop column retire_kind, drop column ending,
  drop constraint managed_signer_add_proposal_key,
  drop constraint managed_signer_retire_proposal_key,
  add foreign key (add_proposal) references proposal_end,
  add foreign key (retire_proposal) references proposal_end,
  add column add_step integer,
  add column retire_step integer,
  add column cut_over_proposal bigint references proposal_end,
  add column cut_over_step integer;

create or replace function guard_managed_signer() returns trigger language plpgsql set search_path from current as $$
declare
  one signer;
  member jsonb;
begin
  select * into one from signer where certificate_sha256 = new.signer;
  if tg_op = 'INSERT' then
    if new.state <> 'waiting' then
      raise exception 'a signer begins as waiting' using errcode = 'PL001', table = 'managed_signer';
    end if;
    perform refuse_destroyed(one.key_label);
    member := jsonb_build_object('maxSignatures', new.max_signatures, 'maxDays', new.max_days);
    -- What a CSCA elsewhere issued is known before it is approved.
    if (
      select coalesce(p.subject::jsonb -> 'steps' -> new.add_step ->> 'do', p.kind) = 'import-signer'
        from proposal p where p.id = new.add_proposal
    ) then
      perform use_approval(new.add_proposal, new.add_step, 'import-signer',
        member || jsonb_build_object(
          'label', one.key_label,
          'sha256', upper(encode(sha256(one.certificate), 'hex')),
          'csca', upper(encode(sha256(one.csca), 'hex'))));
    else
      perform use_approval(new.add_proposal, new.add_step, 'add-signer', member,
        jsonb_build_object('label', one.key_label, 'algorithm', new.algorithm));
    end if;
    return new;
  end if;
  if (new.number, new.signer, new.algorithm, new.max_signatures, new.max_days, new.added_at,
      new.add_proposal, new.add_step)
    is distinct from (old.number, old.signer, old.algorithm, old.max_signatures, old.max_days,
      old.added_at, old.add_proposal, old.add_step) then
    raise exception 'what a signer is does not change'
      using errcode = 'PL002', table = 'managed_signer';
  end if;
  if new.state <> old.state and (old.state, new.state) not in (
    ('waiting', 'in-use'), ('in-use', 'cut-over'), ('waiting', 'retired'), ('cut-over', 'retired')
  ) then
    raise exception 'a signer does not go from % to %', old.state, new.state
      using errcode = 'PL001', table = 'managed_signer';
  end if;
  if new.reserved <> old.reserved
    and (new.reserved <> old.reserved + 1 or old.state <> 'in-use' or new.state <> 'in-use') then
    raise exception 'signatures are counted one by one, while the signer is in use'
      using errcode = 'PL002', table = 'managed_signer';
  end if;
  if (old.state = new.state or new.state <> 'retired')
    and (new.retire_proposal, new.retire_step) is distinct from (old.retire_proposal, old.retire_step)
    or (old.state = new.state or new.state <> 'cut-over')
    and (new.cut_over_proposal, new.cut_over_step)
      is distinct from (old.cut_over_proposal, old.cut_over_step) then
    raise exception 'an approval comes with what it approves'
      using errcode = 'PL002', table = 'managed_signer';
  end if;
  member := jsonb_build_object('signer', new.number);
  if old.state <> 'retired' and new.state = 'retired' then
    perform use_approval(new.retire_proposal, new.retire_step, 'retire-signer', member);
  end if;
  -- Its limits and its revocation end the use of a signer by themselves; anything else is approved.
  if old.state <> 'cut-over' and new.state = 'cut-over' and (
    new.cut_over_proposal is not null
    or not (new.max_signatures is not null and new.reserved >= new.max_signatures)
    and not new.cut_over_at > least(
      one.use_until, one.valid_until, new.in_use_at + make_interval(days => new.max_days))
    and not exists (select from signer_revocation r where r.number = new.number)
  ) then
    perform use_approval(new.cut_over_proposal, new.cut_over_step, 'cut-over', member);
  end if;
  return new;
end $$;

alter table signer_revocation drop column kind, drop column ending,
  drop constraint signer_revocation_proposal_key,
  add foreign key (proposal) references proposal_end,
  add column step integer;

create or replace function guard_revocation() returns trigger language plpgsql set search_path from current as $$
begin
  perform pg_advisory_xact_lock(7220233);
  perform use_approval(new.proposal, new.step, 'revoke-signer', jsonb_build_object('signer', new.number));
  return new;
end $$;

-- From this moment no signature can be reserved for it.
create function end_revoked() returns trigger language plpgsql set search_path from current as $$
begin
  update managed_signer set state = 'cut-over',
      cut_over_at = greatest(new.revoked_at, in_use_at, last_reserved_at)
    where number = new.number and state = 'in-use';
  return null;
end $$;

create trigger revocation_ends_the_use after insert on signer_revocation
  for each row execute function end_revoked();

-- Certificates that are no document signer's: of signers of lists, and for terminals.
create table issued_certificate (
  sha256 bytea primary key check (sha256 = sha256(certificate)),
  kind text not null check (kind in ('issue-list-signer', 'issue-cv-certificate')),
  key_label text not null unique,
  certificate bytea not null,
  -- What it is, member by member as it was approved.
  subject jsonb not null,
  issued_at timestamptz not null,
  proposal bigint references proposal_end,
  step integer
);

create function guard_issued_certificate() returns trigger language plpgsql set search_path from current as $$
begin
  perform refuse_destroyed(new.key_label);
  perform use_approval(new.proposal, new.step, new.kind, new.subject || coalesce((
    -- A member that was approved and is not told is missing.
    select jsonb_object_agg(m.member, null) from proposal_member m
      where m.kind = new.kind and not new.subject ? m.member
  ), '{}'));
  return new;
end $$;

create trigger issued_certificate_is_guarded before insert on issued_certificate
  for each row execute function guard_issued_certificate();
create trigger issued_certificate_is_kept before update or delete or truncate on issued_certificate
  for each statement execute function refuse_change();

-- One complete list after the other, over everything that is revoked.
create function guard_revocation_list() returns trigger language plpgsql set search_path from current as $$
begin
  perform pg_advisory_xact_lock(7220235);
  if new.number <> (select coalesce(max(number), 0) + 1 from revocation_list) then
    raise exception 'revocation lists are numbered one after the other'
      using errcode = 'PL003', table = 'revocation_list';
  end if;
  return new;
end $$;

create trigger revocation_list_is_guarded before insert on revocation_list
  for each row execute function guard_revocation_list();
