-- Merchants that run outside the sandbox. Their keys are in a table of their own, because an old key
-- verifies what it signed before. Both are kept through resets, as the world's own keys are.
create table external_merchants (
  world varchar(64) not null,
  id varchar(40) not null,
  url varchar(400) not null,
  kind varchar(10) not null,
  level varchar(10) not null,
  resource varchar(300) not null,
  name_en varchar(120) not null,
  name_zh varchar(120) not null,
  added_at timestamp(6) with time zone not null,
  removed_at timestamp(6) with time zone,
  primary key (world, id)
);

create table external_merchant_keys (
  world varchar(64) not null,
  merchant varchar(40) not null,
  number integer not null,
  jwk varchar(2000) not null,
  source varchar(20) not null,
  valid_from timestamp(6) with time zone not null,
  primary key (world, merchant, number)
);
