-- Variants whose free count differs from what the world's seed says.
create table shop_stock (
  world varchar(64) not null,
  merchant varchar(64) not null,
  item varchar(32) not null,
  variant varchar(48) not null,
  free integer not null,
  primary key (world, merchant, item, variant),
  check (free >= 0)
);

-- What each order holds; the row goes when the order gives it back.
create table shop_hold (
  world varchar(64) not null,
  merchant varchar(64) not null,
  order_no varchar(64) not null,
  variant varchar(48) not null,
  item varchar(32) not null,
  units integer not null,
  primary key (world, merchant, order_no, variant)
);

create table shop_price_move (
  world varchar(64) not null,
  merchant varchar(64) not null,
  item varchar(32) not null,
  target varchar(96) not null,
  percent numeric(10, 4) not null,
  primary key (world, merchant, item, target)
);
