-- An agent lists its own orders, the newest first.
create index merchant_order_agent
  on merchant_order (world, merchant, agent_id, confirmed_at desc, order_no desc);

-- An order shows its refunds with the time at which the payment service answered.
alter table merchant_refund add column settled_at timestamp(6) with time zone;
create index merchant_refund_order
  on merchant_refund (world, merchant, order_no, requested_at, refund_request_id);
