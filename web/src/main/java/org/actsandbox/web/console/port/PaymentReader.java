package org.actsandbox.web.console.port;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.psp.trade.Trades.PaymentTotal;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/** Reads the payments of a principal as the payment service shows them. */
public interface PaymentReader {

  /** Returns the newest payments of the principal. */
  Page<Payment> newest(World world, Caller principal, @Nullable String cursor);

  /** Sums up all payments of the principal by payee and state. */
  List<PaymentTotal> totals(World world, Caller principal);

  /** Returns the payment of an order that waits for the principal. */
  default Optional<Payment> waiting(World world, Caller principal, Order order) {
    return newest(world, principal, null).items().stream()
        .filter(payment -> payment.merchantOrderNo().equals(order.orderNo()))
        .filter(payment -> payment.payee().equals(order.merchantDid()))
        .filter(payment -> payment.status() == PaymentStatus.WAITING_FOR_APPROVAL)
        .findFirst();
  }

  /** Returns the newest payments under one delegation of the principal. */
  Page<Payment> underDelegation(
      World world, Caller principal, String delegationId, @Nullable String cursor);

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found} if the principal has no such
   *     payment
   */
  Payment get(World world, Caller principal, String tradeNo);

  /**
   * Returns the payment of a trade and its refunds as the ledger has them, the payment first; empty
   * before the payment.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found} if the principal has no such
   *     payment
   */
  List<Booking> bookings(World world, Caller principal, String tradeNo);

  /**
   * A transfer of money between two accounts.
   *
   * @param from kind of a principal's account, {@code agent:<sub-account>} or {@code
   *     merchant:<name>}
   */
  record Booking(String from, String to, Money amount, Instant at) {}

  /** Returns what the payee wrote for the principal to read; it is not signed. */
  Optional<String> description(World world, String tradeNo);

  /** Returns where the seller's own page goes on, if the payment was ordered on one. */
  Optional<URI> sellerAddress(World world, String tradeNo);

  /** Returns whether a seller ordered the payment on its page or in its app, without an agent. */
  boolean isOrderedBySeller(World world, String tradeNo);

  /** Returns whether the world's own agent requested the payment in one of its conversations. */
  boolean isByOwnAgent(World world, String tradeNo);

  /** Returns what was paid under a delegation; empty before its first payment. */
  Optional<Spending> spending(World world, String delegationId);

  /**
   * Sums up the payments under a delegation.
   *
   * @param sum null until the payment service has read the credential
   */
  record Spending(@Nullable Money sum, int payments) {}

  /** Tells whether the principal wants to be asked before every payment. */
  boolean asksEveryPayment(World world, Did principal);
}
