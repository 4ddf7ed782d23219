create table toy_stock (
  world varchar(64) not null,
  merchant varchar(64) not null,
  item varchar(32) not null,
  units integer not null,
  percent numeric(8, 4) default 0 not null,
  primary key (world, merchant, item)
);
create table toy_hold (
  world varchar(64) not null,
  merchant varchar(64) not null,
  order_no varchar(64) not null,
  item varchar(32) not null,
  quantity integer not null,
  primary key (world, merchant, order_no, item)
);
