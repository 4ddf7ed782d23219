-- Evidence broken on purpose: what readers see instead of what is stored. Healing deletes a row.
create table tampering (
  world varchar(64) not null,
  break_id varchar(64) not null,
  definition varchar(262144) not null,
  primary key (world, break_id)
);
