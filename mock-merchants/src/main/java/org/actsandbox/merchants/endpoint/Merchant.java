package org.actsandbox.merchants.endpoint;

import java.time.Duration;
import java.util.List;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.MerchantIdentity;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.a2a.A2aAgent;
import org.actsandbox.merchants.buyer.BuyerPolicies;
import org.actsandbox.merchants.buyer.BuyerReviews;
import org.actsandbox.merchants.buyer.BuyerVerification;
import org.actsandbox.merchants.catalog.SeatMapLookup;
import org.actsandbox.merchants.catalog.Storefront;
import org.actsandbox.merchants.deposit.DepositPolicies;
import org.actsandbox.merchants.dispute.MerchantEvidence;
import org.actsandbox.merchants.gate.LatePayments;
import org.actsandbox.merchants.gate.ResourceGate;
import org.actsandbox.merchants.intent.MerchantIntents;
import org.actsandbox.merchants.negotiation.Negotiations;
import org.actsandbox.merchants.notification.NotificationInbox;
import org.actsandbox.merchants.order.HoldExpiry;
import org.actsandbox.merchants.order.MerchantCarts;
import org.actsandbox.merchants.order.OrderCancellation;
import org.actsandbox.merchants.order.OrderDeposits;
import org.actsandbox.merchants.order.OrderQueries;
import org.actsandbox.merchants.order.Orders;
import org.actsandbox.merchants.order.ServiceOrders;
import org.actsandbox.merchants.order.VoluntaryRefund;
import org.actsandbox.merchants.psp.FulfilmentConfirmations;
import org.actsandbox.merchants.psp.MerchantRefunds;
import org.actsandbox.merchants.psp.PspKeys;
import org.actsandbox.merchants.service.ServicePages;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.time.DueWork;

/** Represents one open merchant of a world and gives the endpoints its services. */
public final class Merchant {

  private static final Duration PSP_TIMEOUT = Duration.ofSeconds(5);

  private final MerchantContext merchantContext;
  private final Storefront storefront;
  private final A2aAgent a2a;
  private final SeatMapLookup seatMapLookup;
  private final Negotiations negotiations;
  private final MerchantIntents merchantIntents;
  private final MerchantCarts merchantCarts;
  private final ServiceOrders serviceOrders;
  private final ServicePages servicePages;
  private final OrderQueries orderQueries;
  private final HoldExpiry holdExpiry;
  private final OrderCancellation orderCancellation;
  private final VoluntaryRefund refund;
  private final MerchantRefunds merchantRefunds;
  private final OrderDeposits deposits;
  private final DepositPolicies depositPolicies;
  private final BuyerPolicies buyerPolicies;
  private final BuyerReviews buyerReviews;
  private final FulfilmentConfirmations confirmations;
  private final ResourceGate resourceGate;
  private final NotificationInbox notificationInbox;
  private final MerchantEvidence merchantEvidence;

  Merchant(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
    this.storefront = new Storefront(merchantContext);
    this.depositPolicies = new DepositPolicies(merchantContext);
    this.buyerPolicies = new BuyerPolicies(merchantContext);
    this.buyerReviews = new BuyerReviews(merchantContext);
    this.a2a = new A2aAgent(merchantContext);
    this.seatMapLookup = new SeatMapLookup(merchantContext);
    this.negotiations = new Negotiations(merchantContext);
    this.merchantIntents = new MerchantIntents(merchantContext, System::nanoTime);
    var orders = new Orders(merchantContext);
    var psp =
        new ParticipantClient(
            merchantContext.world().outbound(),
            merchantContext.did(),
            merchantContext.identity().apiKey(),
            PSP_TIMEOUT);
    var keys = new PspKeys(merchantContext, psp, System::nanoTime);
    this.holdExpiry = new HoldExpiry(merchantContext, orders);
    this.merchantRefunds = new MerchantRefunds(merchantContext, psp, orders);
    this.confirmations = new FulfilmentConfirmations(merchantContext, psp, orders);
    this.deposits = new OrderDeposits(merchantContext, orders, merchantRefunds);
    this.merchantCarts =
        new MerchantCarts(merchantContext, orders, merchantIntents, holdExpiry, deposits);
    var buyers = new BuyerVerification(merchantContext, buyerPolicies, buyerReviews);
    this.serviceOrders =
        new ServiceOrders(merchantContext, orders, merchantIntents, merchantCarts, buyers);
    this.servicePages = new ServicePages(merchantContext);
    this.orderQueries = new OrderQueries(merchantContext, orders, merchantRefunds);
    this.orderCancellation = new OrderCancellation(merchantContext, orders, merchantRefunds);
    this.refund = new VoluntaryRefund(merchantContext, orders, merchantRefunds);
    var latePayments = new LatePayments(merchantContext, orders, merchantRefunds);
    this.resourceGate =
        new ResourceGate(merchantContext, orders, keys, psp, latePayments, confirmations);
    this.notificationInbox = new NotificationInbox(merchantContext, orders, keys, latePayments);
    this.merchantEvidence = new MerchantEvidence(merchantContext, orders);
  }

  public MerchantProfile profile() {
    return merchantContext.profile();
  }

  public MerchantIdentity identity() {
    return merchantContext.identity();
  }

  public Storefront storefront() {
    return storefront;
  }

  public A2aAgent a2a() {
    return a2a;
  }

  public SeatMapLookup seatMaps() {
    return seatMapLookup;
  }

  public Negotiations negotiations() {
    return negotiations;
  }

  public MerchantIntents intents() {
    return merchantIntents;
  }

  public MerchantCarts carts() {
    return merchantCarts;
  }

  public ServiceOrders serviceOrders() {
    return serviceOrders;
  }

  public ServicePages servicePages() {
    return servicePages;
  }

  public OrderQueries orders() {
    return orderQueries;
  }

  public OrderCancellation cancellation() {
    return orderCancellation;
  }

  public VoluntaryRefund refund() {
    return refund;
  }

  public OrderDeposits deposits() {
    return deposits;
  }

  public BuyerPolicies buyerPolicies() {
    return buyerPolicies;
  }

  public BuyerReviews buyerReviews() {
    return buyerReviews;
  }

  public DepositPolicies depositPolicies() {
    return depositPolicies;
  }

  public ResourceGate gate() {
    return resourceGate;
  }

  public NotificationInbox inbox() {
    return notificationInbox;
  }

  public FulfilmentConfirmations confirmations() {
    return confirmations;
  }

  public MerchantEvidence evidence() {
    return merchantEvidence;
  }

  /** Changes stock or prices as staff or another buyer would; faults and scenarios use it. */
  public void disturb(Disturbance disturbance) {
    merchantContext
        .world()
        .transactions()
        .executeWithoutResult(() -> merchantContext.vertical().disturb(disturbance));
  }

  /** Returns the work that waits for the world's clock: expired holdExpiry, retries and purges. */
  public List<DueWork> dueWork() {
    return List.of(
        holdExpiry,
        deposits,
        confirmations.retries(),
        merchantRefunds.retries(),
        merchantIntents.purge());
  }

  void close() {
    confirmations.close();
  }
}
