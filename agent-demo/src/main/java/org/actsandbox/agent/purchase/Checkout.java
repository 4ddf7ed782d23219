package org.actsandbox.agent.purchase;

import java.util.List;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.conversation.ConversationEvent;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.conversation.Narrator.Step;
import org.actsandbox.agent.purchase.Purchase.Paper;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.agent.wire.Calls;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Kind;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** From the held order over bill, cashier and proof to the delivery (A402), a stored step each. */
final class Checkout {

  private final AgentWorld world;
  private final Purchases purchases;
  private final Bills bills;
  private final Payments payments;

  Checkout(AgentWorld world, Purchases purchases, Bills bills, Payments payments) {
    this.world = world;
    this.purchases = purchases;
    this.bills = bills;
    this.payments = payments;
  }

  /** Asks for the resource, checks the bill and stores the signed payment request. */
  void bill(Purchase purchase, Platform platform, Narrator narrator) {
    narrator.step("bill", Step.RUNNING, platform.id(), narrator.say("step.bill", platform.name()));
    try {
      var bill = bills.fetch(purchase, platform);
      bills.agreeOnMethod(purchase, platform);
      var request = payments.sign(purchase, bill);
      purchases.save(purchase.with(Paper.REQUEST, request).move(PurchaseState.REQUESTED));
      narrator.step(
          "bill",
          Step.DONE,
          platform.id(),
          narrator.say("step.bill.done", purchase.total().decimal()));
    } catch (Refused refused) {
      Purchasing.note(
          world,
          purchase,
          JournalNote.Kind.REFUSAL,
          ActComponent.PSD_PAY_A402,
          "bill-refused",
          Map.of("code", refused.code(), "reason", refused.why()));
      narrator.step(
          "bill", Step.FAILED, platform.id(), narrator.say("step.bill.failed", refused.words()));
      throw refused;
    }
  }

  void request(Purchase purchase, Narrator narrator) {
    // Whether the stored request was sent before a crash is unknown, so ask first.
    accept(purchase, payments.request(purchase, true), narrator);
  }

  void await(Purchase purchase, Narrator narrator) {
    var payment = payments.await(purchase);
    if (Payments.status(payment) == PaymentStatus.WAITING_FOR_APPROVAL) {
      return;
    }
    accept(purchase, payment, narrator);
  }

  /** Moves the purchase to where the payment is. */
  Purchase accept(Purchase purchase, JsonNode payment, Narrator narrator) {
    var status = Payments.status(payment);
    var known = purchase.with(Paper.PAYMENT, payment);
    var next =
        switch (status) {
          case WAITING_FOR_APPROVAL -> known.move(PurchaseState.WAITING);
          case PAID -> known.move(PurchaseState.PAID);
          case DECLINED, TIMED_OUT, ABANDONED ->
              known.ended(
                  PurchaseState.DECLINED, status.code(), Phrases.both("buy." + status.code()));
          case FAILED, CLOSED ->
              known.ended(
                  PurchaseState.FAILED,
                  payment.path("error").path("details").path("code").asString(status.code()),
                  Phrases.both("buy.payment." + status.code(), error(payment)));
        };
    purchases.save(next);
    tell(next, payment, status, narrator);
    return next;
  }

  private static Text error(JsonNode payment) {
    var error = payment.path("error");
    return Phrases.code(
        error.path("details").path("code").asString(""), "", error.path("message").asString(""));
  }

  private void tell(Purchase purchase, JsonNode payment, PaymentStatus status, Narrator narrator) {
    if (status == PaymentStatus.WAITING_FOR_APPROVAL) {
      var needed = Json.object();
      needed.put("trade_no", purchase.tradeNo());
      needed.put("cashier_url", purchase.cashierUrl());
      needed.put("order_no", purchase.orderNo());
      for (var field : new String[] {"payee", "amount", "currency", "expires_at"}) {
        needed.set(field, payment.path(field));
      }
      narrator.tell("payment_needed", needed);
      narrator.step("approve", Step.RUNNING, null, narrator.say("step.approve"));
      return;
    }
    narrator.tell("payment", Map.of("trade_no", purchase.tradeNo(), "status", status.code()));
    boolean paid = status == PaymentStatus.PAID;
    narrator.step(
        "approve",
        paid ? Step.DONE : Step.FAILED,
        null,
        narrator.say(
            !paid
                ? "step.approve.failed"
                : payment.path("approval").path("method").asString("").equals("delegation")
                    ? "step.delegated.done"
                    : "step.approve.done"));
    Purchasing.note(
        world,
        purchase,
        JournalNote.Kind.STATE,
        purchase.delegated() == null ? ActComponent.PSD_PAY_INS : ActComponent.PSD_PAY_DEL,
        "payment-" + status.code(),
        Map.of("amount", purchase.total().decimal()));
  }

