package org.actsandbox.scenarios.engine.context;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.scenarios.script.Verb;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A purchase that an outside agent makes message by message, as far as it has come. */
public final class OutsidePurchase extends OutsideInteraction {

  private final Map<Verb, JsonNode> sent = new HashMap<>();

  OutsidePurchase(String name, String agent) {
    super(name, agent);
  }

  public void learn(String field, String value) {
    known().put(field, value);
  }

  public String merchant() {
    return need("merchant", Verb.INTENT).asString();
  }

  public URI resource() {
    return URI.create(need("resource_url", Verb.CART).asString());
  }

  public void sent(Verb verb, JsonNode message) {
    sent.put(verb, message.deepCopy());
  }

  public @Nullable JsonNode lastSent(Verb verb) {
    return sent.get(verb);
  }

  @Override
  String title() {
    return "the purchase " + name();
  }
}
