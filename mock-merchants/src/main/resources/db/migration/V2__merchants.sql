-- The merchants' engine. Every key begins with the world and the merchant; no foreign keys, so that
-- a world is emptied table by table in bounded steps.

create table merchant_intent (
  world varchar(64) not null,
  merchant varchar(64) not null,
  agent_id varchar(80) not null,
  request_id varchar(64) not null,
  intent_id varchar(64) not null,
  digest varchar(64) not null,
  context varchar(16384) not null,
  received_at timestamp(6) with time zone not null,
  primary key (world, merchant, agent_id, request_id)
);
create index merchant_intent_age on merchant_intent (world, merchant, received_at);

-- confirmation is the signed order as it was answered and never changes; the columns beside it do.
-- hold_due is set while the hold can still run out: the index on it holds nothing else of interest.
create table merchant_order (
  world varchar(64) not null,
  merchant varchar(64) not null,
  order_no varchar(64) not null,
  agent_id varchar(80) not null,
  request_id varchar(64) not null,
  digest varchar(64) not null,
  status varchar(12) not null,
  total_minor bigint not null,
  currency varchar(3) not null,
  confirmation varchar(131072) not null,
  -- What the agent sent for the fulfilment; for a seller agent, the input of the paid request.
  fulfilment varchar(65536) not null,
  confirmed_at timestamp(6) with time zone not null,
  hold_until timestamp(6) with time zone not null,
  hold_due timestamp(6) with time zone,
  trade_no varchar(64),
  refund_reserved_minor bigint default 0 not null,
  refunded_minor bigint default 0 not null,
  primary key (world, merchant, order_no)
);
create unique index merchant_order_request on merchant_order (world, merchant, agent_id, request_id);
create index merchant_order_newest
  on merchant_order (world, merchant, confirmed_at desc, order_no desc);
create index merchant_order_hold on merchant_order (world, merchant, hold_due, order_no);

-- Bills are added, never rewritten (ACT A402-11); header is the Payment-Needed value as issued.
create table merchant_bill (
  world varchar(64) not null,
  merchant varchar(64) not null,
  order_no varchar(64) not null,
  bill_no integer not null,
  request_fingerprint varchar(64) not null,
  pay_before timestamp(6) with time zone not null,
  header varchar(8192) not null,
  issued_at timestamp(6) with time zone not null,
  primary key (world, merchant, order_no, bill_no)
);

-- One delivery per order and one per trade: stricter than both keys of ACT A402-6, which add the
-- resource and the fingerprint to these. The row is the outbox of its fulfilment confirmation too.
create table merchant_delivery (
  world varchar(64) not null,
  merchant varchar(64) not null,
  order_no varchar(64) not null,
  method_id varchar(160) not null,
  trade_no varchar(64) not null,
  resource_id varchar(256) not null,
  request_fingerprint varchar(64) not null,
  proof_id varchar(128) not null,
  delivery varchar(131072) not null,
  delivered_at timestamp(6) with time zone not null,
  fulfilment varchar(12) not null,
  confirmation_request_id varchar(64) not null,
  attempts integer default 0 not null,
  next_attempt_at timestamp(6) with time zone,
  primary key (world, merchant, order_no)
);
create unique index merchant_delivery_trade on merchant_delivery (world, merchant, method_id, trade_no);
create index merchant_delivery_outbox on merchant_delivery (world, merchant, next_attempt_at, order_no);

create table merchant_refund (
  world varchar(64) not null,
  merchant varchar(64) not null,
  refund_request_id varchar(64) not null,
  order_no varchar(64) not null,
  trade_no varchar(64) not null,
  amount_minor bigint not null,
  currency varchar(3) not null,
  reason varchar(256) not null,
  status varchar(12) not null,
  reserved boolean not null,
  requested_at timestamp(6) with time zone not null,
  refund_no varchar(64),
  failure varchar(256),
  attempts integer default 0 not null,
  next_attempt_at timestamp(6) with time zone,
  primary key (world, merchant, refund_request_id)
);
create index merchant_refund_outbox
  on merchant_refund (world, merchant, next_attempt_at, refund_request_id);

-- What the PSP said of a trade; closed trades revoke their proofs (ACT A402-6).
create table merchant_trade (
  world varchar(64) not null,
  merchant varchar(64) not null,
  trade_no varchar(64) not null,
  order_no varchar(64) not null,
  state varchar(32) not null,
  changed_at timestamp(6) with time zone not null,
  primary key (world, merchant, trade_no)
);

create table merchant_notification (
  world varchar(64) not null,
  merchant varchar(64) not null,
  notification_id varchar(64) not null,
  event varchar(32) not null,
  trade_no varchar(64) not null,
  digest varchar(64) not null,
  received_at timestamp(6) with time zone not null,
  primary key (world, merchant, notification_id)
);

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
  percent numeric(10, 4) not null,
  primary key (world, merchant, target)
);

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

-- Seller agents.
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
