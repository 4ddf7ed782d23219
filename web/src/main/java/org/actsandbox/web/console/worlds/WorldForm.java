package org.actsandbox.web.console.worlds;

import java.util.List;
import org.actsandbox.merchants.message.Message;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.control.WorldOrder;
import org.actsandbox.web.console.frame.FormFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the form of a new world as the order that the control API takes, and leaves checks to it.
 */
final class WorldForm {

  private static final List<String> OF_THE_WORLD =
      List.of("name", "seed", "agent", "proof_verification");
  private static final List<String> OF_ITS_PRINCIPAL =
      List.of(
          "lang",
          "home_city",
          "ship_to",
          "balance",
          "card_limit",
          "price_deviation_tolerance",
          "price_deviation_action");

  private WorldForm() {}

  /**
   * @throws Refusal {@code invalid_field} naming the field
   */
  static WorldOrder order(FormFields form) {
    var order = taken(form, OF_THE_WORLD);
    var principal = taken(form, OF_ITS_PRINCIPAL);
    if (form.first("ask_every_payment") != null) {
      principal.put("ask_every_payment", true);
    }
    order.set("principal", principal);
    var starts = form.first("starts");
    var stopped = form.first("stopped") != null;
    if (starts != null || stopped) {
      var clock = order.putObject("clock").put("mode", stopped ? "stopped" : "offset");
      if (starts != null) {
        clock.put("now", ClockPages.instant("starts", starts));
      }
    }
    return new Message(order, Problem.INVALID_FIELD).bind(WorldOrder.class);
  }

  /** Which field of the form a refusal of its order is about; null when none. */
  static @Nullable String field(Refusal refused) {
    var path = refused.field();
    if (path == null) {
      return null;
    }
    var last = path.substring(path.lastIndexOf('.') + 1);
    return last.equals("now") ? "starts" : last;
  }

  private static ObjectNode taken(FormFields form, List<String> fields) {
    var object = Json.object();
    for (var field : fields) {
      var value = form.first(field);
      if (value != null) {
        object.put(field, value);
      }
    }
    return object;
  }
}
