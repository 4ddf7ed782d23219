-- Applications of Alipay's gateway. They are kept through resets, as keys are; old keys stay known.
-- The application's number finds its world, because one address serves all worlds.
create table alipay_apps (
  world varchar(64) not null,
  app_id varchar(16) not null,
  world_name varchar(64) not null,
  owner varchar(120) not null,
  owner_kind varchar(10) not null,
  account varchar(16) not null,
  name varchar(120) not null,
  created_at timestamp(6) with time zone not null,
  primary key (world, app_id)
);
create unique index alipay_apps_app_id on alipay_apps (app_id);

create table alipay_app_keys (
  world varchar(64) not null,
  app_id varchar(16) not null,
  number integer not null,
  public_key varchar(3000) not null,
  fingerprint varchar(64) not null,
  source varchar(10) not null,
  valid_from timestamp(6) with time zone not null,
  primary key (world, app_id, number)
);

-- The platform's key pair, one per server; the private key is sealed with the data folder's secret.
create table alipay_platform_key (
  id integer not null primary key,
  sealed varchar(6000) not null
);

create table alipay_settings (
  world varchar(64) not null primary key,
  settings varchar(8000) not null
);

-- What a payment has besides that Alipay's messages know: the other half is in psp_payment.
create table alipay_trades (
  world varchar(64) not null,
  trade_no varchar(64) not null,
  app_id varchar(16) not null,
  buyer varchar(16) not null,
  product varchar(40) not null,
  lenient boolean not null,
  proof varchar(64) not null,
  subject varchar(256) not null,
  notify_url varchar(1024),
  return_url varchar(1024),
  primary key (world, trade_no)
);
create unique index alipay_trades_proof on alipay_trades (world, proof);
