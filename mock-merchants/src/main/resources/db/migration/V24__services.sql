-- Seller agents. The input of a paid request is kept with its order, where fulfilment needs are.
alter table merchant_order alter column fulfilment set data type varchar(65536);

create table service_price_move (
  world varchar(64) not null,
  merchant varchar(64) not null,
  item varchar(32) not null,
  target varchar(96) not null,
  percent numeric(10, 4) not null,
  primary key (world, merchant, item, target)
);

-- Services that a seller does not offer at the moment.
create table service_closure (
  world varchar(64) not null,
  merchant varchar(64) not null,
  service varchar(32) not null,
  primary key (world, merchant, service)
);
