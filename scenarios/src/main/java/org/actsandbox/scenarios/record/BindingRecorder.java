package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.PurchaseClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * Instruments principals bound to outside agents. The player binds the balance of whoever a step is
 * of to each agent it registers; any other binding is written down before the first payment that
 * uses it.
 */
final class BindingRecorder {

  /** How the numbers of the sandbox's own cards begin, see docs/faults.md. */
  private static final String CARDS = "620000000000";

  private static final int LAST = 4;

  private static final String ASK = "/psp/bindings";

  private static final Set<String> PLAIN = Set.of("request_id", "account", "agent_id");

  private final ScriptDraft scriptDraft;

  /** Bindings that wait for the principal, by their ids. */
  private final Map<String, RecordedExchange> wishes = new HashMap<>();

  private final Set<String> registered = new HashSet<>();
  private final Map<String, RecordedExchange> others = new HashMap<>();

  /** The agents that instruments were bound to. */
  private final Map<String, String> agents = new HashMap<>();

  private final Map<String, String> names = new HashMap<>();

  BindingRecorder(ScriptDraft scriptDraft) {
    this.scriptDraft = scriptDraft;
  }

  /** Whether it was one. */
  boolean read(RecordedExchange recordedExchange) {
    if (recordedExchange.is("POST", ASK)) {
      asked(recordedExchange);
      return true;
    }
    // A wrong PIN is counted: it is a request like any other.
    if (!recordedExchange.pathWithoutQuery().startsWith(ASK + "/")
        || !recordedExchange.method().equals("POST")
        || recordedExchange.code().equals("pin_wrong")) {
      return false;
    }
    if (!recordedExchange.isGood()) {
      scriptDraft.leaveOut("a binding that was refused: " + recordedExchange.code());
      return true;
    }
    var answer = recordedExchange.answer();
    var instrument = answer.path("instrument_ref").asString("");
    var wish = wishes.remove(answer.path("binding_id").asString());
    if (wish == null || instrument.isEmpty()) {
      return true;
    }
    var agent = wish.from() + " " + wish.request().path("agent_id").asString();
    boolean plain =
        wish.request().path("account").asString().equals("balance")
            && wish.request().propertyNames().stream().allMatch(PLAIN::contains);
    agents.put(instrument, RecordedExchange.name(wish.request().path("agent_id").asString()));
    if (!plain || !registered.add(agent)) {
      others.put(instrument, wish);
    }
    return true;
  }

  private void asked(RecordedExchange recordedExchange) {
    if (recordedExchange.isGood()) {
      wishes.put(recordedExchange.answer().path("binding_id").asString(), recordedExchange);
    } else {
      scriptDraft.leaveOut("a binding that was refused: " + recordedExchange.code());
    }
  }

  /** Whether this agent was given it. */
  boolean isOf(String agent, String instrument) {
    return agent.equals(agents.get(instrument));
  }

  void nameIdsIn(String text) {
    Set.copyOf(others.keySet()).stream().filter(text::contains).sorted().forEach(this::reference);
  }

  /** How to call the instrument, unless it is the one every agent has. */
  Optional<String> reference(String instrument) {
    var bound = others.remove(instrument);
    if (bound != null) {
      int number = names.size() + 1;
      var name = "instrument_" + number;
      var before =
          scriptDraft.actFor(bound.from().equals(RecordedExchange.FIRST) ? "" : bound.from());
      ask(bound, number);
      confirm(bound, number).put(name, "/body/instrument_ref");
      scriptDraft.actFor(before);
      names.put(instrument, "${" + name + "}");
      scriptDraft.name(instrument, name);
    }
    return Optional.ofNullable(names.get(instrument));
  }

  private void ask(RecordedExchange bound, int number) {
    var body = ((ObjectNode) bound.request()).deepCopy();
    body.remove("request_id");
    if (body.has("card_number")) {
      // The journal masks card numbers; the label has the end.
      var label = bound.answer().at("/content/label").asString();
      body.put("card_number", CARDS + label.substring(Math.max(0, label.length() - LAST)));
    }
    var call = Json.object().put("method", "POST").put("path", ASK);
    call.put("key", "principal").set("body", body);
    scriptDraft
        .step(bound.at(), "call", call)
        .putObject("capture")
        .put("binding_" + number, "/body/binding_id")
        .put("consent_" + number, "/body/digest");
  }

  private ObjectNode confirm(RecordedExchange bound, int number) {
    var body = Json.object().put("decision", "APPROVE").put("pin", PurchaseClient.DEMO_PIN);
    body.put("digest", "${consent_%d}".formatted(number));
    var path = ASK + "/${binding_%d}/confirmation".formatted(number);
    var call = Json.object().put("method", "POST").put("path", path);
    call.put("key", "principal").set("body", body);
    return scriptDraft.step(bound.at(), "call", call).putObject("capture");
  }
}
