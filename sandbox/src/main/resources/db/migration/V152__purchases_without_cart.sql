-- A purchase of which no cart was confirmed: a page behind a gate, a service. The document is what the payment service
-- knows, and no merchant signed it.
alter table external_orders add column cartless boolean default false not null;
