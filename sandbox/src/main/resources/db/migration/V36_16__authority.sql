-- What the delegation service issued, what was specified, and what of it was bought.

-- A look at a list reads all of its places that were given out, and nothing else.
drop index delegation_list;
create index delegation_list on delegation (world, list_no, list_place, state, valid_until);

-- How the digest of what the user said stands to what context_ref leads to; absent where the words
-- themselves came along.
alter table delegation_intent add column context_check varchar(12);

-- confirmed_at is when the delegation service said that it issued exactly this credential; without
-- it nothing is paid. bought counts the purchases of each target, first_minor is the first price.
alter table psp_delegation add column confirmed_at timestamp(6) with time zone;
alter table psp_delegation add column first_minor bigint;
alter table psp_delegation add column bought varchar(64);

-- The lines of the payee's signed order, in mode SPECIFIED.
alter table psp_payment add column goods varchar(32768);
