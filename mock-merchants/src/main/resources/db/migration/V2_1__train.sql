-- Seats on trains. What was sold before the world began follows from its seed and has no rows.

-- One row per train and day that anything was held on. Its version moves with every change of the
-- train's seats on that day: the row is the lock that puts concurrent holds in order.
create table train_run (
  world varchar(64) not null,
  merchant varchar(64) not null,
  service_date date not null,
  train varchar(8) not null,
  version bigint not null,
  primary key (world, merchant, service_date, train)
);

-- Seats of one order, or seats taken out of sale (order_no then begins with "block:").
-- seats: seat:segments pairs, such as "12:7 13:7", both hexadecimal.
create table train_hold (
  world varchar(64) not null,
  merchant varchar(64) not null,
  order_no varchar(80) not null,
  service_date date not null,
  train varchar(8) not null,
  seats varchar(32000) not null,
  primary key (world, merchant, order_no)
);
create index train_hold_run on train_hold (world, merchant, service_date, train);

-- Prices moved from outside, in percent; target is a train or one of its stretches on a day.
create table train_price (
  world varchar(64) not null,
  merchant varchar(64) not null,
  target varchar(80) not null,
  percent numeric(9, 2) not null,
  primary key (world, merchant, target)
);
