-- What the sellers of a world billed in Alipay's form, and delivered. The content comes once.
create table alipay_page_orders (
  world varchar(64) not null,
  merchant varchar(64) not null,
  order_no varchar(64) not null,
  service varchar(64) not null,
  input varchar(30000) not null,
  amount varchar(20) not null,
  received_at timestamp(6) with time zone not null,
  pay_before timestamp(6) with time zone not null,
  trade_no varchar(64),
  proof_digest varchar(64),
  content varchar(131072),
  confirmed boolean not null,
  primary key (world, merchant, order_no)
);
create unique index alipay_page_orders_trade on alipay_page_orders (world, merchant, trade_no);
create index alipay_page_orders_end on alipay_page_orders (world, merchant, pay_before);
