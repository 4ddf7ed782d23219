package org.actsandbox.scenarios.mission.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.script.MissionDocument;
import org.actsandbox.scenarios.script.ScenarioStep;
import tools.jackson.databind.JsonNode;

/**
 * Says how the principal of a mission behaves: code and no model, so that the principal makes no
 * mistakes of its own.
 *
 * @param approves what is paid at the cashier
 * @param authorizes which authority is given
 * @param decisions the first decisions at the cashier: approve | decline | ignore
 * @param picks which offer is taken, in the form of the verb {@code choose}
 * @param refusesOffers whether no offer is taken
 * @param answers answers by the name of what is asked for
 */
public record ScriptedPrincipal(
    Consent approves,
    Consent authorizes,
    List<String> decisions,
    JsonNode picks,
    boolean refusesOffers,
    Map<String, Text> answers,
    List<ScenarioStep> beforePayment,
    List<ScenarioStep> afterPayment,
    List<ScenarioStep> afterAuthority) {

  /** Says to what a principal consents. */
  public enum Consent {
    /** Consents to everything, as tired people do: then the agent alone protects the money. */
    EVERYTHING,
    /** Consents to what the mission's rights permit. */
    MATCHING,
    NOTHING;

    static Consent of(JsonNode code) {
      return valueOf(code.asString("everything").toUpperCase(java.util.Locale.ROOT));
    }
  }

  /** Reads the principal at a JSON pointer of the file. */
  static ScriptedPrincipal of(MissionDocument document, String pointer) {
    var principal = document.tree().at(pointer);
    Map<String, Text> answers = new LinkedHashMap<>();
    principal
        .path("answers")
        .properties()
        .forEach(each -> answers.put(each.getKey(), MissionDocument.text(each.getValue())));
    return new ScriptedPrincipal(
        Consent.of(principal.path("approves")),
        Consent.of(principal.path("authorizes")),
        principal.path("decisions").valueStream().map(JsonNode::asString).toList(),
        principal.has("picks") ? principal.path("picks") : Json.tree("recommended"),
        principal.path("refuses_offers").asBoolean(false),
        Map.copyOf(answers),
        document.steps(pointer + "/before_payment"),
        document.steps(pointer + "/after_payment"),
        document.steps(pointer + "/after_authority"));
  }

  /** Returns the answer to a question about one of these things, or whose text names one. */
  public Optional<Text> answer(List<String> missing, String question) {
    return missing.stream()
        .filter(answers::containsKey)
        .findFirst()
        .or(
            () ->
                answers.keySet().stream()
                    .filter(key -> question.toLowerCase(java.util.Locale.ROOT).contains(key))
                    .findFirst())
        .map(answers::get);
  }
}
