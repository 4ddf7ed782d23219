-- Orders that merchants from outside confirmed, as their signed answers said; the merchant keeps the order itself.
create table external_orders (
  world varchar(64) not null,
  merchant varchar(40) not null,
  order_no varchar(64) not null,
  agent varchar(120) not null,
  confirmed_at timestamp(6) with time zone not null,
  status varchar(20) not null,
  document varchar(16000) not null,
  primary key (world, merchant, order_no)
);
create index external_orders_agent on external_orders (world, agent, confirmed_at, order_no);
