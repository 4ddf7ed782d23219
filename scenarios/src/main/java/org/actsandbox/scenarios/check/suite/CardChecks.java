package org.actsandbox.scenarios.check.suite;

import static org.actsandbox.scenarios.check.model.CheckLevel.SHOP;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;
import static org.actsandbox.scenarios.check.model.MerchantCheck.should;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.commerce.AgentCard;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import tools.jackson.databind.JsonNode;

/** Checks the agent card and how a payment method is agreed on (CID-4, CID-5). */
final class CardChecks {

  private static final String METHOD = "act-sandbox:instant";
  private static final List<String> METHOD_FIELDS =
      List.of("method_id", "psp_id", "endpoint", "method_schema_url");

  static final List<MerchantCheck> ALL =
      List.of(
          must(CheckContext.CARD, SHOP, "CID-4.a")
              .says(
                  "Reads the agent card at its well-known address.",
                  "An agent begins every purchase there.",
                  "Serve a JSON object at /.well-known/agent-card.json with status 200.")
              .runs(CheckContext::card),
          must("card.negotiation", SHOP, "CID-4.a")
              .says(
                  "Looks for act:payment:negotiation in the capabilities of the card.",
                  "Without it an agent cannot find out how to pay.",
                  "Say mode one-way with capability_url, or two-way with negotiation_endpoint.")
              .needs(CheckContext.CARD)
              .playedBy("no-common-method")
              .runs(CardChecks::negotiation),
          must("card.identity", SHOP, "CID-5.c")
              .says(
                  "Compares the agent_id of the card with the merchant's DID.",
                  "The card of another merchant sends the money to that merchant.",
                  "Write the DID under which the merchant is known into agent_id.")
              .needs(CheckContext.CARD)
              .runs(
                  context ->
                      context.requireSame(
                          "agent_id",
                          context.target().did(),
                          context.card().path("agent_id").asString(""))),
          should("card.a2a", SHOP, "CID-4.a")
              .says(
                  "Looks for the members that an A2A card has.",
                  "Agents built on A2A skip a card that is not one.",
                  "Add name, description, url, version, capabilities and skills.")
              .needs(CheckContext.CARD)
              .runs(
                  context -> {
                    for (var member : List.of("name", "description", "url", "version", "skills")) {
                      context.require(
                          context.card().has(member),
                          CheckSentence.of("a member {0}", member),
                          context.card());
                    }
                  }),
          must("capability.readable", SHOP, "CID-4.b")
              .says(
                  "Reads the one-way declaration of payment methods.",
                  "It names method, payment service, endpoint and schema; each is needed to pay.",
                  "Declare version, role payee, agent_id and supported_methods with their psps.")
              .needs("card.negotiation")
              .runs(CardChecks::capability),
          must("capability.source", SHOP, "CID-5.b")
              .says(
                  "Compares where the declaration is with where the card is.",
                  "A declaration from elsewhere may be another merchant's.",
                  "Serve the declaration from the merchant's own host and scheme.")
              .needs("card.negotiation")
              .runs(CardChecks::source),
          must("capability.identity", SHOP, "CID-5.c")
              .says(
                  "Compares the agent_id of the declaration with that of the card.",
                  "Key fields that differ end the use of a declaration.",
                  "Write the same DID into both documents.")
              .needs("card.negotiation")
              .runs(CardChecks::capabilityIdentity),
          must("negotiation.common", SHOP, "CID-4.c")
              .says(
                  "Negotiates with a method that the payment service offers.",
                  "The result is all that a buyer knows about where to pay.",
                  "Answer method_id, psp_id, endpoint and method_schema_url of each common method.")
              .needs("card.negotiation")
              .runs(CardChecks::common),
          must("negotiation.nothing-in-common", SHOP, "CID-4.d")
              .says(
                  "Negotiates with a method that no merchant takes.",
                  "No common method is a result, and an error would look like an outage.",
                  "Answer 200 and an empty supported_methods.")
              .needs("negotiation.common")
              .playedBy("no-common-method")
              .runs(CardChecks::nothingInCommon),
          should("negotiation.malformed", SHOP, "A402-10.a")
              .says(
                  "Sends the negotiation endpoint something that is no JSON.",
                  "A program must be able to tell its own mistake from an outage.",
                  "Answer 400 and an error object.")
              .needs("negotiation.common")
              .runs(
                  context -> {
                    var reply =
                        negotiate(context, "{\"agent_id\":".getBytes(StandardCharsets.UTF_8));
                    context.require(
                        reply.status() >= 400 && reply.status() < 500, "a status 4xx", reply);
                  }));

  private CardChecks() {}

