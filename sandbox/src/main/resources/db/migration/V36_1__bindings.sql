-- Instrument bindings that were asked for: the principal is shown what it would consent to before it
-- enters its PIN. content is what is shown and signed for by its digest; instrument_ref is there once
-- it was confirmed. card is the test card's name, never a number.
create table psp_binding (
  world varchar(64) not null,
  binding_id varchar(64) not null,
  principal_id varchar(80) not null,
  request_id varchar(64),
  wish_digest varchar(64) not null,
  content varchar(4096) not null,
  content_digest varchar(64) not null,
  card varchar(20),
  status varchar(12) not null,
  instrument_ref varchar(64),
  asked_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  primary key (world, binding_id)
);
-- The same request again is the same binding.
create unique index psp_binding_request on psp_binding (world, principal_id, request_id);

alter table psp_sub_account add column request_id varchar(64);
alter table psp_sub_account add column request_digest varchar(64);
create unique index psp_sub_account_request on psp_sub_account (world, principal_id, request_id);
