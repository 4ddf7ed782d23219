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
  primary key (world, watch_id),
  constraint agent_watches_intent unique (world, intent_id)
);
create index agent_watches_due on agent_watches (world, due_at);
create index agent_watches_conversation on agent_watches (world, conversation_id);
create index agent_watches_delegation on agent_watches (world, delegation_id);
create index agent_watches_newest on agent_watches (world, created_at, watch_id);

-- Purchases that rest on an authority are counted against it.
alter table agent_purchases add column delegation_id varchar(40);
create index agent_purchases_delegation on agent_purchases (world, delegation_id);
