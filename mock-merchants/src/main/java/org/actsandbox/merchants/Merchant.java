package org.actsandbox.merchants;

import java.util.List;
import org.actsandbox.merchants.a2a.A2aAgent;
import org.actsandbox.merchants.catalog.Seats;
import org.actsandbox.merchants.catalog.Storefront;
import org.actsandbox.merchants.dispute.Disputes;
import org.actsandbox.merchants.gate.Gate;
import org.actsandbox.merchants.gate.LatePayments;
import org.actsandbox.merchants.intent.Intents;
import org.actsandbox.merchants.negotiation.Negotiations;
import org.actsandbox.merchants.notification.Inbox;
import org.actsandbox.merchants.order.Cancellation;
import org.actsandbox.merchants.order.Carts;
import org.actsandbox.merchants.order.HoldExpiry;
import org.actsandbox.merchants.order.MerchantRefund;
import org.actsandbox.merchants.order.OrderBook;
import org.actsandbox.merchants.order.Orders;
import org.actsandbox.merchants.order.ServiceRequests;
import org.actsandbox.merchants.psp.FulfilmentConfirmations;
import org.actsandbox.merchants.psp.PspClient;
import org.actsandbox.merchants.psp.PspKeys;
import org.actsandbox.merchants.psp.Refunds;
import org.actsandbox.protocol.time.DueWork;

/** One open merchant of a world: what the endpoints take as argument. */
public final class Merchant {

  private final Outlet outlet;
  private final Storefront storefront;
  private final A2aAgent a2a;
  private final Seats seats;
  private final Negotiations negotiations;
  private final Intents intents;
  private final Carts carts;
  private final ServiceRequests serviceRequests;
  private final OrderBook orderBook;
  private final HoldExpiry holds;
  private final Cancellation cancellation;
  private final MerchantRefund refund;
  private final Refunds refunds;
  private final FulfilmentConfirmations confirmations;
  private final Gate gate;
  private final Inbox inbox;
  private final Disputes disputes;

  Merchant(Outlet outlet) {
    this.outlet = outlet;
    this.storefront = new Storefront(outlet);
    this.a2a = new A2aAgent(outlet);
    this.seats = new Seats(outlet);
    this.negotiations = new Negotiations(outlet);
    this.intents = new Intents(outlet, System::nanoTime);
    var orders = new Orders(outlet);
    var psp = new PspClient(outlet);
    var keys = new PspKeys(outlet, psp, System::nanoTime);
    this.holds = new HoldExpiry(outlet, orders);
    this.refunds = new Refunds(outlet, psp);
    this.confirmations = new FulfilmentConfirmations(outlet, psp);
    this.carts = new Carts(outlet, orders, intents, holds);
    this.serviceRequests = new ServiceRequests(outlet, orders, intents, carts);
    this.orderBook = new OrderBook(outlet, orders);
    this.cancellation = new Cancellation(outlet, orders, refunds);
    this.refund = new MerchantRefund(outlet, orders, refunds);
    var late = new LatePayments(outlet, orders, refunds);
    this.gate = new Gate(outlet, orders, keys, psp, late, confirmations);
    this.inbox = new Inbox(outlet, orders, keys, late);
    this.disputes = new Disputes(outlet, orders);
  }

  public MerchantProfile profile() {
    return outlet.profile();
  }

  public MerchantIdentity identity() {
    return outlet.identity();
  }

  public Storefront storefront() {
    return storefront;
  }

  public A2aAgent a2a() {
    return a2a;
  }

  public Seats seats() {
    return seats;
  }

  public Negotiations negotiations() {
    return negotiations;
  }

  public Intents intents() {
    return intents;
  }

  public Carts carts() {
    return carts;
  }

  public ServiceRequests serviceRequests() {
    return serviceRequests;
  }

  public OrderBook orderBook() {
    return orderBook;
  }

  public Cancellation cancellation() {
    return cancellation;
  }

  public MerchantRefund refund() {
    return refund;
  }

  public Gate gate() {
    return gate;
  }

  public Inbox inbox() {
    return inbox;
  }

  public FulfilmentConfirmations confirmations() {
    return confirmations;
  }

  public Disputes disputes() {
    return disputes;
  }

  /** What staff or another buyer does to stock and prices; for faults and scenarios. */
  public void disturb(Disturbance disturbance) {
    outlet.world().transactions().executeWithoutResult(_ -> outlet.vertical().disturb(disturbance));
  }

  public List<DueWork> dueWork() {
    return List.of(holds, confirmations.retries(), refunds.retries(), intents.purge());
  }

  void close() {
    confirmations.close();
  }
}
