-- The sandbox's own tables. Tables of participants start with a "world" column, which holds a
-- world's partition; "worlds" itself and the list of partitions to empty do not.
create sequence world_generations start with 1;

create table worlds (
  name varchar(40) not null primary key,
  -- Part of every role key: keys of a deleted world never work for a later one of the same name.
  generation bigint not null,
  -- Counts resets; name.generation.epoch is the partition.
  epoch int not null,
  seed varchar(64) not null,
  settings varchar(8000) not null,
  clock_mode varchar(10) not null,
  clock_offset_micros bigint not null,
  clock_stopped_at timestamp(6) with time zone,
  -- The journal of the current partition starts after this number, so that numbers never go back.
  journal_from bigint not null,
  -- When the world must be loaded because something falls due; meaningless while due_known is false.
  next_due timestamp(6) with time zone,
  due_known boolean not null,
  created_at timestamp(6) with time zone not null
);

create table emptied_partitions (
  partition_key varchar(64) not null primary key,
  noted_at timestamp(6) with time zone not null
);

create table id_blocks (
  world varchar(64) not null primary key,
  next_block bigint not null
);

create table key_rotations (
  world varchar(64) not null,
  did varchar(80) not null,
  newest_key int not null,
  primary key (world, did)
);

create table faults (
  world varchar(64) not null,
  id varchar(32) not null,
  definition varchar(8000) not null,
  matched bigint not null,
  fired bigint not null,
  primary key (world, id)
);

create table journal (
  world varchar(64) not null,
  seq bigint not null,
  at timestamp(6) with time zone not null,
  recorded_at timestamp(6) with time zone not null,
  actor varchar(80) not null,
  peer varchar(80),
  kind varchar(10) not null,
  component varchar(40) not null,
  event varchar(80) not null,
  intent_id varchar(80),
  conversation_id varchar(80),
  delegation_id varchar(80),
  order_no varchar(80),
  trade_no varchar(80),
  resource_id varchar(120),
  data varchar(1000000) not null,
  primary key (world, seq)
);

create index journal_by_intent on journal (world, intent_id, seq);
create index journal_by_conversation on journal (world, conversation_id, seq);
create index journal_by_delegation on journal (world, delegation_id, seq);
create index journal_by_order on journal (world, order_no, seq);
create index journal_by_trade on journal (world, trade_no, seq);
create index journal_by_resource on journal (world, resource_id, seq);
