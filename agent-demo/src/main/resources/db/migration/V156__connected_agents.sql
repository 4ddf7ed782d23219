-- A conversation can be held with an agent of others; the dialogue says where it stands in A2A.
alter table agent_conversations add column connected_agent varchar(64);
alter table agent_conversations add column dialogue varchar;
