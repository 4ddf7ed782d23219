-- One agent may act for several principals: what it keeps says for whom. Rows of before are the first
-- principal's; no column keeps a default, so that no statement forgets it. What is bought belongs to
-- its conversation.

alter table agent_conversations
  add column principal_id varchar(80) default 'did:act:principal' not null;
alter table agent_conversations alter column principal_id drop default;

alter table agent_watches add column principal_id varchar(80) default 'did:act:principal' not null;
alter table agent_watches alter column principal_id drop default;
drop index agent_watches_due;
create index agent_watches_due on agent_watches (world, principal_id, due_at);
drop index agent_watches_newest;
create index agent_watches_newest on agent_watches (world, principal_id, created_at, watch_id);

alter table agent_tasks add column principal_id varchar(80) default 'did:act:principal' not null;
alter table agent_tasks alter column principal_id drop default;
drop index agent_tasks_due;
create index agent_tasks_due on agent_tasks (world, principal_id, due_at);
drop index agent_tasks_newest;
create index agent_tasks_newest on agent_tasks (world, principal_id, created_at, task_id);
