-- How high a deposit a merchant takes; no row means none.
create table merchant_deposit_policy (
  world varchar(64) not null,
  merchant varchar(64) not null,
  amount_minor bigint not null,
  currency varchar(3) not null,
  primary key (world, merchant)
);

-- A deposit that an order includes. It goes back once: return_due is null after that.
create table merchant_deposit (
  world varchar(64) not null,
  merchant varchar(64) not null,
  order_no varchar(64) not null,
  amount_minor bigint not null,
  currency varchar(3) not null,
  return_due timestamp(6) with time zone,
  returned boolean default false not null,
  primary key (world, merchant, order_no)
);
create index merchant_deposit_due on merchant_deposit (world, merchant, return_due, order_no);
