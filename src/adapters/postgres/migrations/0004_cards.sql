-- One blank is one card, known by the serial of its chip, always in one state and one place.

create table card_lot (
  lot text primary key check (lot <> ''),
  chip text not null check (chip <> ''),
  unique (lot, chip)
);

create trigger card_lot_is_kept before update or delete or truncate on card_lot
  for each statement execute function refuse_change();

create table card (
  chip_serial text primary key check (chip_serial ~ '^([0-9A-F]{2}){1,32}$'),
  lot text not null,
  chip text not null,

  state text not null default 'received' references card_state,
  place text not null default 'receiving',
  state_since timestamptz not null default now(),
  state_by text not null check (state_by <> ''),
  state_reasons text[] not null default '{}',

  good_attempt bigint,
  good_outcome text not null generated always as ('good') stored,

  unique (chip_serial, chip),
  foreign key (lot, chip) references card_lot (lot, chip),
  constraint place_agrees_with_state check (
    case state
      when 'received' then place = 'receiving'
      when 'in-vault' then place = 'vault'
      when 'issued' then place not in ('', 'receiving', 'vault', 'destroyed', 'dispatched')
      when 'destroyed' then place = 'destroyed'
      when 'dispatched' then place = 'dispatched'
      else place not in ('', 'receiving', 'destroyed', 'dispatched')
    end
  ),
  constraint good_needs_good_attempt check (
    (state in ('good', 'dispatched')) = (good_attempt is not null)
  )
);

create index card_by_state on card (state);

create function guard_card() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'received' then
      raise exception 'a card begins as received' using errcode = 'PL001', table = 'card';
    end if;
    return new;
  end if;
  if (new.chip_serial, new.lot, new.chip) is distinct from (old.chip_serial, old.lot, old.chip) then
    raise exception 'what a card is does not change' using errcode = 'PL002', table = 'card';
  end if;
  if new.state <> old.state then
    if not exists (select from card_move where from_state = old.state and to_state = new.state) then
      raise exception 'a card does not go from % to %', old.state, new.state
        using errcode = 'PL001', table = 'card';
    end if;
    new.state_since := now();
  end if;
  return new;
end $$;

create trigger card_is_guarded before insert or update on card
  for each row execute function guard_card();
create trigger card_is_kept before delete or truncate on card
  for each statement execute function refuse_change();

create function note_card() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op = 'INSERT' then
    insert into event (by, subject, event, chip_serial, reasons)
      values (new.state_by, 'card', new.state, new.chip_serial, new.state_reasons);
  elsif new.state <> old.state then
    insert into event (by, subject, event, from_state, chip_serial, reasons)
      values (new.state_by, 'card', new.state, old.state, new.chip_serial, new.state_reasons);
  end if;
  return null;
end $$;

create trigger card_is_noted after insert or update on card
  for each row execute function note_card();
