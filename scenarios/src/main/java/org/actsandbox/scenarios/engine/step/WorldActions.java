package org.actsandbox.scenarios.engine.step;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.ScriptInstants;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Plays the steps that change the world itself: time, faults, stock and prices. */
public final class WorldActions {

  private WorldActions() {}

  static ObjectNode advance(ScenarioContext scenarioContext, JsonNode arguments) {
    var order = arguments.isString() ? Json.object().set("by", arguments) : arguments;
    return (ObjectNode) post(scenarioContext, "/clock/advance", instants(order));
  }

  static ObjectNode clock(ScenarioContext scenarioContext, JsonNode arguments) {
    return (ObjectNode)
        scenarioContext
            .client()
            .send(
                "PUT",
                scenarioContext.target().api("/clock"),
                operator(scenarioContext),
                instants(arguments));
  }

  public static ObjectNode fault(ScenarioContext scenarioContext, JsonNode arguments) {
    var order = ((ObjectNode) arguments).deepCopy();
    order.remove("as");
    var made = post(scenarioContext, "/faults", order);
    scenarioContext.nameFault(
        arguments.path("as").asString(arguments.path("name").asString()),
        made.at("/fault/id").asString());
    return (ObjectNode) made;
  }

  static ObjectNode clear(ScenarioContext scenarioContext, JsonNode arguments) {
    var name = arguments.asString("");
    var id = name.equals("all") ? "" : scenarioContext.faults().get(name);
    if (id == null) {
      throw new UnplayableStep(
          "no fault is called %s; there is %s".formatted(name, scenarioContext.faults().keySet()));
    }
    scenarioContext
        .client()
        .send(
            "DELETE",
            scenarioContext.target().api("/faults" + (id.isEmpty() ? "" : "/" + id)),
            operator(scenarioContext),
            null);
    return Json.object();
  }

  public static ObjectNode disturb(ScenarioContext scenarioContext, JsonNode arguments) {
    var order = ((ObjectNode) arguments).deepCopy();
    order.remove("merchant");
    order.remove("of");
    if (arguments.has("of")) {
      var told = scenarioContext.conversation().transcript().facts();
      order.set(
          "offer", OfferSelector.one(arguments.path("of"), told.path("offers")).path("offer_id"));
    }
    var merchant = arguments.path("merchant").asString();
    post(scenarioContext, "/merchants/" + merchant + "/disturbances", order);
    return Json.object();
  }

  /**
   * Converts the times of a clock order to UTC: the control API takes only UTC, files may use any
   * offset.
   */
  public static ObjectNode instants(JsonNode order) {
    var utc = ((ObjectNode) order).deepCopy();
    for (var field : new String[] {"now", "to"}) {
      if (utc.path(field).isString()) {
        utc.put(field, ScriptInstants.utc(utc.path(field).stringValue()));
      }
    }
    return utc;
  }

  private static JsonNode post(ScenarioContext scenarioContext, String path, Object body) {
    return scenarioContext
        .client()
        .post(scenarioContext.target().api(path), operator(scenarioContext), body);
  }

  private static String operator(ScenarioContext scenarioContext) {
    return scenarioContext.target().keys().operator();
  }
}
