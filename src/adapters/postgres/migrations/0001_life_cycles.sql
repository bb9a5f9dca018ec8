-- The two life cycles of document/life-cycle.ts: which state may follow which. A test proves that
-- these rows and that table are equal. Nothing but a migration may change them.

create table document_state (state text primary key);
create table card_state (state text primary key);

create table document_move (
  from_state text not null references document_state,
  to_state text not null references document_state,
  primary key (from_state, to_state)
);

create table card_move (
  from_state text not null references card_state,
  to_state text not null references card_state,
  primary key (from_state, to_state)
);

insert into document_state (state) values
  ('approved'), ('prepared'), ('encoding'), ('encoded'), ('released'), ('dispatched'),
  ('delivered'), ('refused'), ('held'), ('spoiled');

insert into document_move (from_state, to_state) values
  ('approved', 'prepared'), ('approved', 'held'), ('approved', 'refused'),
  ('prepared', 'encoding'), ('prepared', 'approved'), ('prepared', 'held'), ('prepared', 'refused'),
  ('encoding', 'encoded'), ('encoding', 'spoiled'),
  ('encoded', 'released'), ('encoded', 'spoiled'),
  ('released', 'dispatched'),
  ('dispatched', 'delivered'),
  ('refused', 'approved'),
  ('held', 'approved'), ('held', 'refused'),
  ('spoiled', 'approved');

insert into card_state (state) values
  ('received'), ('in-vault'), ('issued'), ('good'), ('spoiled'), ('destroyed'), ('dispatched');

insert into card_move (from_state, to_state) values
  ('received', 'in-vault'),
  ('in-vault', 'issued'), ('in-vault', 'spoiled'),
  ('issued', 'good'), ('issued', 'spoiled'), ('issued', 'in-vault'),
  ('good', 'dispatched'),
  ('spoiled', 'destroyed');

-- Errors of our own triggers: PL001 a move that the life cycle does not know, PL002 a change of
-- what is kept for good, PL003 tables that would disagree with each other.

create function refuse_change() returns trigger language plpgsql set search_path from current as $$
begin
  raise exception '% of % is refused', lower(tg_op), tg_table_name
    using errcode = 'PL002', table = tg_table_name;
end $$;

create trigger document_state_is_fixed
  before insert or update or delete or truncate on document_state
  for each statement execute function refuse_change();
create trigger document_move_is_fixed
  before insert or update or delete or truncate on document_move
  for each statement execute function refuse_change();
create trigger card_state_is_fixed
  before insert or update or delete or truncate on card_state
  for each statement execute function refuse_change();
create trigger card_move_is_fixed
  before insert or update or delete or truncate on card_move
  for each statement execute function refuse_change();
