-- The refunds of a payment, whoever asked for them: the payee, or the dispute service.
create index psp_refund_trade on psp_refund (world, trade_no);
