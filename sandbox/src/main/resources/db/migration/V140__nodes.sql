-- Several processes on one PostgreSQL (docs/adr/0057-several-nodes.md). All three are empty without act.nodes.key, and
-- no archive has them.
create table nodes (
  id varchar(32) not null primary key,
  -- Where the other nodes reach it.
  address varchar(200) not null,
  started_at timestamp(6) with time zone not null,
  -- By the database's clock. Without a beat for some seconds another node deletes the row.
  beat_at timestamp(6) with time zone not null,
  -- It is stopping and gives its worlds away.
  draining boolean not null
);

-- The owner of each world. A lease is free when its node has no row.
create table world_leases (
  name varchar(40) not null primary key,
  node varchar(32) not null,
  -- Grows with each owner.
  fence bigint not null,
  since timestamp(6) with time zone not null
);

-- The server's secret and its start token, encrypted under act.nodes.key.
create table server_secret (
  id int not null primary key,
  sealed varchar(400) not null
);
