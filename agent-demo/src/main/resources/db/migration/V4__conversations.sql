-- The buyer agent's conversations: what was said, what happened, what is being bought.
create table agent_conversations (
  world varchar(64) not null,
  conversation_id varchar(40) not null,
  created_at timestamp(3) with time zone not null,
  lang varchar(2) not null,
  lang_forced boolean not null,
  running boolean not null,
  turns integer not null,
  intent_id varchar(40),
  memory varchar,
  understood varchar,
  shown varchar,
  primary key (world, conversation_id)
);
create index agent_conversations_running on agent_conversations (world, running);

create table agent_turns (
  world varchar(64) not null,
  conversation_id varchar(40) not null,
  turn integer not null,
  message_id varchar(80),
  outcome varchar(24),
  primary key (world, conversation_id, turn),
  constraint agent_turns_message unique (world, conversation_id, message_id)
);

create table agent_events (
  world varchar(64) not null,
  conversation_id varchar(40) not null,
  seq bigint not null,
  at timestamp(3) with time zone not null,
  type varchar(32) not null,
  data varchar not null,
  primary key (world, conversation_id, seq)
);

-- One row per thing being bought; the document is the whole record, state and place are for queries.
create table agent_purchases (
  world varchar(64) not null,
  purchase_id varchar(40) not null,
  conversation_id varchar(40) not null,
  turn integer not null,
  place integer not null,
  state varchar(16) not null,
  document varchar not null,
  primary key (world, purchase_id)
);
create index agent_purchases_turn on agent_purchases (world, conversation_id, turn, place);
