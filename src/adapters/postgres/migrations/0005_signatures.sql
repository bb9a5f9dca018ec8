-- The ledger of what each document signer signed. A signature carries the bounds of its signer,
-- held equal to the signer's own by the foreign key, so that the check can see them.

create table signer (
  certificate_sha256 bytea primary key check (octet_length(certificate_sha256) = 32),
  certificate bytea not null,
  csca bytea not null,
  key_label text not null check (key_label <> ''),
  use_from timestamptz not null,
  use_until timestamptz not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  check (certificate_sha256 = sha256(certificate)),
  check (use_from < use_until and valid_from < valid_until),
  unique (certificate_sha256, use_from, use_until, valid_from, valid_until)
);

create trigger signer_is_append_only before update or delete or truncate on signer
  for each statement execute function refuse_change();

create table signature (
  id bigint generated always as identity primary key,
  document bigint not null references document,
  signer bytea not null,
  use_from timestamptz not null,
  use_until timestamptz not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  signed_at timestamptz not null,
  station text not null check (station <> ''),
  algorithm text not null check (algorithm <> ''),
  sod_sha256 bytea not null check (octet_length(sod_sha256) = 32),
  -- SHA-256 of every file by its name, as hexadecimal.
  file_hashes jsonb not null,
  recorded_at timestamptz not null default now(),
  unique (id, document),
  foreign key (signer, use_from, use_until, valid_from, valid_until)
    references signer (certificate_sha256, use_from, use_until, valid_from, valid_until),
  constraint signed_inside_the_period_of_the_key check (
    signed_at between use_from and use_until and signed_at between valid_from and valid_until
  )
);

create index signature_of_document on signature (document, id);
create index signature_by_signer on signature (signer, id);

create trigger signature_is_append_only before update or delete or truncate on signature
  for each statement execute function refuse_change();

create function note_signature() returns trigger language plpgsql set search_path from current as $$
begin
  insert into event (by, subject, event, document, reasons)
    values (
      new.station, 'signature', 'signed', new.document,
      array['signer ' || substr(encode(new.signer, 'hex'), 1, 16)]
    );
  return null;
end $$;

create trigger signature_is_noted after insert on signature
  for each row execute function note_signature();
