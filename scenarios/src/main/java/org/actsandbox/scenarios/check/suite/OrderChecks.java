package org.actsandbox.scenarios.check.suite;

import static org.actsandbox.scenarios.check.model.CheckLevel.ORDER;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;
import static org.actsandbox.scenarios.check.model.MerchantCheck.should;

import java.time.Duration;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.model.Goods;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.world.CheckPurchase;

/** Checks orders after the cart: who sees them, how they end, and what goes back. */
final class OrderChecks {

  static final List<MerchantCheck> ALL =
      List.of(
          must("order.readable", ORDER, "CID-9.a")
              .says(
                  "Reads an order as its buyer.",
                  "After a lost answer the agent asks there what became of its cart.",
                  "Serve the order at /orders/{order_no} for its buyer.")
              .needs(Goods.CARTS)
              .runs(
                  context -> {
                    var purchase = open(context);
                    context.requireSame(
                        "order_no",
                        context.orders().number(purchase),
                        context.orders().now(purchase).path("order_no").asString(""));
                  }),
          must("order.private", ORDER, "CID-2.f")
              .says(
                  "Reads an order as another agent.",
                  "What an agent buys is private, and an order number is no secret.",
                  "Answer 403 or 404 to all but buyer and merchant.")
              .needs("order.readable")
              .playedBy("anothers-affairs")
              .runs(
                  context -> {
                    var reply = context.orders().reply(open(context), context.goods().buyer());
                    context.require(
                        reply.status() >= 400 && !reply.json().has("lines"),
                        "no order for another agent",
                        reply);
                  }),
          should("order.unknown", ORDER, "A402-10.a")
              .says(
                  "Asks for an order that there is not.",
                  "An agent must tell a wrong number from an outage.",
                  "Answer 404 with an error object.")
              .needs("order.readable")
              .playedBy("unknown-ids")
              .runs(
                  context -> {
                    var buyer = context.goods().buyer();
                    var reply =
                        context.send(
                            "GET",
                            context.target().at("/orders/no-such-order"),
                            context.asAgent(buyer),
                            new byte[0]);
                    context.require(
                        reply.status() == 404 && CheckContext.error(reply).isObject(),
                        "404 and an error object",
                        reply);
                  }),
          must("order.foreign-cancel", ORDER, "CID-8.c")
              .says(
                  "Cancels an order as another agent.",
                  "An order number stays valid until its own buyer gives it up.",
                  "Let only buyer and merchant cancel.")
              .needs("order.readable")
              .runs(
                  context -> {
                    var purchase = context.purchases().begin();
                    context.requireRefused(
                        "a cancellation by another agent",
                        context.orders().cancel(purchase, context.goods().buyer()));
                    context.requireSame(
                        "status",
                        "HELD",
                        context.orders().now(purchase).path("status").asString(""));
                  }),
          must("order.cancel-unpaid", ORDER, "CID-8.b")
              .says(
                  "Cancels an order that was not paid and asks for its bill.",
                  "A cancelled order must not be billed.",
                  "Move the order to CANCELLED and bill it no more.")
              .needs("order.readable", CheckContext.READABLE)
              .runs(
                  context -> {
                    var purchase = context.billed(open(context, true));
                    var reply = context.orders().cancel(purchase, purchase.buyer());
                    context.require(reply.status() == 200, "200 and the cancelled order", reply);
                    var asked = context.ask(purchase);
                    context.require(
                        asked.status() != 402 && asked.status() >= 400,
                        "no bill for a cancelled order",
                        asked);
                  }),
          must("order.cancel-returns-stock", ORDER, "CID-8.b")
              .says(
                  "Cancels an order of the last one and confirms it for another agent.",
                  "Stock that a buyer gave back is stock.",
                  "Give stock back with the cancellation.")
              .needs("order.cancel-unpaid")
              .playedBy("cancelled-late")
              .runs(OrderChecks::returnsStock),
          must("order.cancel-paid", ORDER, "A402-8.a")
              .says(
                  "Cancels a paid order and looks whether the promised refund arrives.",
                  "A refund that is promised and does not come is money kept.",
                  "Order the refund at the payment service when a paid order is cancelled, and show it as"
                      + " refunded in the order.")
              .needs(CheckContext.PAYABLE, "order.readable")
              .playedBy("refund-full")
              .runs(OrderChecks::refunds),
          must("order.refund-as-shown", ORDER, "A402-9.a")
              .says(
                  "Compares the refund with what the order said it would be.",
                  "The buyer decides by what is shown.",
                  "Refund exactly the amount shown as refundable.")
              .needs("order.cancel-paid")
              .playedBy("cancelled-late")
              .runs(OrderChecks::asShown),
          must("order.cancelled-delivers-nothing", ORDER, "A402-6.b")
              .says(
                  "Shows the proof of an order that was cancelled and paid back.",
                  "A signature does not say that the money went back.",
                  "Refuse the proof of a trade that was closed or refunded.")
              .needs("order.cancel-paid")
              .playedBy("refund-the-seller-was-not-told-of")
              .runs(
                  context -> {
                    var purchase = cancelled(context);
                    context.requireRefused(
                        "the proof of a refunded payment",
                        context.show(purchase, purchase.proof()));
                  }),
          must("order.final-states", ORDER, "A402-8.b")
              .says(
                  "Cancels an order twice and reads it again.",
                  "Final states never move, and money goes back once.",
                  "Answer a second cancellation with the state there is, or refuse it.")
              .needs("order.cancel-paid")
              .runs(OrderChecks::staysFinal));

