-- Attestation: what participants have to record, their records, and the chain of anchors.

-- Written within the transaction of the business event, emptied once it is recorded and anchored.
-- Record ids are given out in order, so their order is the order of events.
create table trust_outbox (
  world varchar(64) not null,
  record_id varchar(64) not null,
  occurrence varchar(16384) not null,
  due_at timestamp(6) with time zone not null,
  primary key (world, record_id)
);
create index trust_outbox_due on trust_outbox (world, due_at);

-- Off-chain records as their holders keep them. height is null until the chain has the anchor;
-- refusal says why it will not take it.
create table trust_record (
  world varchar(64) not null,
  record_id varchar(64) not null,
  holder varchar(80) not null,
  event_type varchar(64) not null,
  intent_id varchar(128) not null,
  delegation_id varchar(128),
  order_no varchar(128),
  trade_no varchar(128),
  record varchar(32768) not null,
  height bigint,
  refusal varchar(256),
  primary key (world, record_id)
);
create index trust_record_intent on trust_record (world, intent_id, record_id);
create index trust_record_delegation on trust_record (world, delegation_id, record_id);
create index trust_record_order on trust_record (world, order_no, record_id);
create index trust_record_trade on trust_record (world, trade_no, record_id);

-- The chain. Its length is counted in one locked row, so that appends are one after another.
create table trust_chain (
  world varchar(64) not null,
  tree_size bigint not null,
  primary key (world)
);

create table trust_anchor (
  world varchar(64) not null,
  height bigint not null,
  record_id varchar(128) not null,
  channel varchar(80) not null,
  submitter varchar(80) not null,
  anchor varchar(3072) not null,
  anchored_at timestamp(6) with time zone not null,
  primary key (world, height)
);
create unique index trust_anchor_record on trust_anchor (world, record_id);

-- Complete subtrees; place is level and index in one number.
create table trust_node (
  world varchar(64) not null,
  place bigint not null,
  hash varchar(43) not null,
  primary key (world, place)
);

create table trust_head (
  world varchar(64) not null,
  tree_size bigint not null,
  head varchar(1024) not null,
  primary key (world, tree_size)
);

-- Since when a participant's newer keys are valid; the first one always was.
create table key_periods (
  world varchar(64) not null,
  did varchar(80) not null,
  key_no int not null,
  valid_from timestamp(6) with time zone not null,
  primary key (world, did, key_no)
);
