-- The delegation service: intents on their way to an authority, and the credentials issued.

-- isr is the draft as the agent sent it. due_at is set while somebody may still decide.
create table delegation_intent (
  world varchar(64) not null,
  intent_id varchar(64) not null,
  delegation_id varchar(64) not null,
  agent_id varchar(80) not null,
  status varchar(12) not null,
  isr varchar(32768) not null,
  isr_digest varchar(64) not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  decided_at timestamp(6) with time zone,
  due_at timestamp(6) with time zone,
  primary key (world, intent_id)
);
create index delegation_intent_newest
  on delegation_intent (world, created_at desc, intent_id desc);
create index delegation_intent_due on delegation_intent (world, due_at);

-- The next place in the status lists. A locked row hands them out one by one.
create table delegation_place (
  world varchar(64) not null,
  next_place integer not null,
  primary key (world)
);

-- due_at is the end of validity until the state is final.
create table delegation (
  world varchar(64) not null,
  delegation_id varchar(64) not null,
  intent_id varchar(64) not null,
  agent_id varchar(80) not null,
  mode varchar(12) not null,
  state varchar(12) not null,
  list_no integer not null,
  list_place integer not null,
  issued_at timestamp(6) with time zone not null,
  changed_at timestamp(6) with time zone not null,
  changed_by varchar(80) not null,
  reason varchar(256),
  valid_until timestamp(6) with time zone not null,
  credential varchar(4096) not null,
  approval varchar(4096) not null,
  due_at timestamp(6) with time zone,
  primary key (world, delegation_id)
);
create index delegation_newest on delegation (world, issued_at desc, delegation_id desc);
create index delegation_agent
  on delegation (world, agent_id, issued_at desc, delegation_id desc);
create index delegation_list on delegation (world, list_no, state);
create index delegation_due on delegation (world, due_at);
