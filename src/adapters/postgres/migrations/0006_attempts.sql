-- Where the two lives meet: one document tried on one card. The row is committed before the first
-- write to the chip.

create table attempt (
  id bigint generated always as identity primary key,
  document bigint not null references document,
  ordinal integer not null check (ordinal >= 1),
  -- The spoiled attempt that this one makes good.
  remake_of bigint,
  remade_outcome text not null generated always as ('spoiled') stored,
  signature bigint not null,
  chip_serial text not null,
  chip text not null,
  station text not null check (station <> ''),
  script_sha256 bytea not null check (octet_length(script_sha256) = 32),
  file_hashes jsonb not null,
  opened_at timestamptz not null default now(),

  outcome text not null default 'open' check (outcome in ('open', 'good', 'spoiled')),
  closed_at timestamptz,
  spoil_code text check (spoil_code <> ''),
  spoil_reasons text[] not null default '{}',
  good_inspection bigint,
  good_phase text not null generated always as ('after-lock') stored,
  good_verdict text not null generated always as ('pass') stored,

  unique (id, document, outcome),
  unique (id, chip_serial, outcome),
  constraint attempts_are_counted unique (document, ordinal),
  constraint one_attempt_per_card unique (chip_serial),
  constraint one_remake_per_attempt unique (remake_of),
  foreign key (signature, document) references signature (id, document),
  constraint card_is_of_the_chip_type foreign key (chip_serial, chip)
    references card (chip_serial, chip),
  constraint remake_follows_spoiled foreign key (remake_of, document, remade_outcome)
    references attempt (id, document, outcome),
  constraint only_the_first_is_no_remake check ((ordinal = 1) = (remake_of is null)),
  constraint closed_has_time check ((outcome = 'open') = (closed_at is null)),
  constraint spoiled_has_code check ((outcome = 'spoiled') = (spoil_code is not null)),
  constraint good_needs_inspection check ((outcome = 'good') = (good_inspection is not null))
);

create unique index one_open_attempt_per_document on attempt (document) where outcome = 'open';
create unique index one_good_attempt_per_document on attempt (document) where outcome = 'good';
create index attempt_open_at_station on attempt (station, id) where outcome = 'open';

create table inspection (
  id bigint generated always as identity primary key,
  attempt bigint not null references attempt,
  phase text not null check (phase in ('before-lock', 'after-lock')),
  verdict text not null check (verdict in ('pass', 'fail')),
  inspected_at timestamptz not null,
  -- Access, ids of checks by outcome, APDUs and time: nothing of what was read.
  summary jsonb not null,
  unique (id, attempt, phase, verdict)
);

create index inspection_of_attempt on inspection (attempt, id);

create trigger inspection_is_append_only before update or delete or truncate on inspection
  for each statement execute function refuse_change();

alter table attempt add constraint good_needs_passed_inspection_after_lock
  foreign key (good_inspection, id, good_phase, good_verdict)
  references inspection (id, attempt, phase, verdict);
alter table document add constraint released_by_its_good_attempt
  foreign key (good_attempt, id, good_outcome) references attempt (id, document, outcome);
alter table card add constraint good_by_its_good_attempt
  foreign key (good_attempt, chip_serial, good_outcome)
  references attempt (id, chip_serial, outcome);

create function guard_attempt() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    if new.outcome <> 'open' then
      raise exception 'an attempt begins open' using errcode = 'PL001', table = 'attempt';
    end if;
    return new;
  end if;
  if old.outcome <> 'open' then
    raise exception 'a closed attempt does not change' using errcode = 'PL002', table = 'attempt';
  end if;
  if (new.document, new.ordinal, new.remake_of, new.signature, new.chip_serial, new.chip,
      new.station, new.script_sha256, new.file_hashes, new.opened_at)
    is distinct from
     (old.document, old.ordinal, old.remake_of, old.signature, old.chip_serial, old.chip,
      old.station, old.script_sha256, old.file_hashes, old.opened_at) then
    raise exception 'the intent of an attempt does not change'
      using errcode = 'PL002', table = 'attempt';
  end if;
  return new;
end $$;

create trigger attempt_is_guarded before insert or update on attempt
  for each row execute function guard_attempt();
create trigger attempt_is_kept before delete or truncate on attempt
  for each statement execute function refuse_change();

create function note_attempt() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op = 'INSERT' or new.outcome <> old.outcome then
    insert into event (by, subject, event, document, chip_serial, attempt, reasons)
      values (
        new.station, 'attempt', case new.outcome when 'open' then 'opened' else new.outcome end,
        new.document, new.chip_serial, new.id,
        case new.outcome when 'spoiled' then new.spoil_code || new.spoil_reasons else '{}' end
      );
  end if;
  return null;
end $$;

create trigger attempt_is_noted after insert or update on attempt
  for each row execute function note_attempt();

create function note_inspection() returns trigger language plpgsql set search_path from current as $$
begin
  insert into event (by, subject, event, document, chip_serial, attempt, reasons)
    select attempt.station, 'inspection', new.verdict, attempt.document, attempt.chip_serial,
      attempt.id, array[new.phase]
    from attempt where attempt.id = new.attempt;
  return null;
end $$;

create trigger inspection_is_noted after insert on inspection
  for each row execute function note_inspection();
