-- Disputes: what somebody says is wrong with an order, and what came of it.

create table dispute (
  world varchar(64) not null,
  dispute_id varchar(64) not null,
  order_no varchar(64) not null,
  kind varchar(32) not null,
  state varchar(32) not null,
  matter varchar(4096) not null,
  claim varchar(8192) not null,
  -- The order while the dispute is open: there is one at a time.
  open_order varchar(160),
  opened_at timestamp(6) with time zone not null,
  deadline timestamp(6) with time zone,
  due_at timestamp(6) with time zone,
  attempts int not null,
  finding varchar(65536),
  outcome varchar(32),
  refund_state varchar(16) not null,
  refund_minor bigint,
  refunded_minor bigint,
  refund_no varchar(64),
  refund_problem varchar(64),
  closed_at timestamp(6) with time zone,
  primary key (world, dispute_id)
);
create unique index dispute_open on dispute (world, open_order);
create index dispute_due on dispute (world, due_at, dispute_id);
create index dispute_newest on dispute (world, opened_at, dispute_id);
create index dispute_of_order on dispute (world, order_no);

-- Who is asked, in the order of asking, and what they answered.
create table dispute_party (
  world varchar(64) not null,
  dispute_id varchar(64) not null,
  place int not null,
  party varchar(80) not null,
  role varchar(32) not null,
  answer varchar(16) not null,
  why varchar(256),
  statement varchar(16384),
  papers varchar(524288),
  received_at timestamp(6) with time zone,
  told boolean not null,
  primary key (world, dispute_id, place)
);

create index psp_payment_of_order on psp_payment (world, order_no);
