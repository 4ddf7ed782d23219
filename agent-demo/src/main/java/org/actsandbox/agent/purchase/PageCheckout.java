package org.actsandbox.agent.purchase;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.agent.payment.AlipayPaymentClient;
import org.actsandbox.agent.payment.PaidResource.BillField;
import org.actsandbox.agent.payment.PaidResourceClient;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Buys the page of a gate: its signed bill takes the place of a held order (A402-1), and what comes
 * for the proof is the delivery, in any form.
 */
final class PageCheckout {

  /** Ours: a longer page is delivered whole and stored with its beginning. */
  private static final int MAX_CONTENT = 60_000;

  private final AgentWorld world;
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
    var expected =
        List.of(
            new BillField("currency", purchase.shown().offer().currency(), Bill::currency),
            new BillField(
                "amount",
                purchase.total().decimal(),
                bill -> Money.of(bill.amount(), bill.currency()).decimal()));
    var bill =
        paidResourceClient.fetchPageBill(GateOffers.resource(gate, purchase.intentId(), expected));
    purchases.save(
        purchase.withPaper(Purchase.SignedPaper.BILL, bill.needed()).move(PurchaseState.HELD));
    conversationNarrator.step(
        "bill",
        StepState.DONE,
        gate.id(),
        conversationNarrator.phrase("step.bill.done", bill.amount().decimal()));
  }

  /** Makes the payment request over the stored bill, so that a repeated step pays the same bill. */
  void signPayment(Purchase purchase, Platform gate) {
    var bill = purchase.paper(Purchase.SignedPaper.BILL);
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
    delivery.set("result", result(answer));
    return delivery;
  }

  private static JsonNode result(OutboundClient.Answer answer) {
    try {
      var parsed = Json.parse(answer.body());
      if (parsed.isObject() && answer.body().length <= MAX_CONTENT) {
        return parsed;
      }
    } catch (JacksonException otherContent) {
      // A page may be anything: it is kept as text below.
    }
    var type = answer.header("Content-Type").orElse("application/octet-stream");
    var text = new String(answer.body(), StandardCharsets.UTF_8);
    return Json.object()
        .put("media_type", UntrustedText.sanitize(type, 60))
        .put("content", text.length() <= MAX_CONTENT ? text : text.substring(0, MAX_CONTENT));
  }
}
