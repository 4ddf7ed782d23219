package org.actsandbox.agent.purchase;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.agent.payment.PaidResource;
import org.actsandbox.agent.payment.PaidResource.BillField;
import org.actsandbox.agent.payment.PaidResourceClient;
import org.actsandbox.agent.payment.PaymentClient;
import org.actsandbox.agent.payment.PaymentClient.PaymentKind;
import org.actsandbox.agent.seller.ServiceRequests;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.alipay.a2m.AlipayValidation;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.commerce.ReceivedDelivery;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Takes a purchase from the held order through bill, cashier and proof to the delivery (A402); it
 * stores each step.
 */
final class Checkout {

  private final AgentWorld world;
  private final Purchases purchases;
  private final PaidResourceClient paidResourceClient;
  private final PurchasePaymentRequests purchasePaymentRequests;
  private final PaymentClient paymentClient;

  Checkout(
      AgentWorld world,
      Purchases purchases,
      PaidResourceClient paidResourceClient,
      PurchasePaymentRequests purchasePaymentRequests,
      PaymentClient paymentClient) {
    this.world = world;
    this.purchases = purchases;
    this.paidResourceClient = paidResourceClient;
    this.purchasePaymentRequests = purchasePaymentRequests;
    this.paymentClient = paymentClient;
  }

  /** Requests the resource, checks the bill and stores the signed payment request. */
  void fetchBill(Purchase purchase, Platform platform, ConversationNarrator conversationNarrator) {
    conversationNarrator.step(
        "bill",
        StepState.RUNNING,
        platform.id(),
        conversationNarrator.phrase("step.bill", platform.name()));
    try {
      var resource = resource(purchase, platform);
      var bill = paidResourceClient.fetchBill(resource);
      if (platform.level() == MerchantLevel.SHOP) {
        paidResourceClient.agreeOnMethod(resource, bill.amount());
      }
      var request = purchasePaymentRequests.sign(purchase, bill.needed());
      purchases.save(
          purchase.withPaper(Purchase.SignedPaper.REQUEST, request).move(PurchaseState.REQUESTED));
      conversationNarrator.step(
          "bill",
          StepState.DONE,
          platform.id(),
          conversationNarrator.phrase("step.bill.done", purchase.total().decimal()));
    } catch (ParticipantRefusal participantRefusal) {
      PurchaseProcess.note(
          world,
          purchase,
          JournalNote.Kind.REFUSAL,
          ActComponent.PSD_PAY_A402,
          JournalEvent.BILL_REFUSED,
          Map.of("code", participantRefusal.code(), "reason", participantRefusal.why()));
      conversationNarrator.step(
          "bill",
          StepState.FAILED,
          platform.id(),
          conversationNarrator.phrase("step.bill.failed", participantRefusal.reason()));
      throw participantRefusal;
    }
  }

  /** The order is known, so its bill can say nothing new. */
  static PaidResource resource(Purchase purchase, Platform platform) {
    var order = purchase.order();
    var signed = purchase.paper(Purchase.SignedPaper.ORDER);
    var digest = RequestFingerprint.digest(CanonicalJson.bytes(signed));
    return new PaidResource(
        platform,
        purchase.intentId(),
        URI.create(order.resourceUrl()),
        null,
        List.of(
            new BillField("order number", order.orderNo(), Bill::outTradeNo),
            new BillField("currency", order.currency(), Bill::currency),
            new BillField(
                "amount",
                purchase.total().decimal(),
                bill -> Money.of(bill.amount(), bill.currency()).decimal()),
            new BillField("resource", order.resourceId(), Bill::resourceId),
            new BillField("confirmation", digest, bill -> confirmation(bill, digest))),
        "the bill differs from the signed order in ");
  }

  /** A bill need not confirm the order; if it does, then this one. */
  private static @Nullable String confirmation(Bill bill, String digest) {
    var confirmation = bill.commerceConfirmation();
    return confirmation == null ? digest : confirmation.confirmationDigest();
  }

  void requestPayment(Purchase purchase, ConversationNarrator conversationNarrator) {
    applyPayment(
        purchase, paymentClient.findOrPay(purchase.paymentRequest()), conversationNarrator);
  }

  /** Waits for the decision, at most for one long poll; returns whether it is still open. */
  boolean await(Purchase purchase, ConversationNarrator conversationNarrator) {
    var payment = paymentClient.awaitDecision(purchase.paymentRequest(), purchase.tradeNo());
    if (PaymentClient.status(payment) == PaymentStatus.WAITING_FOR_APPROVAL) {
      return true;
    }
    applyPayment(purchase, payment, conversationNarrator);
    return false;
  }

