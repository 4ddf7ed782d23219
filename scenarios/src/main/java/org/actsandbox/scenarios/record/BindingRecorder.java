package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.operation.Operation;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the payment instruments that principals bound to outside agents as steps. The player binds
 * the balance of the step's principal to each agent that it registers. Any other binding is written
 * before the first payment that uses it.
 */
final class BindingRecorder {

  /** The first digits of the sandbox's test cards, see docs/faults.md. */
  private static final String CARD_PREFIX = "620000000000";

  /** The number of last digits that the label of a card shows. */
  private static final int SHOWN_DIGITS = 4;

  /** The address of bindings. */
  private static final String BINDINGS = "/psp/bindings";

  /** The fields of a binding like the one that the player makes by itself. */
  private static final Set<String> PLAIN_FIELDS = Set.of("request_id", "account", "agent_id");

  private final ScriptDraft scriptDraft;

  /** Requested bindings that wait for the principal, by binding id. */
  private final Map<String, RecordedExchange> requests = new HashMap<>();

  private final Set<String> registered = new HashSet<>();
  private final Map<String, RecordedExchange> others = new HashMap<>();

  /** The agents by the instruments that were bound to them. */
  private final Map<String, String> agents = new HashMap<>();

  private final Map<String, String> names = new HashMap<>();

  BindingRecorder(ScriptDraft scriptDraft) {
    this.scriptDraft = scriptDraft;
  }

  /** Reads an exchange; returns false if it is no binding. */
  boolean read(RecordedExchange recordedExchange) {
    if (recordedExchange.is(Operation.BINDING)) {
      requested(recordedExchange);
      return true;
    }
    // A wrong PIN has an effect, because it is counted; so it is written like any other request.
    if (!recordedExchange.pathWithoutQuery().startsWith(BINDINGS + "/")
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
    var request = requests.remove(answer.path("binding_id").asString());
    if (request == null || instrument.isEmpty()) {
      return true;
    }
    var agent = request.from() + " " + request.request().path("agent_id").asString();
    boolean plain =
        request.request().path("account").asString().equals("balance")
            && request.request().propertyNames().stream().allMatch(PLAIN_FIELDS::contains);
    agents.put(instrument, RecordedExchange.name(request.request().path("agent_id").asString()));
    if (!plain || !registered.add(agent)) {
      others.put(instrument, request);
    }
    return true;
  }

  private void requested(RecordedExchange recordedExchange) {
    if (recordedExchange.isGood()) {
      requests.put(recordedExchange.answer().path("binding_id").asString(), recordedExchange);
    } else {
      scriptDraft.leaveOut("a binding that was refused: " + recordedExchange.code());
    }
  }

  /** Tells whether the instrument was bound to this agent. */
  boolean isOf(String agent, String instrument) {
    return agent.equals(agents.get(instrument));
  }

  /** Gives names to the instruments that occur in this text. */
  void nameIdsIn(String text) {
    Set.copyOf(others.keySet()).stream().filter(text::contains).sorted().forEach(this::reference);
  }

  /**
   * Returns the reference to an instrument; empty for the one that the player binds by itself.
   * Writes the steps of its binding at the first call.
   */
  Optional<String> reference(String instrument) {
    var bound = others.remove(instrument);
    if (bound != null) {
      int number = names.size() + 1;
      var name = "instrument_" + number;
      var before =
          scriptDraft.actFor(bound.from().equals(RecordedExchange.FIRST) ? "" : bound.from());
      writeRequest(bound, number);
      writeConfirmation(bound, number).put(name, "/body/instrument_ref");
      scriptDraft.actFor(before);
      names.put(instrument, "${" + name + "}");
      scriptDraft.name(instrument, name);
    }
    return Optional.ofNullable(names.get(instrument));
  }

  private void writeRequest(RecordedExchange bound, int number) {
    var body = ((ObjectNode) bound.request()).deepCopy();
    body.remove("request_id");
    if (body.has("card_number")) {
      // The journal masks card numbers; the label shows the last digits.
      var label = bound.answer().at("/content/label").asString();
      body.put(
          "card_number", CARD_PREFIX + label.substring(Math.max(0, label.length() - SHOWN_DIGITS)));
    }
    var call = Json.object().put("method", "POST").put("path", BINDINGS);
    call.put("key", "principal").set("body", body);
    scriptDraft
        .step(bound.at(), "call", call)
        .putObject("capture")
        .put("binding_" + number, "/body/binding_id")
        .put("consent_" + number, "/body/digest");
  }

  private ObjectNode writeConfirmation(RecordedExchange bound, int number) {
    var body = Json.object().put("decision", "APPROVE").put("pin", PurchaseClient.DEMO_PIN);
    body.put("digest", "${consent_%d}".formatted(number));
    var path = BINDINGS + "/${binding_%d}/confirmation".formatted(number);
    var call = Json.object().put("method", "POST").put("path", path);
    call.put("key", "principal").set("body", body);
    return scriptDraft.step(bound.at(), "call", call).putObject("capture");
  }
}
