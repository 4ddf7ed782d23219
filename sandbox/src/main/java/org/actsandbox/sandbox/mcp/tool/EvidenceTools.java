package org.actsandbox.sandbox.mcp.tool;

import java.util.Arrays;
import java.util.List;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.protocol.attestation.dispute.DisputeKind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.mcp.tool.McpTool.Effect;

/** Shows the evidence of an order and leads the principal to a dispute. */
final class EvidenceTools {

  private static final String ORDER_NO = "order_no";

  private EvidenceTools() {}

  static List<McpTool> all() {
    return List.of(
        McpTool.of(
            "open_dispute",
            "Open a dispute",
            "Prepare a dispute about a paid order. The claim is signed by the principal with a PIN"
                + " on the page approval_url: you cannot open it yourself. Call again to see the"
                + " disputes of the order and their findings.",
            Effect.ADDS,
            ToolSchema.arguments()
                .text(ORDER_NO, "of confirm_cart", "^[A-Za-z0-9._-]{1,80}$")
                .oneOf(
                    "kind",
                    "what went wrong",
                    Arrays.stream(DisputeKind.values())
                        .map(DisputeKind::code)
                        .toArray(String[]::new))
                .text("description", "what the principal says about it")
                .require(ORDER_NO, "kind", "description"),
            ToolSchema.result()
                .text("state", "waiting_for_principal, or opened if there is a dispute already")
                .text("approval_url", "page of the order, on which the principal opens it")
                .object("claim", "what to enter there")
                .list("disputes", "the disputes of the order", ToolSchema.result())
                .text("next", "what to do now")
                .require("state", "disputes", "next"),
            EvidenceTools::dispute),
        McpTool.of(
            "get_evidence",
            "Show the evidence",
            "List the signed records of an order that the agent may read, in their order, each with"
                + " its place in the chain of anchors.",
            Effect.READS,
            ToolSchema.arguments()
                .text(ORDER_NO, "of confirm_cart", "^[A-Za-z0-9._-]{1,80}$")
                .require(ORDER_NO),
            ToolSchema.result()
                .list("records", "attestation records", ToolSchema.result())
                .text("evidence_url", "page on which people verify it and download the bundle")
                .require("records"),
            EvidenceTools::evidence));
  }

  private static ToolAnswer dispute(ToolCall call) {
    var purchase = purchase(call);
    var disputes = call.buyer().disputes(purchase).path("items");
    var content = Json.object();
    content.put("state", disputes.isEmpty() ? "waiting_for_principal" : "opened");
    content.set("disputes", disputes);
    if (!disputes.isEmpty()) {
      return ToolAnswer.of(content.put("next", "Wait for the finding, and call again to see it."));
    }
    var url =
        call.page("/orders/" + purchase.shown().offer().merchantId() + "/" + purchase.orderNo());
    content
        .put("approval_url", url)
        .put("next", "Give approval_url and claim to the principal, who signs it there.");
    content
        .putObject("claim")
        .put("kind", call.text("kind"))
        .put("description", call.text("description"));
    return call.approved()
        ? ToolAnswer.of(content)
        : new ToolAnswer(
            content,
            new ToolAnswer.Approval(
                purchase.orderNo(), url, "Open the dispute about order " + purchase.orderNo()));
  }

  private static ToolAnswer evidence(ToolCall call) {
    var purchase = purchase(call);
    var content = Json.object();
    content.set("records", call.buyer().records(purchase).path("items"));
    return ToolAnswer.of(
        content.put(
            "evidence_url",
            call.page(
                "/evidence/orders/"
                    + purchase.orderNo()
                    + "?merchant="
                    + purchase.shown().offer().merchantId())));
  }

  private static Purchase purchase(ToolCall call) {
    return call.buyer()
        .purchases()
        .find(call.text(ORDER_NO))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "no order of this number was confirmed here")
                    .at(ORDER_NO)
                    .observed(call.text(ORDER_NO))
                    .remedy("get_order without order_no lists the orders."));
  }
}
