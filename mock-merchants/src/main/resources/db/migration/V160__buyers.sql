-- A row says that the seller serves no agent without an association credential.
create table merchant_buyer_policy (
  world varchar(64) not null,
  merchant varchar(64) not null,
  primary key (world, merchant)
);

-- A buyer whom a person of the seller looks at, because the verifier asked for that.
create table merchant_buyer_review (
  world varchar(64) not null,
  merchant varchar(64) not null,
  credential_id varchar(64) not null,
  agent_id varchar(128) not null,
  asked_at timestamp(6) with time zone not null,
  admitted boolean default false not null,
  primary key (world, merchant, credential_id)
);
create index merchant_buyer_review_time
  on merchant_buyer_review (world, merchant, asked_at desc, credential_id);