  /** Moves the purchase to the state of its payment. */
  Purchase applyPayment(
      Purchase purchase, JsonNode payment, ConversationNarrator conversationNarrator) {
    var status = PaymentClient.status(payment);
    var known = purchase.withPaper(Purchase.SignedPaper.PAYMENT, payment);
    var next =
        switch (status) {
          case WAITING_FOR_APPROVAL -> known.move(PurchaseState.WAITING);
          case PAID -> known.move(PurchaseState.PAID);
          case DECLINED, TIMED_OUT, ABANDONED ->
              known.endedAs(
                  PurchaseState.DECLINED,
                  status.code(),
                  AgentPhrases.bilingual("buy." + status.code()));
          case FAILED, CLOSED ->
              known.endedAs(
                  PurchaseState.FAILED,
                  payment.path("error").path("details").path("code").asString(status.code()),
                  AgentPhrases.bilingual("buy.payment." + status.code(), error(payment)));
        };
    purchases.save(next);
    publishPayment(next, payment, status, conversationNarrator);
    return next;
  }

  private static Text error(JsonNode payment) {
    var error = payment.path("error");
    return AgentPhrases.errorText(
        error.path("details").path("code").asString(""), "", error.path("message").asString(""));
  }

  /** Tells what became of a payment, or that it waits for the principal. */
  void publishPayment(
      Purchase purchase,
      JsonNode payment,
      PaymentStatus status,
      ConversationNarrator conversationNarrator) {
    if (status == PaymentStatus.WAITING_FOR_APPROVAL) {
      var needed = Json.object();
      needed.put("trade_no", purchase.tradeNo());
      needed.put("cashier_url", purchase.cashierUrl());
      needed.put("order_no", purchase.orderNo());
      for (var field : new String[] {"payee", "amount", "currency", "expires_at"}) {
        needed.set(field, payment.path(field));
      }
      conversationNarrator.publish(ConversationEventType.PAYMENT_NEEDED, needed);
      conversationNarrator.step(
          "approve", StepState.RUNNING, null, conversationNarrator.phrase("step.approve"));
      return;
    }
    conversationNarrator.publish(
        ConversationEventType.PAYMENT,
        Map.of("trade_no", purchase.tradeNo(), "status", status.code()));
    boolean paid = status == PaymentStatus.PAID;
    conversationNarrator.step(
        "approve",
        paid ? StepState.DONE : StepState.FAILED,
        null,
        conversationNarrator.phrase(
            !paid
                ? "step.approve.failed"
                : payment.path("approval").path("method").asString("").equals("delegation")
                    ? "step.delegated.done"
                    : "step.approve.done"));
    PurchaseProcess.note(
        world,
        purchase,
        JournalNote.Kind.STATE,
        purchase.delegated() == null ? ActComponent.PSD_PAY_INS : ActComponent.PSD_PAY_DEL,
        event(status),
        Map.of("amount", purchase.total().decimal()));
  }

  private static JournalEvent event(PaymentStatus status) {
    return switch (status) {
      case WAITING_FOR_APPROVAL -> JournalEvent.PAYMENT_WAITING_FOR_APPROVAL;
      case PAID -> JournalEvent.PAYMENT_PAID;
      case DECLINED -> JournalEvent.PAYMENT_DECLINED;
      case TIMED_OUT -> JournalEvent.PAYMENT_TIMED_OUT;
      case ABANDONED -> JournalEvent.PAYMENT_ABANDONED;
      case FAILED -> JournalEvent.PAYMENT_FAILED;
      case CLOSED -> JournalEvent.PAYMENT_CLOSED;
    };
  }

  /**
   * Presents the payment proof; the same proof again gets the stored delivery, never a second one.
   */
  void collectDelivery(
      Purchase purchase, Platform platform, ConversationNarrator conversationNarrator) {
    conversationNarrator.step(
        "deliver",
        StepState.RUNNING,
        platform.id(),
        conversationNarrator.phrase("step.deliver", platform.name()));
    var answer = collect(purchase, platform);
    var delivery = delivery(purchase, platform, answer);
    var delivered =
        purchases.save(
            purchase
                .withPaper(Purchase.SignedPaper.DELIVERY, delivery)
                .move(PurchaseState.DELIVERED));
    publishDelivery(delivered, validation(answer), conversationNarrator);
    conversationNarrator.step(
        "deliver", StepState.DONE, platform.id(), conversationNarrator.phrase("step.deliver.done"));
  }

  private OutboundClient.Answer collect(Purchase purchase, Platform platform) {
    if (purchase.needsCart()) {
      return paidResourceClient.collect(resource(purchase, platform), proof(purchase));
    }
    if (purchase.has(Purchase.SignedPaper.SERVICE_REQUEST)) {
      return paidResourceClient.collect(
          PageCheckout.resource(purchase, platform, List.of()), proof(purchase));
    }
    var request = purchase.paymentRequest();
    return paidResourceClient.collectPage(
        PageCheckout.resource(purchase, platform, List.of()),
        request.kind() == PaymentKind.ALIPAY
            ? paymentClient.alipay().proof(request)
            : A402Headers.encode(proof(purchase)));
  }

