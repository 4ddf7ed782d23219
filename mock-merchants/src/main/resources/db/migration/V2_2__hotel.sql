-- Room-nights whose free count differs from what the world's seed says.
create table hotel_night (
  world varchar(64) not null,
  merchant varchar(64) not null,
  city varchar(8) not null,
  night date not null,
  room varchar(32) not null,
  free integer not null,
  primary key (world, merchant, city, night, room),
  check (free >= 0)
);

-- What each order holds; the row goes when the order gives it back.
create table hotel_hold (
  world varchar(64) not null,
  merchant varchar(64) not null,
  order_no varchar(64) not null,
  night date not null,
  city varchar(8) not null,
  room varchar(32) not null,
  rooms integer not null,
  primary key (world, merchant, order_no, night, room)
);

create table hotel_price_move (
  world varchar(64) not null,
  merchant varchar(64) not null,
  item varchar(32) not null,
  target varchar(96) not null,
  percent numeric(10, 4) not null,
  primary key (world, merchant, item, target)
);
