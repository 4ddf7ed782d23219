package org.actsandbox.scenarios.mission.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reaches the principal of a mission with tools: to ask, to show offers, to wait, to finish. */
final class MissionTools {

  /** Ours: the most offers that are remembered, so that a search in a loop fills no memory. */
  private static final int MAX_OFFERS = 2_000;

  private static final String FINISH = "finish";

  /** The tools as the protocol lists them; arguments are read leniently, as a person would. */
  private static final ArrayNode LIST =
      (ArrayNode)
          Json.parse(
              """
              [{"name": "ask_principal", "title": "Ask the principal",
                "description": "Ask the principal what the wish leaves open. An empty answer says that there is no more to say.",
                "inputSchema": {"type": "object", "required": ["question"], "properties": {
                  "question": {"type": "string", "description": "one question, in the principal's language"},
                  "about": {"type": "array", "items": {"type": "string"},
                    "description": "the fields of the search that are missing, such as to, date, check_in, terms"}}},
                "outputSchema": {"type": "object", "properties": {"text": {"type": "string"}}},
                "annotations": {"readOnlyHint": true, "openWorldHint": false}},
               {"name": "show_offers", "title": "Show offers to the principal",
                "description": "Show offers of search_offers to the principal, who chooses some or none of them.",
                "inputSchema": {"type": "object", "required": ["offer_ids"], "properties": {
                  "offer_ids": {"type": "array", "items": {"type": "string"}, "description": "all offers to show"},
                  "recommended": {"type": "array", "items": {"type": "string"},
                    "description": "those of them that you would buy; the first one if you name none"}}},
                "outputSchema": {"type": "object", "properties": {
                  "choice": {"type": "array", "items": {"type": "string"}, "description": "offer_ids to buy"},
                  "text": {"type": "string"}}},
                "annotations": {"readOnlyHint": true, "openWorldHint": false}},
               {"name": "let_time_pass", "title": "Let time pass",
                "description": "Wait in the world, whose clock stands otherwise: for some minutes, or until a moment.",
                "inputSchema": {"type": "object", "properties": {
                  "minutes": {"type": "integer", "minimum": 0, "maximum": 57600},
                  "until": {"type": "string", "description": "an instant such as 2026-11-26T01:00:00Z"}}},
                "outputSchema": {"type": "object", "properties": {"now": {"type": "string"}}},
                "annotations": {"readOnlyHint": false, "destructiveHint": false, "openWorldHint": false}},
               {"name": "finish", "title": "Finish the wish",
                "description": "Say that the wish is fulfilled or cannot be. The answer has the next wish, or over.",
                "inputSchema": {"type": "object", "properties": {
                  "tokens": {"type": "integer", "description": "tokens that your model used for it"},
                  "cost": {"type": "number", "description": "what they cost, in any one currency"}}},
                "outputSchema": {"type": "object", "properties": {
                  "over": {"type": "boolean"}, "wish": {"type": "object"}, "now": {"type": "string"}}},
                "annotations": {"readOnlyHint": false, "destructiveHint": false, "openWorldHint": false}}]
              """);

  private final UnaryOperator<JsonNode> principal;
  private final Map<String, ObjectNode> offers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ObjectNode> eldest) {
          return size() > MAX_OFFERS;
        }
      };

  /**
   * Creates the tools of a mission.
   *
   * @param principal hears what the agent says and answers
   */
  MissionTools(UnaryOperator<JsonNode> principal) {
    this.principal = principal;
  }

  static ArrayNode list() {
    return LIST.deepCopy();
  }

  /** Remembers the offers of a search, so that the agent names them by their ids alone. */
  synchronized void remember(JsonNode found) {
    for (var each : found) {
      var offer = Json.object();
      for (var field : new String[] {"offer_id", "merchant", "kind", "total", "currency"}) {
        offer.set(field, each.path(field));
      }
      offers.put(each.path("offer_id").asString(""), offer);
    }
  }

  /**
   * Calls a tool.
   *
   * @return empty if there is no such tool here; an object with {@code error} says what is wrong
   */
  Optional<ObjectNode> call(String tool, JsonNode arguments) {
    return switch (tool) {
      case "ask_principal" -> Optional.of(ask(arguments));
      case "show_offers" -> Optional.of(show(arguments));
      case "let_time_pass" -> Optional.of(say(wait(arguments)));
      case FINISH -> Optional.of(finish(arguments));
      default -> Optional.empty();
    };
  }

  private ObjectNode ask(JsonNode arguments) {
    var question = arguments.path("question").asString("");
    if (question.isBlank()) {
      return missing("ask_principal", "question", "what you want to know", arguments);
    }
    var message = Json.object().put("type", "question").put("text", question);
    message.set("missing", texts(arguments.path("about")));
    return say(message);
  }

  private synchronized ObjectNode show(JsonNode arguments) {
    var message = Json.object().put("type", "offers");
    var shown = message.putArray("offers");
    var ids = texts(arguments.path("offer_ids"));
    for (var id : ids) {
      var offer = offers.get(id.asString());
      if (offer == null) {
        return Json.object()
            .put("error", "offer_ids names " + id + ", which search_offers did not return");
      }
      shown.add(offer.deepCopy());
    }
    if (shown.isEmpty()) {
      return missing("show_offers", "offer_ids", "ids of offers of search_offers", arguments);
    }
    var recommended = texts(arguments.path("recommended"));
    if (recommended.isEmpty()) {
      recommended.add(ids.get(0));
    }
    message.set("recommended", recommended);
    var answer = say(message);
    return answer.put(
        "next",
        answer.path("choice").isEmpty()
            ? "The principal takes none. Search again, or call finish."
            : "Call confirm_cart for each offer of choice, then request_payment.");
  }

  /** Says which argument is missing, and which ones there are not: one may be a misspelling. */
  private static ObjectNode missing(
      String tool, String argument, String expected, JsonNode arguments) {
    var known =
        LIST.valueStream()
            .filter(each -> each.path("name").asString().equals(tool))
            .flatMap(each -> each.at("/inputSchema/properties").propertyStream())
            .map(Map.Entry::getKey)
            .toList();
    var unknown =
        arguments
            .propertyStream()
            .map(Map.Entry::getKey)
            .filter(each -> !known.contains(each))
            .map(each -> "; there is no argument " + each)
            .collect(Collectors.joining());
    return Json.object().put("error", "%s is missing: %s%s".formatted(argument, expected, unknown));
  }

  private static ObjectNode wait(JsonNode arguments) {
    var message = Json.object().put("type", "wait");
    return arguments.path("until").isString()
        ? message.put("until", arguments.path("until").asString())
        : message.put("for", "PT%dM".formatted(Math.max(0, arguments.path("minutes").asInt(10))));
  }

  private ObjectNode finish(JsonNode arguments) {
    var message = Json.object().put("type", "done");
    var usage = message.putObject("usage");
    if (arguments.path("tokens").isIntegralNumber()) {
      usage.set("tokens", arguments.path("tokens"));
    }
    if (arguments.path("cost").isNumber()) {
      usage.set("cost", arguments.path("cost"));
    }
    return say(message);
  }

  private static ArrayNode texts(JsonNode list) {
    var texts = Json.mapper().createArrayNode();
    list.valueStream().filter(JsonNode::isString).forEach(texts::add);
    return texts;
  }

  private ObjectNode say(ObjectNode message) {
    synchronized (principal) {
      return (ObjectNode) principal.apply(message);
    }
  }
}
