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
  principal_id varchar(80) not null,
  primary key (world, conversation_id)
);
create index agent_conversations_running on agent_conversations (world, running);
-- "Where is my order?" is asked in a new conversation: the newest of the others are looked through.
create index agent_conversations_newest on agent_conversations (world, principal_id, created_at);

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
  -- Purchases that rest on an authority are counted against it.
  delegation_id varchar(40),
  primary key (world, purchase_id)
);
create index agent_purchases_turn on agent_purchases (world, conversation_id, turn, place);
create index agent_purchases_delegation on agent_purchases (world, delegation_id);

-- What the buyer agent waits for under an authority; the document is the whole record.
create table agent_watches (
  world varchar(64) not null,
  watch_id varchar(40) not null,
  conversation_id varchar(40) not null,
  intent_id varchar(40) not null,
  delegation_id varchar(40),
  state varchar(16) not null,
  created_at timestamp(3) with time zone not null,
  due_at timestamp(3) with time zone,
  document varchar not null,
  principal_id varchar(80) not null,
  primary key (world, watch_id),
  constraint agent_watches_intent unique (world, intent_id)
);
create index agent_watches_due on agent_watches (world, principal_id, due_at);
create index agent_watches_conversation on agent_watches (world, conversation_id);
create index agent_watches_delegation on agent_watches (world, delegation_id);
create index agent_watches_newest on agent_watches (world, principal_id, created_at, watch_id);

-- Tasks of the buyer agent under a BOUNDED authority; the document is the whole record.
create table agent_tasks (
  world varchar(64) not null,
  task_id varchar(40) not null,
  conversation_id varchar(40) not null,
  intent_id varchar(40) not null,
  delegation_id varchar(40),
  created_at timestamp(3) with time zone not null,
  due_at timestamp(3) with time zone,
  finished boolean not null,
  version bigint not null,
  document varchar not null,
  principal_id varchar(80) not null,
  primary key (world, task_id),
  constraint agent_tasks_intent unique (world, intent_id)
);
create index agent_tasks_due on agent_tasks (world, principal_id, due_at);
create index agent_tasks_conversation on agent_tasks (world, conversation_id, finished, created_at);
create index agent_tasks_delegation on agent_tasks (world, delegation_id);
create index agent_tasks_newest on agent_tasks (world, principal_id, created_at, task_id);
