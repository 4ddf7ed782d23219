-- The seller's number of each refund, which notifications repeat as out_biz_no.
create table alipay_refunds (
  world varchar(64) not null,
  trade_no varchar(64) not null,
  refund_request_id varchar(64) not null,
  out_request_no varchar(64) not null,
  primary key (world, trade_no, refund_request_id)
);
