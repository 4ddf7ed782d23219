-- What a merchant from outside delivered to the buyer for its proof, in the form of a delivery.
alter table external_orders add column delivery varchar(16000);
