package org.actsandbox.scenarios.engine.context;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.scenarios.script.Verb;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Holds what is known so far of a purchase that an outside agent makes message by message. */
public final class OutsidePurchase extends OutsideInteraction {

  private final Map<Verb, JsonNode> sent = new HashMap<>();

  OutsidePurchase(String name, String agent) {
    super(name, agent);
  }

  /** Adds a fact that is a text, or replaces it. */
  public void learn(String field, String value) {
    known().put(field, value);
  }

  public String merchant() {
    return need("merchant", Verb.INTENT).asString();
  }

  public URI resource() {
    return URI.create(need("resource_url", Verb.CART).asString());
  }

  /** Remembers the last message of the verb, so that a step can send the same one again. */
  public void rememberSent(Verb verb, JsonNode message) {
    sent.put(verb, message.deepCopy());
  }

  /** Returns the last message of the verb; null if none was sent. */
  public @Nullable JsonNode lastSent(Verb verb) {
    return sent.get(verb);
  }

  @Override
  String title() {
    return "the purchase " + name();
  }
}
