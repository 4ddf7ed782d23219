package org.actsandbox.scenarios.engine;

import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What happens to the world itself: time, faults, stock and prices. */
final class WorldActions {

  private WorldActions() {}

  static ObjectNode advance(Stage stage, JsonNode arguments) {
    var order = arguments.isString() ? Json.object().set("by", arguments) : arguments;
    return (ObjectNode) post(stage, "/clock/advance", instants(order));
  }

  static ObjectNode clock(Stage stage, JsonNode arguments) {
    return (ObjectNode)
        stage
            .client()
            .send("PUT", stage.target().api("/clock"), operator(stage), instants(arguments));
  }

  static ObjectNode fault(Stage stage, JsonNode arguments) {
    var order = ((ObjectNode) arguments).deepCopy();
    order.remove("as");
    var made = post(stage, "/faults", order);
    stage.named(
        arguments.path("as").asString(arguments.path("name").asString()),
        made.at("/fault/id").asString());
    return (ObjectNode) made;
  }

  static ObjectNode clear(Stage stage, JsonNode arguments) {
    var name = arguments.asString("");
    var id = name.equals("all") ? "" : stage.faults().get(name);
    if (id == null) {
      throw new CannotPlay(
          "no fault is called %s; there is %s".formatted(name, stage.faults().keySet()));
    }
    stage
        .client()
        .send(
            "DELETE",
            stage.target().api("/faults" + (id.isEmpty() ? "" : "/" + id)),
            operator(stage),
            null);
    return Json.object();
  }

  static ObjectNode disturb(Stage stage, JsonNode arguments) {
    var order = ((ObjectNode) arguments).deepCopy();
    order.remove("merchant");
    order.remove("of");
    if (arguments.has("of")) {
      var told = stage.talk().turn().told();
      order.set("offer", Picks.one(arguments.path("of"), told.path("offers")).path("offer_id"));
    }
    var merchant = arguments.path("merchant").asString();
    post(stage, "/merchants/" + merchant + "/disturbances", order);
    return Json.object();
  }

  /** The control API takes instants of UTC; files may write any offset. */
  static ObjectNode instants(JsonNode order) {
    var utc = ((ObjectNode) order).deepCopy();
    for (var field : new String[] {"now", "to"}) {
      if (utc.path(field).isString()) {
        utc.put(field, Moments.utc(utc.path(field).stringValue()));
      }
    }
    return utc;
  }

  private static JsonNode post(Stage stage, String path, Object body) {
    return stage.client().post(stage.target().api(path), operator(stage), body);
  }

  private static String operator(Stage stage) {
    return stage.target().keys().operator();
  }
}
