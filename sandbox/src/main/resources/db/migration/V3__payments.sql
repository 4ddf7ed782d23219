-- The payment service. Every key begins with the world; no foreign keys, so that a world is emptied
-- table by table in bounded steps.

-- One PIN per world: the principal's. Locked rows serialize attempts, also between several servers.
create table psp_pin (
  world varchar(64) not null,
  mac varchar(64) not null,
  failures integer default 0 not null,
  locked_until timestamp(6) with time zone,
  primary key (world)
);

-- The balance is kept beside its entries in the same transaction. Only the counterweight account
-- "outside", where money comes from, is negative.
create table psp_account (
  world varchar(64) not null,
  account_no varchar(80) not null,
  currency varchar(3) not null,
  balance_minor bigint not null,
  primary key (world, account_no),
  constraint psp_account_floor check (balance_minor >= 0 or account_no = 'outside')
);

-- Append-only. The key makes a second debit of one transfer impossible, whatever the code does.
create table psp_entry (
  world varchar(64) not null,
  transfer_no varchar(160) not null,
  account_no varchar(80) not null,
  amount_minor bigint not null,
  currency varchar(3) not null,
  counter_account varchar(80) not null,
  trade_no varchar(64),
  booked_at timestamp(6) with time zone not null,
  primary key (world, transfer_no, account_no)
);
create index psp_entry_statement
  on psp_entry (world, account_no, booked_at desc, transfer_no desc);

create table psp_instrument (
  world varchar(64) not null,
  instrument_ref varchar(64) not null,
  account_no varchar(80) not null,
  agent_id varchar(80) not null,
  label varchar(80) not null,
  status varchar(12) not null,
  currency varchar(3) not null,
  limit_minor bigint,
  valid_until timestamp(6) with time zone,
  consent varchar(1024) not null,
  bound_at timestamp(6) with time zone not null,
  primary key (world, instrument_ref)
);
create index psp_instrument_newest
  on psp_instrument (world, bound_at desc, instrument_ref desc);
create index psp_instrument_agent
  on psp_instrument (world, agent_id, bound_at desc, instrument_ref desc);

-- open_order is payee and order number while a payment waits or is paid, else null: the unique
-- index allows one such payment per order. due_at is set while the payment waits for approval.
create table psp_payment (
  world varchar(64) not null,
  trade_no varchar(64) not null,
  request_id varchar(64) not null,
  digest varchar(64) not null,
  agent_id varchar(80) not null,
  intent_id varchar(64),
  payee varchar(80) not null,
  order_no varchar(64) not null,
  resource_id varchar(256) not null,
  request_method varchar(16) not null,
  request_fingerprint varchar(64) not null,
  idempotency_key varchar(128),
  amount_minor bigint not null,
  currency varchar(3) not null,
  instrument_ref varchar(64) not null,
  account_no varchar(80) not null,
  label varchar(80) not null,
  description varchar(256),
  request varchar(32768) not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  status varchar(24) not null,
  state varchar(24) not null,
  open_order varchar(160),
  due_at timestamp(6) with time zone,
  failure varchar(40),
  decided_at timestamp(6) with time zone,
  approval varchar(2048),
  approval_digest varchar(64),
  proof varchar(4096),
  proof_expires_at timestamp(6) with time zone,
  refunded_minor bigint default 0 not null,
  delivery_digest varchar(128),
  primary key (world, trade_no)
);
create unique index psp_payment_request on psp_payment (world, agent_id, request_id);
create unique index psp_payment_order on psp_payment (world, open_order);
create index psp_payment_due on psp_payment (world, due_at);
create index psp_payment_agent on psp_payment (world, agent_id, created_at desc, trade_no desc);
create index psp_payment_newest on psp_payment (world, created_at desc, trade_no desc);

create table psp_refund (
  world varchar(64) not null,
  payee varchar(80) not null,
  refund_request_id varchar(64) not null,
  refund_no varchar(64) not null,
  trade_no varchar(64) not null,
  amount_minor bigint not null,
  currency varchar(3) not null,
  reason varchar(256) not null,
  refunded_total_minor bigint not null,
  state varchar(24) not null,
  refunded_at timestamp(6) with time zone not null,
  primary key (world, payee, refund_request_id)
);

-- Outbox and delivery log in one. next_attempt_at is null once delivered or given up.
create table psp_notification (
  world varchar(64) not null,
  notification_id varchar(64) not null,
  payee varchar(80) not null,
  event varchar(32) not null,
  trade_no varchar(64) not null,
  intent_id varchar(64),
  body varchar(4096) not null,
  created_at timestamp(6) with time zone not null,
  status varchar(12) not null,
  attempts integer not null,
  next_attempt_at timestamp(6) with time zone,
  last_attempt_at timestamp(6) with time zone,
  last_outcome varchar(160),
  primary key (world, notification_id)
);
create index psp_notification_due on psp_notification (world, next_attempt_at);
create index psp_notification_log
  on psp_notification (world, payee, created_at desc, notification_id desc);
