package org.actsandbox.scenarios.check.suite;

import static org.actsandbox.scenarios.check.model.CheckLevel.ORDER;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;
import static org.actsandbox.scenarios.check.model.MerchantCheck.should;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.world.CheckPurchase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks how a merchant takes the payment service's notifications (PSD-8). */
final class NotificationChecks {

  private static final String NOTIFICATIONS = "/notifications";

  static final List<MerchantCheck> ALL =
      List.of(
          should("notification.acknowledged", ORDER, "PSD-8.b")
              .says(
                  "Pays and looks at the payment service's log of notifications.",
                  "A notification that is not acknowledged is sent again and again.",
                  "Answer 200 to POST /notifications once it is stored.")
              .needs("order.readable", CheckContext.PAYABLE)
              .playedBy("duplicate-notifications")
              .runs(
                  context -> {
                    var entry = paidEntry(context, notified(context));
                    context.requireSame("status", "DELIVERED", entry.path("status").asString(""));
                  }),
          should("notification.moves-order", ORDER, "PSD-8.b")
              .says(
                  "Pays, shows no proof, and reads the order.",
                  "The agent may be gone; the merchant must know that it was paid.",
                  "Move the order to PAID when the payment service says so.")
              .needs("notification.acknowledged")
              .playedBy("notification-lost-and-resent")
              .runs(
                  context ->
                      context.requireSame("status", "PAID", status(context, notified(context)))),
          should("notification.twice", ORDER, "PSD-8.b")
              .says(
                  "Has the payment service send the same notification once more.",
                  "Its answer may have been lost; a repeat must change nothing.",
                  "Acknowledge a known notification_id without doing anything again.")
              .needs("notification.moves-order")
              .playedBy("duplicate-notifications")
              .runs(
                  context -> {
                    var purchase = notified(context);
                    resend(context, purchase, "payment_succeeded");
                    var entry = paidEntry(context, purchase);
                    context.requireSame("status", "DELIVERED", entry.path("status").asString(""));
                    context.requireSame("status", "PAID", status(context, purchase));
                  }),
          must("notification.unsigned", ORDER, "A402-6.a")
              .says(
                  "Tells the merchant without a signature that it was paid.",
                  "A merchant that believes an unsigned word gives goods away.",
                  "Refuse a notification that the payment service did not sign.")
              .needs("order.readable", CheckContext.PAYABLE)
              .playedBy("forged-notification")
              .runs(context -> forged(context, message -> message)),
          must("notification.forged", ORDER, "A402-6.a")
              .says(
                  "Tells the merchant in the payment service's name, with another key.",
                  "A key id is only a name; the signature must be compared.",
                  "Verify the signature with the payment service's key set.")
              .needs("order.readable", CheckContext.PAYABLE)
              .playedBy("forged-notification")
              .runs(
                  context ->
                      forged(
                          context,
                          message ->
                              SignedJson.sign(
                                  message,
                                  new Ed25519KeyPair("did:act:sandbox-pay#key-1", new byte[32])))),
          must("notification.of-an-agent", ORDER, "A402-6.a")
              .says(
                  "Tells the merchant as the buyer that it was paid, rightly signed.",
                  "The buyer is the last one whose word counts.",
                  "Accept notifications of the payment service alone.")
              .needs("order.readable", CheckContext.PAYABLE)
              .playedBy("forged-notification")
              .runs(
                  context ->
                      forged(
                          context,
                          message ->
                              SignedJson.sign(message, context.goods().buyer().agent().signer()))),
          should("notification.late", ORDER, "PSD-8.b")
              .says(
                  "Turns the first notification away and lets the payment service try again.",
                  "Every merchant is down at some time.",
                  "Take a notification whenever it comes.")
              .needs("notification.moves-order")
              .playedBy("notification-lost-and-resent")
              .runs(NotificationChecks::late),
          must("notification.after-refund", ORDER, "A402-8.b")
              .says(
                  "Repeats the news of the payment after the order was paid back.",
                  "A late word must not revive what is over.",
                  "Let notifications move an order forward only.")
              .needs("notification.moves-order", "order.cancel-paid")
              .playedBy("reordered-notifications")
              .runs(
                  context -> {
                    var purchase = context.paid(context.purchases().begin());
                    context.world().advance(Duration.ZERO);
                    context.orders().cancel(purchase, purchase.buyer());
                    context.world().advance(Duration.ofSeconds(10));
                    var before = status(context, purchase);
                    resend(context, purchase, "payment_succeeded");
                    context.requireSame("status", before, status(context, purchase));
                  }),
          must("notification.opens-nothing", ORDER, "A402-1.a")
              .says(
                  "Requests the resource of a paid order without a proof.",
                  "The order number is no secret; the proof is the key.",
                  "Answer 402 without a proof, also when the order is paid.")
              .needs("notification.moves-order")
              .runs(
                  context -> {
                    var purchase = notified(context);
                    var reply = context.ask(purchase);
                    context.require(
                        reply.status() == 402, "402 for a paid order without a proof", reply);
                  }));

