package org.actsandbox.scenarios.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.explain.StepExplanations;
import org.actsandbox.scenarios.explain.StepNames;
import org.actsandbox.scenarios.play.ScenarioParameter.Kind;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.Script;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Finds what a person may want to change in a script. */
final class ScenarioParameterFinder {

  /** The principal's balance in a world if its file names none. */
  private static final String DEFAULT_BALANCE = "20000.00";

  /** The fields of a step or a fault that decide its outcome. */
  private static final Set<String> PARAMETER_FIELDS =
      Set.of("percent", "left", "probability", "after", "count", "buyers", "pin", "decision");

  private final StepNames names;
  private final List<ScenarioParameter> parameters = new ArrayList<>();

  ScenarioParameterFinder(Script script, StepNames names) {
    this.names = names;
    var world = script.world();
    add("/world/seed", "Seed", "随机种子", Kind.TEXT, world.path("seed").asString(script.name()));
    var principal = world.path("principal");
    add(
        "/world/principal/balance",
        "Balance of the wallet",
        "钱包余额",
        Kind.AMOUNT,
        principal.path("balance").asString(DEFAULT_BALANCE));
    if (principal.has("card_limit")) {
      var limit = principal.path("card_limit").asString();
      add("/world/principal/card_limit", "Limit of the card", "银行卡额度", Kind.AMOUNT, limit);
    }
    each(world.path("faults"), "/world/faults", this::disturbance);
    each(world.path("changes"), "/world/changes", this::disturbance);
    each(
        world.path("mutants"),
        "/world/mutants",
        (at, mutant) -> onOff(at, mutant.asString(), mutant.asString()));
    script.steps().forEach(this::step);
  }

  List<ScenarioParameter> parameters() {
    return List.copyOf(parameters);
  }

  private void step(ScenarioStep scenarioStep) {
    var at = "/steps/" + scenarioStep.number();
    var with = scenarioStep.arguments();
    switch (scenarioStep.verb()) {
      case SAY -> {
        if (with.isString()) {
          add(at, "What the principal says", "用户说的话", Kind.TEXT, with.stringValue());
        } else {
          add(
              at + "/text",
              "What the principal says",
              "用户说的话",
              Kind.TEXT,
              with.path("text").asString());
        }
      }
      case FAULT, DISTURB -> {
        var explanation = StepExplanations.of(scenarioStep, names);
        onOff(at, explanation.en(), explanation.zh());
        values(at, with, scenarioStep.verb().code());
      }
      case ADVANCE -> {
        if (with.isString()) {
          add(at, "Time that passes", "流逝的时间", Kind.DURATION, with.stringValue());
        } else if (with.has("by")) {
          add(at + "/by", "Time that passes", "流逝的时间", Kind.DURATION, with.path("by").asString());
        }
      }
      default -> {
        values(at, with, scenarioStep.verb().code());
        edits(at + "/with", with.path("with"), scenarioStep.verb().code());
        edits(at + "/tamper", with.path("tamper"), scenarioStep.verb().code());
      }
    }
  }

  private void disturbance(String at, JsonNode what) {
    var name = what.path("name").asString(what.path("type").asString());
    var who = what.path("participant").asString(what.path("merchant").asString("*"));
    onOff(at, name + " at " + who, who + "：" + name);
    values(at, what, name);
  }

  private void values(String at, JsonNode with, String of) {
    with.properties().stream()
        .filter(field -> PARAMETER_FIELDS.contains(field.getKey()))
        .forEach(field -> value(at, field.getKey(), field.getValue(), of));
    with.path("parameters")
        .properties()
        .forEach(field -> value(at + "/parameters", field.getKey(), field.getValue(), of));
  }

  private void edits(String at, JsonNode edits, String of) {
    edits
        .properties()
        .forEach(
            edit -> {
              if (edit.getValue().isValueNode() && !edit.getValue().isNull()) {
                value(at, edit.getKey(), edit.getValue(), of);
              } else {
                var what = of + " " + edit.getKey();
                onOff(child(at, edit.getKey()), "Spoiled: " + what, "篡改：" + what);
              }
            });
  }

  /** Adds a field as a parameter, unless its value comes from a captured variable. */
  private void value(String at, String name, JsonNode value, String of) {
    if (value.isValueNode() && !value.isBoolean() && !value.asString("").contains("${")) {
      add(child(at, name), of + ": " + name, of + "：" + name, Kind.of(value), value.asString());
    }
  }

  private interface Reader {
    void read(String at, JsonNode what);
  }

  private static void each(JsonNode list, String at, Reader reader) {
    for (int i = 0; i < list.size(); i++) {
      reader.read(at + "/" + i, list.get(i));
    }
  }

  private static String child(String at, String name) {
    return JsonPointer.compile(at).appendProperty(name).toString();
  }

  private void onOff(String name, String en, String zh) {
    add(name, en, zh, Kind.SWITCH, ScenarioParameter.ON);
  }

  private void add(String name, String en, String zh, Kind kind, String value) {
    parameters.add(new ScenarioParameter(name, new Text(en, zh), kind, value));
  }
}
