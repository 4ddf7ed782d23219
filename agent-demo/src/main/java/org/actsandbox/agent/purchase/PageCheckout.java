package org.actsandbox.agent.purchase;

import java.util.List;
import java.util.Set;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.agent.payment.AlipayPaymentClient;
import org.actsandbox.agent.payment.PaidResource;
import org.actsandbox.agent.payment.PaidResource.BillField;
import org.actsandbox.agent.payment.PaidResourceClient;
import org.actsandbox.agent.payment.PaidResourceClient.CheckedBill;
import org.actsandbox.agent.seller.ServiceRequests;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.ReceivedDelivery;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import tools.jackson.databind.node.ObjectNode;

/**
 * Buys the page of a gate, or the service of a seller agent: its signed bill takes the place of a
 * held order (A402-1). What comes for the proof is the delivery; that of a gate has any form.
 */
final class PageCheckout {

  /** Ours: a longer page is delivered whole and stored with its beginning. */
  private static final int MAX_CONTENT = 60_000;

  /** The codes of a request that is out of date. */
  private static final Set<String> STALE =
      Set.of("expired_request", "hold_expired", "bill_expired");

  private final AgentWorld world;
  private final ServiceRequests serviceRequests;
  private final Purchases purchases;
  private final PurchaseFailures purchaseFailures;
  private final PaidResourceClient paidResourceClient;
  private final PurchasePaymentRequests purchasePaymentRequests;

  PageCheckout(
      AgentWorld world,
      Purchases purchases,
      PurchaseFailures purchaseFailures,
      PaidResourceClient paidResourceClient,
      PurchasePaymentRequests purchasePaymentRequests) {
    this.world = world;
    this.serviceRequests = new ServiceRequests(world);
    this.purchases = purchases;
    this.purchaseFailures = purchaseFailures;
    this.paidResourceClient = paidResourceClient;
    this.purchasePaymentRequests = purchasePaymentRequests;
  }

  /** Fetches the bill at the price that was shown, within the budget. */
  void fetchBill(
      Purchase purchase,
      List<Purchase> all,
      Platform gate,
      ConversationNarrator conversationNarrator) {
    var limit = purchase.budget() == null ? null : purchase.budget().money();
    if (limit != null && CartPreCheck.committedAmount(all).plus(purchase.total()).moreThan(limit)) {
      purchaseFailures.record(
          purchase,
          PurchaseState.FAILED,
          "cumulative_amount",
          AgentPhrases.bilingual("buy.precheck.cumulative_amount", purchase.title()));
      return;
    }
    conversationNarrator.step(
        "bill",
        StepState.RUNNING,
        gate.id(),
        conversationNarrator.phrase("step.bill", gate.name()));
    var billed =
        purchase.has(Purchase.SignedPaper.SERVICE_REQUEST)
            ? fetchServiceBill(purchase, gate)
            : fetchPageBill(purchase, gate);
    var bill = billed.bill();
    if (bill.amount().moreThan(purchase.total())) {
      purchaseFailures.record(
          purchase,
          PurchaseState.UNAVAILABLE,
          "price_changed",
          AgentPhrases.bilingual("buy.unavailable.price_changed", purchase.title(), gate.name()));
      return;
    }
    purchases.save(
        billed
            .purchase()
            .withPaper(Purchase.SignedPaper.BILL, bill.needed())
            .move(PurchaseState.HELD));
    conversationNarrator.step(
        "bill",
        StepState.DONE,
        gate.id(),
        conversationNarrator.phrase("step.bill.done", bill.amount().decimal()));
  }

  /** A purchase, with a fresh request if the first one was out of date, and its bill. */
  private record Billed(Purchase purchase, CheckedBill bill) {}

  /** The bill of a page is the offer that was shown, so it says the same price. */
  private Billed fetchPageBill(Purchase purchase, Platform gate) {
    var expected =
        List.of(
            new BillField("currency", purchase.shown().offer().currency(), Bill::currency),
            new BillField(
                "amount",
                purchase.total().decimal(),
                bill -> Money.of(bill.amount(), bill.currency()).decimal()));
    return new Billed(
        purchase, paidResourceClient.fetchPageBill(resource(purchase, gate, expected)));
  }

  /**
   * The price of a service is the one that its catalog announced, or a lower one. A request that is
   * out of date is surely not paid, so a fresh one replaces it.
   */
  private Billed fetchServiceBill(Purchase purchase, Platform seller) {
    try {
      return agreedBill(purchase, seller);
    } catch (ParticipantRefusal refusal) {
      if (!STALE.contains(refusal.code())) {
        throw refusal;
      }
      var request = purchase.paper(Purchase.SignedPaper.SERVICE_REQUEST).asString();
      var renewed =
          purchase.withPaper(
              Purchase.SignedPaper.SERVICE_REQUEST, Json.tree(serviceRequests.renew(request)));
      return agreedBill(purchases.save(renewed), seller);
    }
  }

  private Billed agreedBill(Purchase purchase, Platform seller) {
    var resource = resource(purchase, seller, List.of());
    var bill = paidResourceClient.fetchBill(resource);
    paidResourceClient.agreeOnMethod(resource, bill.amount());
    return new Billed(purchase, bill);
  }

  /** Returns what is paid for: the page of a gate, or the stored request for a service. */
  static PaidResource resource(Purchase purchase, Platform platform, List<BillField> expected) {
    return purchase
        .find(Purchase.SignedPaper.SERVICE_REQUEST)
        .map(
            request ->
                ServiceRequests.resource(
                    platform, purchase.intentId(), service(purchase), request.asString()))
        .orElseGet(() -> GateOffers.resource(platform, purchase.intentId(), expected));
  }

  /** Returns the seller's id of the service, or the last word of the page's path. */
  static String service(Purchase purchase) {
    return ((OfferDetails.Service) purchase.shown().offer().details()).service();
  }

  /**
   * Makes the payment request over the stored bill, so that a repeated step pays the same bill.
   *
   * @throws ParticipantRefusal {@code bill_expired}; nothing is paid then
   */
  void signPayment(Purchase purchase, Platform gate) {
    var bill = purchase.paper(Purchase.SignedPaper.BILL);
    if (purchase.payBefore().filter(end -> !world.now().isBefore(end)).isPresent()) {
      throw ParticipantRefusal.untrusted(
          gate.id(), "bill_expired", "the bill can no longer be paid");
    }
    var request =
        AlipayPaymentClient.isBill(bill)
            ? AlipayPaymentClient.request(world, bill, purchase.total(), gate.did())
            : purchasePaymentRequests.sign(purchase, bill);
    purchases.save(
        purchase.withPaper(Purchase.SignedPaper.REQUEST, request).move(PurchaseState.REQUESTED));
  }

  /** Returns what came, as the delivery of a service. */
  static ObjectNode delivery(AgentWorld world, Platform gate, OutboundClient.Answer answer) {
    var title = GateOffers.title(gate);
    var delivery = Json.object().put("kind", "service");
    delivery.put("service", gate.resource());
    delivery.set("name", Json.tree(title));
    delivery.put("as_of", world.now().toString());
    delivery.set("result", ReceivedDelivery.page(answer, MAX_CONTENT));
    return delivery;
  }
}
