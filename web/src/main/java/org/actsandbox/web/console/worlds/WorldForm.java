package org.actsandbox.web.console.worlds;

import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.sandbox.control.CreateWorldRequest;
import org.actsandbox.web.console.form.FormFields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads the form of a new world as a request to the control API, which checks it. */
final class WorldForm {

  private static final List<String> WORLD_FIELDS =
      List.of("name", "seed", "agent", "proof_verification");
  private static final List<String> PRINCIPAL_FIELDS =
      List.of(
          "language",
          "home_city",
          "ship_to",
          "balance",
          "card_limit",
          "price_deviation_tolerance",
          "price_deviation_action");

  private WorldForm() {}

  /**
   * Reads the form.
   *
   * @throws Refusal {@code invalid_field} with the name of the field
   */
  static CreateWorldRequest request(FormFields form) {
    var request = filledIn(form, WORLD_FIELDS);
    var principal = filledIn(form, PRINCIPAL_FIELDS);
    if (form.first("ask_every_payment") != null) {
      principal.put("ask_every_payment", true);
    }
    request.set("principal", principal);
    var starts = form.first("starts");
    var stopped = form.first("stopped") != null;
    if (starts != null || stopped) {
      var clock = request.putObject("clock").put("mode", stopped ? "stopped" : "offset");
      if (starts != null) {
        clock.put("now", ClockPages.instant("starts", starts));
      }
    }
    return new JsonMessage(request, Problem.INVALID_FIELD).bind(CreateWorldRequest.class);
  }

  /** Returns the field of the form that a refusal is about; null for none. */
  static @Nullable String field(Refusal refused) {
    var path = refused.field();
    if (path == null) {
      return null;
    }
    var last = path.substring(path.lastIndexOf('.') + 1);
    return last.equals("now") ? "starts" : last;
  }

  private static ObjectNode filledIn(FormFields form, List<String> fields) {
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
