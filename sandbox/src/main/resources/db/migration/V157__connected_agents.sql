-- The agents of others that listen at an address; they stay through resets of the world.
create table connected_agents (
  world varchar(64) not null,
  name varchar(64) not null,
  url varchar(300) not null,
  form varchar(8) not null,
  connected_at timestamp(3) with time zone not null,
  primary key (world, name)
);
