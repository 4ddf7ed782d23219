package org.actsandbox.web.cli.demo;

import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts a delivery into the form that {@code ./run demo --json} prints: names in one language,
 * and the demo's field names.
 */
final class DemoDelivery {

  private DemoDelivery() {}

  static ObjectNode of(JsonNode delivery, String lang) {
    var json = Json.object();
    delivery
        .properties()
        .forEach(field -> json.set(name(field.getKey()), inOneLanguage(field.getValue(), lang)));
    return json;
  }

  private static String name(String field) {
    return field.equals("seat_class") ? "class" : field;
  }

  private static JsonNode inOneLanguage(JsonNode value, String lang) {
    if (value.isObject() && value.has("en") && value.has("zh") && value.size() == 2) {
      return value.path(lang.startsWith("zh") ? "zh" : "en");
    }
    if (value.isArray()) {
      var translated = Json.mapper().createArrayNode();
      value.forEach(element -> translated.add(inOneLanguage(element, lang)));
      return translated;
    }
    return value.isObject() ? of(value, lang) : value;
  }
}
