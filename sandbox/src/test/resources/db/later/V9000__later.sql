-- A change of a later version, for tests of archives.
alter table worlds add column later varchar(10) default 'later' not null;
