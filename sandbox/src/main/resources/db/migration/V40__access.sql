-- A world's private keys derive from a secret of their own, no longer from the seed that its operator
-- is shown. Worlds of before keep the keys they have, so that their evidence verifies: there the secret
-- is the seed, and the seed is not answered any more (docs/adr/0015-start-token.md).
alter table worlds add column key_secret varchar(64);
update worlds set key_secret = seed;
alter table worlds alter column key_secret set not null;

-- A PIN and its lock outlive a reset, so they stand in the partition of the keys. The stored form was
-- made for the partition of then, which a row names from now on.
alter table psp_pin add column mac_scope varchar(64);
update psp_pin set mac_scope = world;
alter table psp_pin alter column mac_scope set not null;
update psp_pin set world = (
    select w.name || '.' || w.generation from worlds w
    where w.name || '.' || w.generation || '.' || w.epoch = psp_pin.world)
  where exists (
    select 1 from worlds w where w.name || '.' || w.generation || '.' || w.epoch = psp_pin.world);

-- A lock runs by the machine's clock; one that was noted in a world's time starts anew.
update psp_pin set locked_until = current_timestamp + interval '5' minute where locked_until is not null;
