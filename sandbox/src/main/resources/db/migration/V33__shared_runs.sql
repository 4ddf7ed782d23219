-- Runs that were shared by link: copies, so that they outlive the world's reset. world is the part
-- of a partition's name that outlives resets; when the world is deleted, they go with it.
create table shared_run (
  world varchar(64) not null,
  share_id varchar(40) not null,
  -- SHA-256 of the link's secret: whoever reads the database cannot open the link.
  token_hash varchar(64) not null,
  world_name varchar(40) not null,
  title varchar(120) not null,
  entries integer not null,
  bytes bigint not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null,
  primary key (world, share_id)
);
create unique index shared_run_token on shared_run (token_hash);
create index shared_run_expiry on shared_run (expires_at);

-- Deflated JSON lines in parts, since a value has at most a million bytes.
create table shared_run_part (
  world varchar(64) not null,
  share_id varchar(40) not null,
  part integer not null,
  content bytea not null,
  primary key (world, share_id, part)
);
