-- Agents that live outside the sandbox; only their public keys are here. Kept through resets, as the
-- world's own keys are.
create table external_agents (
  world varchar(64) not null,
  did varchar(80) not null,
  jwk varchar(2000) not null,
  primary key (world, did)
);
