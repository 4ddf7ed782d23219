package org.actsandbox.sandbox.mcp.tool;

import java.math.BigDecimal;
import java.time.Period;
import java.util.List;
import java.util.Set;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.mcp.tool.McpTool.Effect;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks for authority to pay without asking each time, and lists what was given. */
final class AuthorityTools {

  private static final Set<String> BESIDE =
      Set.of("said", "until", "most", "in_all", "first", "every");

  private AuthorityTools() {}

  static List<McpTool> all() {
    return List.of(
        McpTool.of(
            "request_delegation",
            "Ask for an authority",
            "Ask the principal for an authority: to buy exactly this, at most for that much, until"
                + " a day, without being asked again. For services it covers any service, each at"
                + " most, and all together at most in_all. The principal reads and confirms it on the"
                + " page approval_url with a PIN. Then get_delegations has its delegation_id, which"
                + " confirm_cart takes.",
            Effect.ADDS,
            WishArguments.schema()
                .text("said", "what the principal said, word for word")
                .date("until", "last day on which it may be bought")
                .money("most", "highest price of one purchase")
                .money("in_all", "service: highest sum of all purchases; as most if absent")
                .date("first", "day of the first payment of a plan")
                .text("every", "between the payments of a plan, such as P7D", "^P[0-9]{1,3}[DWM]$")
                .require("said", "until", "most"),
            ToolSchema.result()
                .text("intent_id", "of the request")
                .text("status", "such as waiting")
                .text("approval_url", "page on which the principal decides")
                .text("expires_at", "until when it can be decided")
                .list("open_questions", "what the principal still has to say", ToolSchema.result())
                .list("summary", "what would be permitted", ToolSchema.result())
                .text("next", "what to do now")
                .require("intent_id", "status", "next"),
            AuthorityTools::request),
        McpTool.of(
            "get_delegations",
            "Show the authorities",
            "List the authorities that the principal gave, with their state and bounds; with"
                + " intent_id what became of that request.",
            Effect.READS,
            ToolSchema.arguments()
                .text("intent_id", "of request_delegation", "^[A-Za-z0-9._-]{1,64}$"),
            ToolSchema.result()
                .list("delegations", "the authorities", delegation())
                .object("request", "of intent_id: its status and delegation_id")
                .require("delegations"),
            AuthorityTools::list),
        McpTool.of(
            "revoke_delegation",
            "Give an authority back",
            "Give an authority back that is not needed any more: it pays nothing from then on. Do"
                + " so when everything is bought, or when nothing will be.",
            Effect.ENDS,
            ToolSchema.arguments()
                .text("delegation_id", "of get_delegations", "^[A-Za-z0-9._-]{1,64}$")
                .text("reason", "why, for the principal")
                .require("delegation_id"),
            ToolSchema.result()
                .text("delegation_id", "the authority")
                .text("state", "Revoked")
                .text("next", "what to do now")
                .require("delegation_id", "state", "next"),
            AuthorityTools::giveBack));
  }

  private static ToolAnswer giveBack(ToolCall call) {
    var delegationId = call.text("delegation_id");
    var reason = call.textOrNull("reason");
    call.buyer().giveBack(delegationId, reason == null ? "not needed any more" : reason);
    return ToolAnswer.of(
        Json.object()
            .put("delegation_id", delegationId)
            .put("state", "Revoked")
            .put("next", "Nothing: the authority is over. Ask for another one if you need it."));
  }

  private static ToolSchema delegation() {
    return ToolSchema.result()
        .text("delegation_id", "for confirm_cart")
        .text("state", "only an Active one pays")
        .text("mode", "SPECIFIED or BOUNDED")
        .list("summary", "what it permits", ToolSchema.result())
        .require("delegation_id", "state");
  }

  private static ToolAnswer request(ToolCall call) {
    return asked(
        call,
        WishArguments.asksForService(call) ? requestForServices(call) : requestForGoods(call));
  }

  private static JsonNode requestForServices(ToolCall call) {
    var most = call.text("most");
    var total = call.textOrNull("in_all");
    return call.buyer()
        .requestServiceDelegation(
            call.text("said"),
            new BigDecimal(most),
            new BigDecimal(total == null ? most : total),
            WishArguments.day(call, "until"));
  }

  private static JsonNode requestForGoods(ToolCall call) {
    var every = call.textOrNull("every");
    var directive =
        new Directive(
            WishArguments.day(call, "until"),
            call.text("most"),
            null,
            call.textOrNull("first") == null ? null : WishArguments.day(call, "first"),
            every == null ? null : Period.parse(every));
    var wish = WishArguments.read(call, BESIDE);
    return call.buyer().requestDelegation(call.text("said"), List.of(wish), directive);
  }

  private static ToolAnswer asked(ToolCall call, JsonNode intent) {
    var content = intentView(call, intent);
    var url = content.path("approval_url").asString("");
    if (url.isEmpty() || call.approved()) {
      return ToolAnswer.of(content);
    }
    return new ToolAnswer(
        content,
        new ToolAnswer.Approval(
            content.path("intent_id").asString(""),
            url,
            "Read and confirm, or decline, the authority that the agent asks for."));
  }

  private static ObjectNode intentView(ToolCall call, JsonNode intent) {
    var view = Json.object();
    for (var field : List.of("intent_id", "status", "open_questions", "summary", "expires_at")) {
      if (intent.has(field)) {
        view.set(field, intent.path(field));
      }
    }
    var url = intent.path("confirmation_url").asString("");
    if (!url.isEmpty()) {
      view.put("approval_url", call.link(url));
    }
    if (intent.has("delegation_id")) {
      view.set("delegation_id", intent.path("delegation_id"));
    }
    boolean hasQuestions = !intent.path("open_questions").isEmpty();
    return view.put(
        "next",
        hasQuestions
            ? "Ask the principal the open questions, and request again with the answers."
            : url.isEmpty()
                ? "It is decided: see status."
                : "Give approval_url to the principal; get_delegations tells the decision.");
  }

  private static ToolAnswer list(ToolCall call) {
    var content = Json.object();
    var intentId = call.textOrNull("intent_id");
    if (intentId != null) {
      content.set("request", intentView(call, call.buyer().intent(intentId)));
    }
    var delegations = content.withArray("delegations");
    for (var each : call.buyer().delegations()) {
      var view = delegations.addObject();
      for (var field :
          List.of("delegation_id", "intent_id", "state", "mode", "issued_at", "summary")) {
        view.set(field, each.path(field));
      }
    }
    return ToolAnswer.of(content);
  }
}
