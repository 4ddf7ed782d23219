package org.actsandbox.scenarios.engine;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.scenarios.script.Verb;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A purchase that an outside agent makes message by message, as far as it has come. */
final class OutsidePurchase extends OutsideInteraction {

  private final Map<Verb, JsonNode> sent = new HashMap<>();

  OutsidePurchase(String name, String agent) {
    super(name, agent);
  }

  void learn(String field, String value) {
    known().put(field, value);
  }

  String merchant() {
    return need("merchant", Verb.INTENT).asString();
  }

  URI resource() {
    return URI.create(need("resource_url", Verb.CART).asString());
  }

  void sent(Verb verb, JsonNode message) {
    sent.put(verb, message.deepCopy());
  }

  @Nullable JsonNode lastSent(Verb verb) {
    return sent.get(verb);
  }

  @Override
  String title() {
    return "the purchase " + name();
  }
}
