package org.actsandbox.web.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.fault.FaultRequest;
import tools.jackson.core.JacksonException;

/**
 * Parses a fault that is written as one command line argument: {@code
 * cut_mid_body,bytes=20,operation=POST /carts,count=1}, or the JSON of the API.
 */
final class FaultArgument {

  private static final Set<String> FIELDS = Set.of("operation", "probability", "after", "count");

  private FaultArgument() {}

  /**
   * Parses the argument.
   *
   * @throws Refusal {@code invalid_field} if the text is not a fault
   */
  static FaultRequest parse(String text) {
    try {
      return Json.read(text.startsWith("{") ? text : Json.write(fields(text)), FaultRequest.class);
    } catch (JacksonException notAFault) {
      throw wrong(text);
    }
  }

  private static Map<String, Object> fields(String text) {
    var parts = text.split(",", -1);
    var order = new LinkedHashMap<String, Object>();
    var parameters = new LinkedHashMap<String, Object>();
    order.put("name", parts[0].strip());
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 1) {
        throw wrong(parts[i]);
      }
      var name = parts[i].substring(0, equals).strip();
      (FIELDS.contains(name) ? order : parameters)
          .put(name, parts[i].substring(equals + 1).strip());
    }
    order.put("parameters", parameters);
    return order;
  }

  private static Refusal wrong(String text) {
    return new Refusal(Problem.INVALID_FIELD, "not a fault")
        .at("--fault")
        .expected("name,key=value,... such as cut_mid_body,bytes=20,operation=POST /carts,count=1")
        .observed(text);
  }
}
