-- Payments that rest on a delegation, and the agents' own sub-accounts.

alter table psp_payment add column delegation_id varchar(64);
alter table psp_payment add column delegation_mode varchar(12);
alter table psp_payment add column fulfilment_at timestamp(6) with time zone;
create index psp_payment_delegation
  on psp_payment (world, delegation_id, created_at desc, trade_no desc);

-- What the payment service itself knows of a delegation. Sums are kept, not recounted; the row is
-- locked while a payment is checked and counted. state stands as it was at checked_at, changed_at is
-- when the last change we were told of happened; iac is absent while that is all we know.
create table psp_delegation (
  world varchar(64) not null,
  delegation_id varchar(64) not null,
  iac varchar(4096),
  currency varchar(3),
  spent_minor bigint default 0 not null,
  payments integer default 0 not null,
  state varchar(12),
  checked_at timestamp(6) with time zone,
  changed_at timestamp(6) with time zone,
  primary key (world, delegation_id)
);

-- Failed payments per order, for the retry policy.
create table psp_delegation_failure (
  world varchar(64) not null,
  delegation_id varchar(64) not null,
  open_order varchar(160) not null,
  failures integer not null,
  primary key (world, delegation_id, open_order)
);

-- key_jwk is the agent's dedicated public key; absent until the agent has bound one.
create table psp_sub_account (
  world varchar(64) not null,
  sub_account_id varchar(64) not null,
  agent_id varchar(80) not null,
  account_no varchar(80) not null,
  currency varchar(3) not null,
  label varchar(80) not null,
  status varchar(12) not null,
  key_jwk varchar(1024),
  opened_at timestamp(6) with time zone not null,
  changed_at timestamp(6) with time zone not null,
  primary key (world, sub_account_id)
);
create index psp_sub_account_newest
  on psp_sub_account (world, opened_at desc, sub_account_id desc);
create index psp_sub_account_agent
  on psp_sub_account (world, agent_id, opened_at desc, sub_account_id desc);

-- The principal's wish to confirm every payment, whatever was delegated.
create table psp_preference (
  world varchar(64) not null,
  ask_every_payment boolean not null,
  primary key (world)
);
