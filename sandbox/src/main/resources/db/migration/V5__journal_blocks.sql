-- The journal in runs of entries: a row per entry cost a B-tree change for each of its eight
-- indexes, twenty-four entries a purchase. Journals written before are not carried over.
drop table journal;

create table journal_block (
  world varchar(64) not null,
  first_seq bigint not null,
  last_seq bigint not null,
  -- The kinds of entry in it, separated by blanks: a reader of one kind leaves others unopened.
  kinds varchar(80) not null,
  -- One JSON object per line, deflated.
  entries bytea not null,
  primary key (world, first_seq)
);

create table journal_id (
  world varchar(64) not null,
  -- Name and value of an id, 'order_no=R-…': which blocks have an entry with it.
  id varchar(140) not null,
  first_seq bigint not null,
  primary key (world, id, first_seq)
);
