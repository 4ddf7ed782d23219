-- Four decimals, as for the prices of hotels, shops and services.
alter table train_price alter column percent set data type numeric(10, 4);
