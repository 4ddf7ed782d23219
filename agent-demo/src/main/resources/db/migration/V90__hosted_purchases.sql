-- A purchase whose steps an agent outside orders one by one is found by the number of its order.
alter table agent_purchases add column order_no varchar(80);
create index agent_purchases_order on agent_purchases (world, order_no);
