-- What no single row can say is asked at the end of every transaction: the document, its attempts
-- and their cards tell the same story, and holder data is there exactly while it is needed.

create function require_document_agreement(asked bigint) returns void language plpgsql set search_path from current as $$
declare
  state_now text;
begin
  select state into state_now from document where id = asked;
  if (state_now in ('encoding', 'encoded'))
    <> exists (select from attempt where document = asked and outcome = 'open') then
    raise exception 'document % is % and its open attempt says otherwise', asked, state_now
      using errcode = 'PL003', table = 'document';
  end if;
  if (state_now in ('released', 'dispatched', 'delivered'))
    <> exists (select from attempt where document = asked and outcome = 'good') then
    raise exception 'document % is % and its good attempt says otherwise', asked, state_now
      using errcode = 'PL003', table = 'document';
  end if;
  if (state_now in ('prepared', 'encoding', 'encoded'))
    <> exists (select from holder_content where document = asked and kind = 'prepared') then
    raise exception 'document % is % and its prepared content says otherwise', asked, state_now
      using errcode = 'PL003', table = 'holder_content';
  end if;
  if state_now in ('approved', 'prepared', 'encoding', 'encoded', 'held', 'spoiled')
    and not exists (select from holder_content where document = asked and kind = 'record') then
    raise exception 'document % is % without its record', asked, state_now
      using errcode = 'PL003', table = 'holder_content';
  end if;
end $$;

create function require_card_agreement(asked text) returns void language plpgsql set search_path from current as $$
declare
  state_now text;
  outcome_now text;
begin
  select state into state_now from card where chip_serial = asked;
  select outcome into outcome_now from attempt where chip_serial = asked;
  if not (case outcome_now
    when 'open' then state_now = 'issued'
    when 'good' then state_now in ('good', 'dispatched')
    when 'spoiled' then state_now in ('spoiled', 'destroyed')
    else state_now not in ('good', 'dispatched')
  end) then
    raise exception 'a card is % and its attempt says otherwise', state_now
      using errcode = 'PL003', table = 'card';
  end if;
end $$;

create function agree_from_document() returns trigger language plpgsql set search_path from current as $$
begin
  perform require_document_agreement(new.id);
  return null;
end $$;

create function agree_from_content() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op <> 'INSERT' then perform require_document_agreement(old.document); end if;
  if tg_op <> 'DELETE' then perform require_document_agreement(new.document); end if;
  return null;
end $$;

create function agree_from_card() returns trigger language plpgsql set search_path from current as $$
begin
  perform require_card_agreement(new.chip_serial);
  return null;
end $$;

create function agree_from_attempt() returns trigger language plpgsql set search_path from current as $$
begin
  perform require_document_agreement(new.document);
  perform require_card_agreement(new.chip_serial);
  return null;
end $$;

create constraint trigger document_agrees after insert or update on document
  deferrable initially deferred for each row execute function agree_from_document();
create constraint trigger content_agrees after insert or update or delete on holder_content
  deferrable initially deferred for each row execute function agree_from_content();
create constraint trigger card_agrees after insert or update on card
  deferrable initially deferred for each row execute function agree_from_card();
create constraint trigger attempt_agrees after insert or update on attempt
  deferrable initially deferred for each row execute function agree_from_attempt();

create trigger content_is_not_truncated before truncate on holder_content
  for each statement execute function refuse_change();
