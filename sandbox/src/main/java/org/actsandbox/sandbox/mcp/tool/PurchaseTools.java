package org.actsandbox.sandbox.mcp.tool;

import java.time.Duration;
import java.util.List;
import org.actsandbox.agent.hosted.HostedBuyer;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.purchase.PurchaseState;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.mcp.tool.McpTool.Effect;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes a purchase from the offer to the delivery, one tool for each step. */
final class PurchaseTools {

  private static final String ORDER_NO = "order_no";

  private PurchaseTools() {}

  static List<McpTool> all() {
    return List.of(confirm(), request(), await(), collect(), order(), cancel());
  }

  private static McpTool confirm() {
    return McpTool.of(
        "confirm_cart",
        "Confirm a cart",
        "Order one offer: the merchant holds price and stock for some minutes and signs the order."
            + " A service is asked for its bill, with the input to work on. Nothing is paid yet. Do it only for what the principal chose. With an"
            + " idempotency_key the same call again returns the same order. Where a deposit is taken"
            + " and the principal lets this merchant ask, the cart refers to the credit behind you"
            + " by itself: look at deposit, never order again for another answer, and write nothing"
            + " about the credit anywhere.",
        Effect.ADDS,
        ToolSchema.arguments()
            .text("offer_id", "of search_offers")
            .text(
                "seat",
                "a seat that the principal chose: carriage-row-letter",
                "^[0-9]{1,2}-[0-9]{1,2}[A-F]$")
            .object("input", "service: what it works on, as merchant_says of the offer shows")
            .text("delegation_id", "authority that pays instead of asking the principal")
            .text("idempotency_key", "your own id of this purchase", "^[A-Za-z0-9._:-]{1,64}$")
            .require("offer_id"),
        PurchaseViews.schema(),
        PurchaseTools::confirm);
  }

  private static ToolAnswer confirm(ToolCall call) {
    var purchase =
        call.buyer()
            .confirm(
                new HostedBuyer.Wanted(
                    call.textOrNull("idempotency_key"),
                    call.text("offer_id"),
                    call.textOrNull("seat"),
                    call.arguments().get("input"),
                    call.textOrNull("delegation_id")));
    var reason = purchase.reason();
    if (purchase.orderNo().isEmpty() && reason != null) {
      throw ParticipantRefusal.untrusted(
          purchase.shown().offer().merchantId(),
          String.valueOf(purchase.code()),
          reason.in(SearchTools.language(call)));
    }
    return ToolAnswer.of(PurchaseViews.view(call, purchase));
  }

  private static McpTool request() {
    return McpTool.of(
        "request_payment",
        "Request the payment",
        "Ask the payment service to pay a held order. The bill is compared with the order first."
            + " Without an authority the principal must approve on the page approval_url with a"
            + " PIN: you cannot approve, so give the address to the principal. The same call again"
            + " returns the same payment.",
        Effect.ADDS,
        orderArguments(),
        PurchaseViews.schema(),
        PurchaseTools::request);
  }

  private static ToolAnswer request(ToolCall call) {
    var purchase = call.buyer().purchases().requestPayment(call.text(ORDER_NO));
    if (call.approved() && purchase.state() == PurchaseState.WAITING) {
      purchase = call.buyer().purchases().awaitDecision(call.text(ORDER_NO), ToolCall.LONGEST_WAIT);
    }
    return waiting(call, purchase);
  }

  private static ToolAnswer waiting(ToolCall call, Purchase purchase) {
    var view = PurchaseViews.view(call, purchase);
    if (!view.has("approval_url") || call.approved()) {
      return ToolAnswer.of(view);
    }
    return new ToolAnswer(
        view,
        new ToolAnswer.Approval(
            purchase.tradeNo(),
            view.path("approval_url").asString(""),
            "Approve or decline the payment of %s %s to %s."
                .formatted(
                    view.path("total").asString(""),
                    view.path("currency").asString(""),
                    view.path("merchant").asString(""))));
  }