  private static void negotiation(CheckContext context) {
    var node = negotiationNode(context);
    var mode = node.path("mode").asString("");
    context.require(
        mode.equals("one-way") || mode.equals("two-way"), "mode one-way or two-way", node);
    var address =
        mode.equals("one-way") ? node.path("capability_url") : node.path("negotiation_endpoint");
    context.require(
        address.isString() && !address.stringValue().isEmpty(),
        mode.equals("one-way") ? "a capability_url" : "a negotiation_endpoint",
        node);
  }

  private static JsonNode negotiationNode(CheckContext context) {
    return context.card().path("capabilities").path(AgentCard.NEGOTIATION);
  }

  private static void requireOneWay(CheckContext context) {
    if (!negotiationNode(context).path("mode").asString("").equals("one-way")) {
      throw CheckEnd.notApplicable("it negotiates two-way");
    }
  }

  private static JsonNode oneWay(CheckContext context) {
    requireOneWay(context);
    return context.step(
        "capability.readable",
        () ->
            context.once(
                "capability",
                () -> {
                  var reply =
                      context.send("GET", capabilityUrl(context), java.util.Map.of(), new byte[0]);
                  context.require(
                      reply.status() == 200 && reply.json().isObject(),
                      "200 and a JSON object at the capability_url",
                      reply);
                  return reply.json();
                }));
  }

  private static URI capabilityUrl(CheckContext context) {
    return context.resolve(negotiationNode(context).path("capability_url").asString());
  }

  private static void capability(CheckContext context) {
    var capability = oneWay(context);
    context.require(capability.path("role").asString("").equals("payee"), "role payee", capability);
    context.require(
        capability.path("version").isString() && capability.path("agent_id").isString(),
        "version and agent_id",
        capability);
    var methods = capability.path("supported_methods");
    context.require(!methods.isEmpty(), "at least one supported method", capability);
    for (var method : methods) {
      context.require(method.path("method_id").isString(), "a method_id", method);
      context.require(!method.path("psps").isEmpty(), "at least one payment service", method);
      for (var psp : method.path("psps")) {
        for (var field : List.of("psp_id", "endpoint", "method_schema_url")) {
          context.require(psp.path(field).isString(), CheckSentence.of("a field {0}", field), psp);
        }
      }
    }
  }

  private static void source(CheckContext context) {
    requireOneWay(context);
    var base = context.target().base();
    var declared = capabilityUrl(context);
    context.require(
        base.getScheme().equalsIgnoreCase(declared.getScheme())
            && base.getAuthority().equalsIgnoreCase(declared.getAuthority()),
        CheckSentence.of("a capability_url at {0}", base.getScheme() + "://" + base.getAuthority()),
        declared);
  }

  private static void capabilityIdentity(CheckContext context) {
    context.requireSame(
        "agent_id",
        context.card().path("agent_id").asString(""),
        oneWay(context).path("agent_id").asString(""));
  }

  private static void requireTwoWay(CheckContext context) {
    if (!negotiationNode(context).path("mode").asString("").equals("two-way")) {
      throw CheckEnd.notApplicable("it declares its methods one-way");
    }
  }

  private static Reply negotiate(CheckContext context, byte[] body) {
    requireTwoWay(context);
    return context.send(
        "POST",
        context.resolve(negotiationNode(context).path("negotiation_endpoint").asString()),
        java.util.Map.of("Content-Type", "application/json"),
        body);
  }

  private static Reply negotiate(CheckContext context, String method) {
    requireTwoWay(context);
    var agent = context.world().nextAgent();
    var request = Json.object().put("agent_id", agent.agentId());
    request.putArray("buyer_supported_methods").add(method);
    request.put("currency", "CNY").put("estimated_amount", "10.00");
    return negotiate(context, Json.bytes(request));
  }

  private static void common(CheckContext context) {
    var reply = negotiate(context, METHOD);
    context.require(reply.status() == 200, "200", reply);
    var methods = reply.json().path("supported_methods");
    context.require(
        !methods.isEmpty(), CheckSentence.of("{0} in supported_methods", METHOD), reply);
    for (var method : methods) {
      for (var field : METHOD_FIELDS) {
        context.require(
            method.path(field).isString(), CheckSentence.of("a field {0}", field), method);
      }
    }
  }

  private static void nothingInCommon(CheckContext context) {
    var reply = negotiate(context, "urn:example:no-such-method");
    context.require(
        reply.status() == 200
            && reply.json().path("supported_methods").isArray()
            && reply.json().path("supported_methods").isEmpty(),
        "200 and an empty supported_methods",
        reply);
  }
}
