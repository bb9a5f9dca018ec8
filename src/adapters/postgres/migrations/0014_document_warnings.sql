-- What the lint warned of when a document was signed. A warning stops no card; it is counted.

create table document_warning (
  id bigint generated always as identity primary key,
  signature bigint not null references signature,
  -- Id of the check; nothing of what it found, which is holder data.
  check_id text not null check (check_id <> ''),
  file text check (file <> ''),
  constraint one_warning_per_check unique nulls not distinct (signature, check_id, file)
);

create trigger document_warning_is_append_only
  before update or delete or truncate on document_warning
  for each statement execute function refuse_change();
