package org.actsandbox.scenarios.mission.run;

import java.time.Duration;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.mission.model.Mission;
import org.actsandbox.scenarios.script.Script;

/**
 * Says how a run is made.
 *
 * @param language the language of the wishes: en | zh
 * @param attempts how often each mission is played, pass^k
 * @param parallel how many missions are played at the same time
 * @param limit how long one mission may take, in real time
 * @param model what the sandbox's own agent speaks with: built-in | configured
 * @param budget what the whole run may use of models
 * @param keepsWorlds whether the worlds of all missions stay, and not of failed ones alone
 */
public record GradeOptions(
    String language,
    int attempts,
    int parallel,
    Duration limit,
    String model,
    ModelBudget budget,
    boolean keepsWorlds) {

  private static final String BUILT_IN = "built-in";

  /** The options of a run with the built-in model in English, each mission once. */
  public static GradeOptions standard() {
    return new GradeOptions("en", 1, 2, Duration.ofSeconds(60), BUILT_IN, ModelBudget.NONE, false);
  }

  Script script(Mission mission) {
    var script = mission.script();
    var world = script.world().deepCopy();
    if (!model.equals(BUILT_IN)) {
      world.put("model", model);
    }
    var principal =
        world.path("principal").isObject() ? world.withObject("/principal") : Json.object();
    principal.put("language", language);
    world.set("principal", principal);
    return script.changed(world, script.steps(), model + language);
  }

  boolean keepsWorld(MissionResult result) {
    return keepsWorlds || !result.passed();
  }
}
