package org.actsandbox.scenarios.client;

import java.util.Map;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * A world's role keys, as a new world's answer lists them.
 *
 * @param merchants by merchant id
 */
public record Keys(String principal, String agent, String operator, Map<String, String> merchants) {

  public static Keys of(JsonNode keys) {
    return Json.read(keys, Keys.class);
  }

  @Override
  public String toString() {
    return "Keys[masked]";
  }
}
