package org.actsandbox.sandbox.mcp.tool;

import java.util.Locale;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.purchase.PurchaseState;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows a purchase to agents: how far it is, and which tool comes next. */
final class PurchaseViews {

  private static final String WAITING = "waiting_for_approval";

  private PurchaseViews() {}

  static ToolSchema schema() {
    return ToolSchema.result()
        .text("order_no", "names the purchase in all tools")
        .text("merchant", "id of the merchant")
        .oneOf(
            "state",
            "how far the purchase is",
            "held",
            "payment_requested",
            WAITING,
            "paid",
            "delivered",
            "declined",
            "failed",
            "released",
            "returned")
        .text("total", "decimal")
        .text("currency", "CNY")
        .object(
            "deposit",
            "of a stay, part of total until it comes back: amount taken, full_amount, decision"
                + " (WAIVED, LOWERED or TAKEN), and result and reason if the merchant asked for the"
                + " credit behind you")
        .text("hold_until", "until when the merchant holds price and stock")
        .text("trade_no", "of the payment")
        .text("payment_status", "of the payment service")
        .text("approval_url", "page on which the principal decides; only the principal can")
        .text("approval_expires_at", "until when the payment can be approved")
        .text("reason", "why it ended")
        .text("next", "what to do now")
        .require("order_no", "merchant", "state", "total", "currency", "next");
  }

  static ObjectNode view(ToolCall call, Purchase purchase) {
    var total = purchase.total();
    var view =
        Json.object()
            .put("order_no", purchase.orderNo())
            .put("merchant", purchase.shown().offer().merchantId())
            .put("state", state(purchase))
            .put("total", total.decimal())
            .put("currency", total.currency().getCurrencyCode())
            .put("intent_id", purchase.intentId());
    purchase.find(Purchase.SignedPaper.ORDER).ifPresent(order -> addOrder(call, order, view));
    purchase.payBefore().ifPresent(end -> view.put("hold_until", end.toString()));
    var delegated = purchase.delegated();
    if (delegated != null) {
      view.put("delegation_id", delegated.delegationId());
    }
    purchase
        .find(Purchase.SignedPaper.PAYMENT)
        .ifPresent(payment -> addPayment(call, purchase, payment, view));
    var reason = purchase.reason();
    if (reason != null) {
      view.put("reason", reason.in(SearchTools.language(call)));
    }
    return view.put("next", next(purchase.state()));
  }

  private static void addOrder(ToolCall call, JsonNode order, ObjectNode view) {
    view.set("hold_until", order.path("hold_until"));
    if (order.path("deposit") instanceof ObjectNode deposit) {
      var shown = view.putObject("deposit");
      for (var field :
          new String[] {"amount", "full_amount", "returned_at", "decision", "result"}) {
        if (deposit.hasNonNull(field)) {
          shown.set(field, deposit.path(field));
        }
      }
      shown.set("reason", deposit.at("/reason/" + SearchTools.language(call)));
    }
  }

  private static void addPayment(
      ToolCall call, Purchase purchase, JsonNode payment, ObjectNode view) {
    view.set("trade_no", payment.path("trade_no"));
    view.set("payment_status", payment.path("status"));
    if (purchase.state() == PurchaseState.WAITING && !purchase.cashierUrl().isEmpty()) {
      view.put("approval_url", call.link(purchase.cashierUrl()));
      view.set("approval_expires_at", payment.path("expires_at"));
    }
  }

  static String state(Purchase purchase) {
    return switch (purchase.state()) {
      case REQUESTED -> "payment_requested";
      case WAITING -> WAITING;
      case HELD, PLANNED, PAID, DELIVERED, UNAVAILABLE, DECLINED, FAILED, RELEASED, RETURNED ->
          purchase.state().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String next(PurchaseState state) {
    return switch (state) {
      case PLANNED -> "Call confirm_cart again with the same idempotency_key.";
      case HELD -> "Call request_payment before the hold ends, or cancel_order.";
      case REQUESTED -> "Call request_payment again: its answer was lost.";
      case WAITING ->
          "Give approval_url to the principal, who decides there; then call wait_for_payment.";
      case PAID -> "Call collect for the delivery.";
      case DELIVERED -> "It is done. get_evidence shows the records, open_dispute complains.";
      case DECLINED ->
          "The principal did not approve. Ask what to change; cancel_order frees the hold.";
      case FAILED -> "Read reason. Nothing more is paid; cancel_order gives back what is held.";
      case UNAVAILABLE -> "Search again: price or stock have changed.";
      case RELEASED -> "It was given back before it was paid. Search again for something else.";
      case RETURNED -> "It was cancelled after payment. get_order shows the refund.";
    };
  }
}
