package org.actsandbox.web.console.adapter;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.alipay.gateway.AlipayGateway;
import org.actsandbox.sandbox.alipay.gateway.AlipayTrade;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.actsandbox.sandbox.psp.trade.Trades.PaymentTotal;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.PaymentReader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads payments from the payment service of the world. */
@Component
class WorldPayments implements PaymentReader {

  @Override
  public Page<Payment> newest(World world, Caller principal, @Nullable String cursor) {
    return psp(world).payments().list(principal, null, cursor);
  }

  @Override
  public List<PaymentTotal> totals(World world, Caller principal) {
    return psp(world).payments().totals(principal);
  }

  @Override
  public Page<Payment> underDelegation(
      World world, Caller principal, String delegationId, @Nullable String cursor) {
    return psp(world).payments().list(principal, null, delegationId, cursor);
  }

  @Override
  public Payment get(World world, Caller principal, String tradeNo) {
    return psp(world).payments().get(tradeNo, principal, Duration.ZERO);
  }

  @Override
  public List<Booking> bookings(World world, Caller principal, String tradeNo) {
    var payment = get(world, principal, tradeNo);
    var refunds = psp(world).refunds().numbers(payment.tradeNo());
    return psp(world).ledger().ofTrade(payment.tradeNo(), refunds).stream()
        .map(
            transfer ->
                new Booking(
                    AccountNumbers.kind(transfer.from()),
                    AccountNumbers.kind(transfer.to()),
                    transfer.amount(),
                    transfer.bookedAt()))
        .toList();
  }

  @Override
  public Optional<String> description(World world, String tradeNo) {
    return psp(world)
        .payments()
        .find(tradeNo)
        .flatMap(trade -> Optional.ofNullable(trade.terms().description()));
  }

  @Override
  public Optional<URI> sellerAddress(World world, String tradeNo) {
    return psp(world)
        .payments()
        .find(tradeNo)
        .flatMap(world.participant(AlipayGateway.class)::returnAddress);
  }

  @Override
  public boolean isOrderedBySeller(World world, String tradeNo) {
    return world
        .participant(AlipayGateway.class)
        .trades()
        .find(tradeNo)
        .filter(AlipayTrade::isOfTradeFamily)
        .isPresent();
  }

  @Override
  public boolean isByOwnAgent(World world, String tradeNo) {
    return psp(world)
        .payments()
        .find(tradeNo)
        .filter(trade -> trade.terms().agent().equals(world.agent()))
        .isPresent();
  }

  @Override
  public Optional<Spending> spending(World world, String delegationId) {
    return psp(world)
        .delegationBook()
        .find(delegationId)
        .map(entry -> new Spending(entry.iac() == null ? null : entry.spent(), entry.payments()));
  }

  @Override
  public boolean asksEveryPayment(World world, Did principal) {
    return psp(world).preferences().get(principal).askEveryPayment();
  }

  private static Psp psp(World world) {
    return world.participant(Psp.class);
  }
}
