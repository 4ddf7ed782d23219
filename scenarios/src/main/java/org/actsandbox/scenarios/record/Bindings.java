package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Buyer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Instruments principals bound to outside agents. The player binds the balance of whoever a step is
 * of to each agent it registers; any other binding is written down before the first payment that
 * uses it.
 */
final class Bindings {

  /** How the numbers of the sandbox's own cards begin, see docs/faults.md. */
  private static final String CARDS = "620000000000";

  private static final int LAST = 4;

  private final Draft draft;
  private final Set<String> registered = new HashSet<>();
  private final Map<String, Exchange> others = new HashMap<>();

  /** The agents that instruments were bound to. */
  private final Map<String, String> agents = new HashMap<>();

  private final Map<String, String> names = new HashMap<>();

  Bindings(Draft draft) {
    this.draft = draft;
  }

  /** Whether it was one. */
  boolean read(Exchange exchange) {
    // A wrong PIN is counted: it is a request like any other.
    if (!exchange.is("POST", "/psp/bindings") || exchange.code().equals("pin_wrong")) {
      return false;
    }
    var wish = exchange.request();
    var agent = exchange.from() + " " + wish.path("agent_id").asString();
    boolean plain =
        wish.path("account").asString().equals("balance")
            && wish.propertyNames().stream()
                .allMatch(Set.of("account", "agent_id", "pin")::contains);
    if (!exchange.isGood()) {
      draft.leaveOut("a binding that was refused: " + exchange.code());
      return true;
    }
    var instrument = exchange.answer().path("instrument_ref").asString();
    agents.put(instrument, Exchange.name(wish.path("agent_id").asString()));
    if (!plain || !registered.add(agent)) {
      others.put(instrument, exchange);
    }
    return true;
  }

  /** Whether this agent was given it. */
  boolean isOf(String agent, String instrument) {
    return agent.equals(agents.get(instrument));
  }

  void nameWhatIsIn(String text) {
    Set.copyOf(others.keySet()).stream().filter(text::contains).sorted().forEach(this::reference);
  }

  /** How to call the instrument, unless it is the one every agent has. */
  Optional<String> reference(String instrument) {
    var bound = others.remove(instrument);
    if (bound != null) {
      var name = "instrument_" + (names.size() + 1);
      var body = ((ObjectNode) bound.request()).deepCopy();
      // The journal masks PINs and card numbers; of these the label has the end.
      body.put("pin", Buyer.DEMO_PIN);
      if (body.has("card_number")) {
        var label = bound.answer().path("label").asString();
        body.put("card_number", CARDS + label.substring(Math.max(0, label.length() - LAST)));
      }
      var call = Json.object().put("method", "POST").put("path", "/psp/bindings");
      call.put("key", "principal").set("body", body);
      var before = draft.actFor(bound.from().equals(Exchange.FIRST) ? "" : bound.from());
      var step = draft.step(bound.at(), "call", call);
      draft.actFor(before);
      step.putObject("capture").put(name, "/body/instrument_ref");
      names.put(instrument, "${" + name + "}");
      draft.name(instrument, name);
    }
    return Optional.ofNullable(names.get(instrument));
  }
}