  private OrderChecks() {}

  private static CheckPurchase open(CheckContext context) {
    return open(context, false);
  }

  private static CheckPurchase open(CheckContext context, boolean fresh) {
    context.goods().requireCarts();
    return fresh
        ? context.purchases().begin()
        : context.once("open", () -> context.purchases().begin());
  }

  private static void returnsStock(CheckContext context) {
    context.goods().requireCarts();
    var buyer = context.goods().buyer();
    var id = context.world().nextId();
    var offer = context.goods().offer(buyer, id);
    context.stock().set(offer, 1);
    var purchase = context.purchases().ordered(buyer, id, offer);
    context.orders().cancel(purchase, buyer);
    var other = context.goods().buyer();
    var reply =
        context.post("/carts", other, other.signed(other.cart(context.world().nextId(), offer)));
    context.require(reply.status() < 300, "an order for what was given back", reply);
  }

  /** A paid order that was cancelled, once for the run. */
  private static CheckPurchase cancelled(CheckContext context) {
    context.goods().requireCarts();
    return context.step(
        "order.cancel-paid",
        () ->
            context.once(
                "cancelled",
                () -> {
                  var purchase = context.paid(context.purchases().begin());
                  context.world().advance(Duration.ZERO);
                  context.once(
                      "refundable", () -> context.orders().now(purchase).path("refundable"));
                  var reply = context.orders().cancel(purchase, purchase.buyer());
                  context.require(reply.status() == 200, "200 and the cancelled order", reply);
                  context.world().advance(Duration.ofSeconds(10));
                  return purchase;
                }));
  }

  private static void refunds(CheckContext context) {
    var purchase = cancelled(context);
    var order = context.orders().now(purchase);
    var promised = Goods.amount(order.path("refunded"));
    var payment = purchase.buyer().payment(purchase.tradeNo()).json();
    if (!order.has("refunded") && Goods.amount(payment.path("refunded")).signum() > 0) {
      throw CheckEnd.deviates(
          CheckSentence.of(
              "an order that says refunded {0}, as the payment service does",
              payment.path("refunded").asString()),
          CheckSentence.of("the order has no member refunded"));
    }
    context.require(
        promised.compareTo(Goods.amount(payment.path("refunded"))) == 0,
        CheckSentence.of("a refund of {0} at the payment service", promised),
        payment.path("refunded").asString("0.00"));
  }

  private static void asShown(CheckContext context) {
    var purchase = cancelled(context);
    var shown = context.<tools.jackson.databind.JsonNode>once("refundable", Json::object);
    if (!shown.isString()) {
      throw CheckEnd.notApplicable("the paid order shows no refundable amount");
    }
    context.requireSame(
        "refunded",
        shown.asString(),
        context.orders().now(purchase).path("refunded").asString("0.00"));
  }

  private static void staysFinal(CheckContext context) {
    var purchase = cancelled(context);
    var before = context.orders().now(purchase);
    var refundedBefore = purchase.buyer().payment(purchase.tradeNo()).json().path("refunded");
    context.orders().cancel(purchase, purchase.buyer());
    context.world().advance(Duration.ofSeconds(10));
    context.requireSame(
        "status",
        before.path("status").asString(""),
        context.orders().now(purchase).path("status").asString(""));
    context.requireSame(
        "refund",
        refundedBefore.asString("0.00"),
        purchase.buyer().payment(purchase.tradeNo()).json().path("refunded").asString("0.00"));
  }
}