  private JsonNode proof(Purchase purchase) {
    var payment = purchase.paper(Purchase.SignedPaper.PAYMENT);
    return payment.path("proof").isObject()
        ? payment.path("proof")
        : paymentClient.query(purchase.paymentRequest(), purchase.tradeNo()).path("proof");
  }

  private JsonNode delivery(Purchase purchase, Platform platform, OutboundClient.Answer answer) {
    if (purchase.needsCart()) {
      return delivery(purchase, platform, AgentHttpClient.body(platform, answer));
    }
    if (purchase.has(Purchase.SignedPaper.SERVICE_REQUEST)) {
      return ServiceRequests.requireDelivery(
          platform, PageCheckout.service(purchase), AgentHttpClient.body(platform, answer));
    }
    if (!answer.isSuccess()) {
      throw ParticipantRefusal.from(platform.id(), answer);
    }
    return PageCheckout.delivery(world, platform, answer);
  }

  private static void publishDelivery(
      Purchase purchase, JsonNode validation, ConversationNarrator conversationNarrator) {
    var event = Json.object();
    event.put("order_no", purchase.orderNo()).put("trade_no", purchase.tradeNo());
    event.set("delivery", purchase.paper(Purchase.SignedPaper.DELIVERY));
    event.set("payment_validation", validation);
    conversationNarrator.publish(ConversationEventType.DELIVERY, event);
  }

  /**
   * Publishes again each stored event that {@code publishedEvents} lacks; every step is stored
   * before it is told.
   */
  void retell(
      Purchase purchase,
      List<ConversationEvent> publishedEvents,
      ConversationNarrator conversationNarrator) {
    if (purchase.has(Purchase.SignedPaper.ORDER)
        && lacks(
            publishedEvents, ConversationEventType.CART, "/order/order_no", purchase.orderNo())) {
      conversationNarrator.publish(
          ConversationEventType.CART, Map.of("order", purchase.paper(Purchase.SignedPaper.ORDER)));
    }
    boolean waits = purchase.state() == PurchaseState.WAITING;
    var event = waits ? ConversationEventType.PAYMENT_NEEDED : ConversationEventType.PAYMENT;
    if (purchase.has(Purchase.SignedPaper.PAYMENT)
        && lacks(publishedEvents, event, "/trade_no", purchase.tradeNo())) {
      var payment = purchase.paper(Purchase.SignedPaper.PAYMENT);
      publishPayment(purchase, payment, PaymentClient.status(payment), conversationNarrator);
    }
    if (purchase.has(Purchase.SignedPaper.DELIVERY)
        && lacks(
            publishedEvents, ConversationEventType.DELIVERY, "/order_no", purchase.orderNo())) {
      // The merchant's verdict came with an answer that was not stored.
      publishDelivery(purchase, Json.object(), conversationNarrator);
    }
  }

  private static boolean lacks(
      List<ConversationEvent> publishedEvents,
      ConversationEventType type,
      String field,
      String value) {
    return publishedEvents.stream()
        .noneMatch(
            event -> event.type() == type && event.data().at(field).asString("").equals(value));
  }

  private static JsonNode delivery(Purchase purchase, Platform platform, JsonNode body) {
    try {
      if (ReceivedDelivery.goods(body).kind() == purchase.shown().offer().kind()) {
        return body;
      }
    } catch (Refusal | JacksonException malformed) {
      throw new ParticipantRefusal(
          platform.id(), 200, "delivery_malformed", "the delivery has another form", malformed);
    }
    throw ParticipantRefusal.untrusted(
        platform.id(), "delivery_mismatch", "it delivered something else");
  }

  /** Reads the header in Alipay's form, which is flat (AIP-153), or in ACT's. */
  private static JsonNode validation(String header) {
    return AlipayValidation.decode(header)
        .filter(flat -> flat.tradeNo() != null)
        .<JsonNode>map(Json::tree)
        .orElseGet(() -> A402Headers.decode(A402Headers.PAYMENT_VALIDATION, header));
  }

  /**
   * Returns the merchant's verdict about the payment (A402-9); a delivery without one is still
   * valid.
   */
  private static JsonNode validation(OutboundClient.Answer answer) {
    try {
      return answer
          .header(A402Headers.PAYMENT_VALIDATION)
          .map(Checkout::validation)
          .orElseGet(Json::object);
    } catch (Refusal malformed) {
      return Json.object().put("problem", malformed.detail());
    }
  }
}
