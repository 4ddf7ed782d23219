-- When an agent lost its identity here. The row stays: its key verifies what it signed before, and
-- nobody else gets its name, its instruments and its sub-accounts.
alter table external_agents add column deregistered_at timestamp(6) with time zone;
