-- The confirmation of a delivery, as the merchant from outside signed it.
alter table external_orders add column confirmation varchar(8000);