  /** Shows the proof; the same proof again gets the stored delivery, never a second one. */
  void collect(Purchase purchase, Platform platform, Narrator narrator) {
    narrator.step(
        "deliver", Step.RUNNING, platform.id(), narrator.say("step.deliver", platform.name()));
    var payment = purchase.paper(Paper.PAYMENT);
    if (!payment.path("proof").isObject()) {
      payment = payments.query(purchase);
    }
    var answer = bills.collect(purchase, Headers.encode(payment.path("proof")));
    var body = Calls.body(platform, answer);
    var delivery = delivery(purchase, platform, body);
    var delivered =
        purchases.save(purchase.with(Paper.DELIVERY, delivery).move(PurchaseState.DELIVERED));
    delivered(delivered, validation(answer), narrator);
    narrator.step("deliver", Step.DONE, platform.id(), narrator.say("step.deliver.done"));
  }

  private static void delivered(Purchase purchase, JsonNode validation, Narrator narrator) {
    var event = Json.object();
    event.put("order_no", purchase.orderNo()).put("trade_no", purchase.tradeNo());
    event.set("delivery", purchase.paper(Paper.DELIVERY));
    event.set("payment_validation", validation);
    narrator.tell("delivery", event);
  }

  /** Tells what the purchase's state says and {@code told} lacks: each is stored before it is. */
  void retell(Purchase purchase, List<ConversationEvent> told, Narrator narrator) {
    if (purchase.has(Paper.ORDER) && lacks(told, "cart", "/order/order_no", purchase.orderNo())) {
      narrator.tell("cart", Map.of("order", purchase.paper(Paper.ORDER)));
    }
    boolean waits = purchase.state() == PurchaseState.WAITING;
    var event = waits ? "payment_needed" : "payment";
    if (purchase.has(Paper.PAYMENT) && lacks(told, event, "/trade_no", purchase.tradeNo())) {
      var payment = purchase.paper(Paper.PAYMENT);
      tell(purchase, payment, Payments.status(payment), narrator);
    }
    if (purchase.has(Paper.DELIVERY) && lacks(told, "delivery", "/order_no", purchase.orderNo())) {
      // The seller's verdict came with an answer that is gone.
      delivered(purchase, Json.object(), narrator);
    }
  }

  private static boolean lacks(
      List<ConversationEvent> told, String type, String field, String value) {
    return told.stream()
        .noneMatch(
            event ->
                event.type().equals(type) && event.data().at(field).asString("").equals(value));
  }

  private static JsonNode delivery(Purchase purchase, Platform platform, JsonNode body) {
    try {
      var delivery = Json.read(body, Delivery.class);
      var kind =
          switch (delivery) {
            case Delivery.Train _ -> Kind.TRAIN;
            case Delivery.Hotel _ -> Kind.HOTEL;
            case Delivery.Shop _ -> Kind.SHOP;
            case Delivery.Service _ -> Kind.SERVICE;
          };
      if (kind == purchase.shown().offer().kind()) {
        return body;
      }
    } catch (JacksonException malformed) {
      throw new Refused(
          platform.id(), 200, "delivery_malformed", "the delivery has another form", malformed);
    }
    throw Refused.untrusted(platform.id(), "delivery_mismatch", "it delivered something else");
  }

  /** The seller's verdict (A402-9); a delivery without one is still a delivery. */
  private static JsonNode validation(Outbound.Answer answer) {
    try {
      return answer
          .header(Headers.PAYMENT_VALIDATION)
          .map(value -> Headers.decode(Headers.PAYMENT_VALIDATION, value))
          .orElseGet(Json::object);
    } catch (Refusal malformed) {
      return Json.object().put("problem", malformed.detail());
    }
  }
}
