-- Credit association: statements and rules of the credit service, applications and credentials of
-- the issuer, authorizations and verifications of the verifier.

create table credit_statement (
  world varchar(64) not null,
  assertion_id varchar(64) not null,
  principal_id varchar(80) not null,
  state varchar(12) not null,
  issued_at timestamp(6) with time zone not null,
  valid_until timestamp(6) with time zone not null,
  statement varchar(4096) not null,
  primary key (world, assertion_id)
);
create index credit_statement_principal
  on credit_statement (world, principal_id, issued_at desc, assertion_id desc);

create table credit_mapping_rule (
  world varchar(64) not null,
  version varchar(16) not null,
  share_percent integer not null,
  supported boolean not null,
  since timestamp(6) with time zone not null,
  primary key (world, version)
);

create table credit_attestation (
  world varchar(64) not null,
  attestation_id varchar(64) not null,
  application_id varchar(64) not null,
  draft_digest varchar(80) not null,
  evidence varchar(4096) not null,
  primary key (world, attestation_id)
);

-- The draft is what the subject confirms; it is frozen when it is first shown.
create table credit_application (
  world varchar(64) not null,
  application_id varchar(64) not null,
  principal_id varchar(80) not null,
  agent_id varchar(80) not null,
  state varchar(12) not null,
  replay_key varchar(258) not null,
  digest varchar(80) not null,
  application varchar(16384) not null,
  draft varchar(16384),
  previous_credential varchar(64),
  created_at timestamp(6) with time zone not null,
  due_at timestamp(6) with time zone,
  primary key (world, application_id)
);
create unique index credit_application_replay
  on credit_application (world, principal_id, replay_key);
create index credit_application_principal
  on credit_application (world, principal_id, created_at desc, application_id desc);
create index credit_application_due on credit_application (world, due_at);

-- due_at is the earlier of the end and the next check of the relationship.
create table credit_credential (
  world varchar(64) not null,
  credential_id varchar(64) not null,
  application_id varchar(64) not null,
  principal_id varchar(80) not null,
  agent_id varchar(80) not null,
  state varchar(12) not null,
  state_version integer not null,
  reason varchar(256),
  changed_at timestamp(6) with time zone not null,
  changed_by varchar(80) not null,
  issued_at timestamp(6) with time zone not null,
  valid_until timestamp(6) with time zone,
  check_at timestamp(6) with time zone not null,
  due_at timestamp(6) with time zone,
  credential varchar(16384) not null,
  primary key (world, credential_id)
);
create unique index credit_credential_application on credit_credential (world, application_id);
create index credit_credential_principal
  on credit_credential (world, principal_id, issued_at desc, credential_id desc);
create index credit_credential_due on credit_credential (world, due_at);

-- window_no and window_used count the requests of the current window of a delegated authorization.
create table credit_authorization (
  world varchar(64) not null,
  authorization_id varchar(64) not null,
  principal_id varchar(80) not null,
  state varchar(12) not null,
  window_no bigint not null,
  window_used integer not null,
  created_at timestamp(6) with time zone not null,
  valid_until timestamp(6) with time zone not null,
  query_authorization varchar(16384) not null,
  primary key (world, authorization_id)
);
create index credit_authorization_principal
  on credit_authorization (world, principal_id, created_at desc, authorization_id desc);

-- A row is added before the verification and gets its response after it.
create table credit_verification (
  world varchar(64) not null,
  relying_party varchar(80) not null,
  request_id varchar(64) not null,
  record_id varchar(64) not null,
  replay_key varchar(258) not null,
  digest varchar(80) not null,
  principal_id varchar(80),
  agent_id varchar(256) not null,
  credential_id varchar(64),
  authorization_id varchar(64),
  purpose varchar(256) not null,
  made_at timestamp(6) with time zone not null,
  result varchar(16),
  reason varchar(40),
  response varchar(16384),
  primary key (world, relying_party, request_id)
);
create unique index credit_verification_replay
  on credit_verification (world, relying_party, replay_key);
create index credit_verification_principal
  on credit_verification (world, principal_id, made_at desc, record_id desc);
create index credit_verification_party
  on credit_verification (world, relying_party, made_at desc, record_id desc);

create table credit_replay (
  world varchar(64) not null,
  participant varchar(40) not null,
  sender varchar(80) not null,
  replay_key varchar(258) not null,
  used_at timestamp(6) with time zone not null,
  primary key (world, participant, sender, replay_key)
);
