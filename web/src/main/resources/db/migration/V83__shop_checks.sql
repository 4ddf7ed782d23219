-- Finished checks of merchants. A world keeps the newest of them; a link opens one of them until it expires.
create table shop_check (
  world varchar(64) not null,
  check_id varchar(40) not null,
  merchant varchar(40) not null,
  level varchar(10) not null,
  started_at timestamp(6) with time zone not null,
  -- The view of the check without its results, as JSON.
  summary varchar(4000) not null,
  -- SHA-256 of the link's secret; null while there is no link.
  token_hash varchar(64),
  expires_at timestamp(6) with time zone,
  primary key (world, check_id)
);
create unique index shop_check_token on shop_check (token_hash);
create index shop_check_time on shop_check (world, started_at, check_id);
create index shop_check_merchant on shop_check (world, merchant, level, started_at, check_id);

-- The deflated reports in parts, since a value has at most a million bytes.
create table shop_check_part (
  world varchar(64) not null,
  check_id varchar(40) not null,
  part integer not null,
  content bytea not null,
  primary key (world, check_id, part)
);
