-- Both kinds of errands have the same columns: a version that two writers of one row cannot both
-- raise, and whether the errand is over. The document has the state.
alter table agent_watches add column version bigint default 0 not null;
alter table agent_watches alter column version drop default;
alter table agent_watches add column finished boolean default false not null;
update agent_watches set finished = true where state in ('DONE', 'ENDED');
alter table agent_watches alter column finished drop default;
alter table agent_watches drop column state;
