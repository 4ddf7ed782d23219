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
  fulfilment varchar(4096) not null,
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
