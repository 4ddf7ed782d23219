package org.actsandbox.scenarios.mission.model;

import java.util.List;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Represents one thing that a principal wants.
 *
 * @param who the principal's name; null for the first
 * @param isNew whether it starts another conversation
 * @param facts the same in the standard's fields, for agents without a language: {@code needs},
 *     {@code budget}, {@code merchants}, {@code away}, {@code cancels}
 * @param after what happens in the world when the agent is done with it
 */
public record MissionWish(
    Text say, @Nullable String who, boolean isNew, ObjectNode facts, List<ScenarioStep> after) {

  private static final List<String> FACTS =
      List.of("needs", "budget", "merchants", "away", "cancels");

  static MissionWish of(JsonNode wish, Text say, List<ScenarioStep> after) {
    var facts = Json.object();
    for (var field : FACTS) {
      if (wish.has(field)) {
        facts.set(field, wish.path(field));
      }
    }
    var who = wish.path("who").asString("principal");
    return new MissionWish(
        say, who.equals("principal") ? null : who, wish.path("new").asBoolean(false), facts, after);
  }

  public String say(String language) {
    return language.equals("zh") ? say.zh() : say.en();
  }
}
