-- Authorities that an agent platform asked for in Alipay's form; the other half is the intent.
create table alipay_agreements (
  world varchar(64) not null,
  agreement_no varchar(32) not null,
  app_id varchar(16) not null,
  external_agreement_no varchar(32) not null,
  external_delegation_id varchar(32) not null,
  tag varchar(64) not null,
  times_limit integer,
  digest varchar(80) not null,
  primary key (world, agreement_no)
);
create unique index alipay_agreements_external
  on alipay_agreements (world, app_id, external_agreement_no);

-- Orders that wait for an agent platform to pay them; the payment begins with delegation.pay.
create table alipay_prepays (
  world varchar(64) not null,
  prepay_id varchar(64) not null,
  trade_no varchar(64) not null,
  app_id varchar(16) not null,
  order_no varchar(64) not null,
  amount_minor bigint not null,
  subject varchar(256) not null,
  digest varchar(80) not null,
  expires_at timestamp(6) with time zone not null,
  primary key (world, prepay_id)
);
create unique index alipay_prepays_order on alipay_prepays (world, app_id, order_no);
