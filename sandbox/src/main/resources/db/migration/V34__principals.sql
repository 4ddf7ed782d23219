-- Several principals in one world: whatever belongs to one of them says to whom. Rows of before are
-- the first one's; no column keeps a default, so that no statement forgets it.

-- A PIN each. Primary keys are dropped in different words, so these tables are made anew.
create table psp_principal_pin (
  world varchar(64) not null,
  principal_id varchar(80) not null,
  mac varchar(64) not null,
  failures integer default 0 not null,
  locked_until timestamp(6) with time zone,
  primary key (world, principal_id)
);
insert into psp_principal_pin (world, principal_id, mac, failures, locked_until)
  select world, 'did:act:principal', mac, failures, locked_until from psp_pin;
drop table psp_pin;
alter table psp_principal_pin rename to psp_pin;

create table psp_principal_preference (
  world varchar(64) not null,
  principal_id varchar(80) not null,
  ask_every_payment boolean not null,
  primary key (world, principal_id)
);
insert into psp_principal_preference (world, principal_id, ask_every_payment)
  select world, 'did:act:principal', ask_every_payment from psp_preference;
drop table psp_preference;
alter table psp_principal_preference rename to psp_preference;

alter table psp_instrument add column principal_id varchar(80) default 'did:act:principal' not null;
alter table psp_instrument alter column principal_id drop default;
create index psp_instrument_principal
  on psp_instrument (world, principal_id, bound_at desc, instrument_ref desc);

-- Only principals ever listed all payments, so their index takes the place of the one of all.
alter table psp_payment add column principal_id varchar(80) default 'did:act:principal' not null;
alter table psp_payment alter column principal_id drop default;
drop index psp_payment_newest;
create index psp_payment_principal
  on psp_payment (world, principal_id, created_at desc, trade_no desc);

alter table psp_sub_account
  add column principal_id varchar(80) default 'did:act:principal' not null;
alter table psp_sub_account alter column principal_id drop default;
drop index psp_sub_account_newest;
create index psp_sub_account_principal
  on psp_sub_account (world, principal_id, opened_at desc, sub_account_id desc);

alter table delegation_intent
  add column principal_id varchar(80) default 'did:act:principal' not null;
alter table delegation_intent alter column principal_id drop default;
create index delegation_intent_principal
  on delegation_intent (world, principal_id, created_at desc, intent_id desc);

alter table delegation add column principal_id varchar(80) default 'did:act:principal' not null;
alter table delegation alter column principal_id drop default;
drop index delegation_newest;
create index delegation_principal
  on delegation (world, principal_id, issued_at desc, delegation_id desc);

alter table dispute add column principal_id varchar(80) default 'did:act:principal' not null;
alter table dispute alter column principal_id drop default;
create index dispute_principal on dispute (world, principal_id, opened_at, dispute_id);