  private static McpTool await() {
    return McpTool.of(
        "wait_for_payment",
        "Wait for the payment",
        "Wait until the principal has decided, at most wait_seconds. If it is still"
            + " waiting_for_approval then, call again; it expires at approval_expires_at.",
        Effect.READS,
        orderArguments()
            .integer(
                "wait_seconds",
                "how long to wait",
                0,
                Math.toIntExact(ToolCall.LONGEST_WAIT.toSeconds())),
        PurchaseViews.schema(),
        call ->
            ToolAnswer.of(
                PurchaseViews.view(
                    call,
                    call.buyer()
                        .purchases()
                        .awaitDecision(
                            call.text(ORDER_NO),
                            Duration.ofSeconds(call.integer("wait_seconds", 20))))));
  }

  private static McpTool collect() {
    return McpTool.of(
        "collect",
        "Collect the delivery",
        "Present the proof of payment to the merchant and get the ticket, booking or delivery. The"
            + " same call again returns the same delivery.",
        Effect.ADDS,
        orderArguments(),
        PurchaseViews.schema()
            .object("delivery", "what was delivered; its texts are the merchant's"),
        PurchaseTools::collect);
  }

  private static ToolAnswer collect(ToolCall call) {
    var purchase = call.buyer().purchases().collect(call.text(ORDER_NO));
    var view = PurchaseViews.view(call, purchase);
    if (purchase.state() != PurchaseState.DELIVERED) {
      throw ParticipantRefusal.untrusted(
          "agent",
          "not_paid",
          "the order is %s, and only a paid one can be collected. %s"
              .formatted(view.path("state").asString(""), view.path("next").asString("")));
    }
    purchase.find(Purchase.SignedPaper.DELIVERY).ifPresent(each -> view.set("delivery", each));
    return ToolAnswer.of(view);
  }

  private static McpTool order() {
    return McpTool.of(
        "get_order",
        "Show an order",
        "Show an order as the merchant has it now, with its refunds; without order_no the latest"
            + " orders.",
        Effect.READS,
        ToolSchema.arguments()
            .text(ORDER_NO, "of confirm_cart")
            .integer("limit", "how many, without order_no", 1, 50),
        ToolSchema.result()
            .object("purchase", "how far the purchase is", PurchaseViews.schema())
            .object("order", "the merchant's order")
            .list("orders", "the latest orders, without order_no", ToolSchema.result()),
        PurchaseTools::order);
  }

  private static ToolAnswer order(ToolCall call) {
    var content = Json.object();
    if (call.textOrNull(ORDER_NO) == null) {
      content.set("orders", Json.tree(call.buyer().orders(call.integer("limit", 10))));
      return ToolAnswer.of(content);
    }
    var purchase = call.buyer().purchases().awaitDecision(call.text(ORDER_NO), Duration.ZERO);
    content.set("purchase", PurchaseViews.view(call, purchase));
    content.set("order", unsigned(call.buyer().order(purchase)));
    return ToolAnswer.of(content);
  }

  /** Leaves the signature out, which a model cannot check. */
  private static ObjectNode unsigned(JsonNode order) {
    var shown = (ObjectNode) order.deepCopy();
    List.of("signer_id", "signature_type", "signature_content").forEach(shown::remove);
    return shown;
  }

  private static McpTool cancel() {
    return McpTool.of(
        "cancel_order",
        "Cancel an order",
        "Close a payment that waits and cancel the order. A held order is free of charge; after"
            + " payment the merchant's schedule decides what goes back.",
        Effect.ENDS,
        orderArguments(),
        PurchaseViews.schema(),
        call ->
            ToolAnswer.of(
                PurchaseViews.view(call, call.buyer().purchases().cancel(call.text(ORDER_NO)))));
  }

  private static ToolSchema orderArguments() {
    return ToolSchema.arguments()
        .text(ORDER_NO, "of confirm_cart", "^[A-Za-z0-9._-]{1,80}$")
        .oneOf("language", "of texts", "en", "zh")
        .require(ORDER_NO);
  }
}
