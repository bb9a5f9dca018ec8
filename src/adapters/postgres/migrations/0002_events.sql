-- What happened, in order, for good. The rows are written by the triggers of the tables that
-- change, so that no change goes without its event; they carry no holder data.

create table event (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  by text not null check (by <> ''),
  subject text not null check (subject in ('document', 'card', 'attempt', 'signature', 'inspection')),
  event text not null check (event <> ''),
  from_state text,
  document bigint,
  chip_serial text,
  attempt bigint,
  reasons text[] not null default '{}'
);

create index event_of_document on event (document, id) where document is not null;
create index event_of_card on event (chip_serial, id) where chip_serial is not null;

create trigger event_is_append_only
  before update or delete or truncate on event
  for each statement execute function refuse_change();
