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
  primary key (world, task_id),
  constraint agent_tasks_intent unique (world, intent_id)
);
create index agent_tasks_due on agent_tasks (world, due_at);
create index agent_tasks_conversation on agent_tasks (world, conversation_id, finished, created_at);
create index agent_tasks_delegation on agent_tasks (world, delegation_id);
create index agent_tasks_newest on agent_tasks (world, created_at, task_id);