  private NotificationChecks() {}

  /** A paid order of which the merchant was told, once for the run. */
  private static CheckPurchase notified(CheckContext context) {
    context.goods().requireCarts();
    return context.once(
        "notified",
        () -> {
          var purchase = context.paid(context.purchases().begin());
          context.world().advance(Duration.ofSeconds(2));
          return purchase;
        });
  }

  private static String status(CheckContext context, CheckPurchase purchase) {
    return context.orders().now(purchase).path("status").asString("");
  }

  private static JsonNode entry(CheckContext context, CheckPurchase purchase, String event) {
    if (context.world().merchantKey(context.target().id()) == null) {
      throw CheckEnd.notTested("the world gave no key for the merchant's log of notifications");
    }
    return context.world().notifications(context.target().id(), purchase.tradeNo()).stream()
        .filter(each -> each.path("event").asString("").equals(event))
        .findFirst()
        .orElseThrow(() -> CheckEnd.inconclusive("the payment service logged no {0}", event));
  }

  private static JsonNode paidEntry(CheckContext context, CheckPurchase purchase) {
    return entry(context, purchase, "payment_succeeded");
  }

  private static void resend(CheckContext context, CheckPurchase purchase, String event) {
    var id = entry(context, purchase, event).path("notification_id").asString("");
    Reply sent = context.world().resend(context.target().id(), id);
    if (sent.status() >= 300) {
      throw CheckEnd.inconclusive("the payment service did not send it again: {0}", sent);
    }
    context.world().advance(Duration.ofSeconds(2));
  }

  private static void forged(
      CheckContext context, java.util.function.UnaryOperator<ObjectNode> signing) {
    context.goods().requireCarts();
    var purchase = context.requested(context.purchases().begin());
    var bill = purchase.bill();
    var message =
        Json.object()
            .put("notification_id", "N-" + purchase.id())
            .put("event", "payment_succeeded")
            .put("trade_no", purchase.tradeNo());
    for (var field : List.of("out_trade_no", "resource_id", "amount", "currency")) {
      message.set(field, bill.path(field));
    }
    message.put("transaction_state", "WAIT_SELLER_FULFILLMENT");
    message.put("occurred_at", context.world().now().toString());
    var reply =
        context.send(
            "POST",
            context.target().at(NOTIFICATIONS),
            Map.of("Content-Type", "application/json"),
            Json.bytes(signing.apply(message)));
    context.require(
        reply.status() >= 400 && reply.status() < 500,
        "a status 4xx for a forged notification",
        reply);
    context.requireSame("status", "HELD", status(context, purchase));
  }

  private static void late(CheckContext context) {
    context.goods().requireCarts();
    context.armAtMerchant("error_status", "POST /notifications", Map.of("status", 503));
    var purchase = context.paid(context.purchases().begin());
    context.world().advance(Duration.ofSeconds(20));
    context.requireSame("status", "PAID", status(context, purchase));
  }
}
