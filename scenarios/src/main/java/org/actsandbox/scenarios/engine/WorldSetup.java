package org.actsandbox.scenarios.engine;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.step.WorldActions;
import org.actsandbox.scenarios.engine.value.ScriptAmounts;
import org.actsandbox.scenarios.engine.value.ScriptInstants;
import org.actsandbox.scenarios.script.Script;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes and deletes the world of a scenario, as the scenario's file describes it. */
final class WorldSetup {

  /**
   * The time at which clocks stand unless the file says otherwise: a Wednesday morning in Hangzhou.
   */
  private static final String DEFAULT_TIME = "2026-11-25T09:00:00+08:00";

  /**
   * The model of scenarios that name none; it is the same on every target, however that is
   * configured (ADR 13).
   */
  private static final String DEFAULT_MODEL = "built-in";

  /** The fields that go unchanged from the file to the control API. */
  private static final List<String> COPIED_FIELDS =
      List.of("principal", "principals", "agent", "proof_verification", "mutants");

  private WorldSetup() {}

  /**
   * Makes the world.
   *
   * @param name the name of the world; the target refuses a name that is taken with 409
   * @param isKeySecretPublic whether the world's keys follow from the script, as a repeatable
   *     journal needs it; otherwise the target makes them by chance
   */
  static TargetWorld make(
      TargetServer targetServer, Script script, String name, boolean isKeySecretPublic) {
    var request = Json.object().put("name", name);
    var world = script.world();
    var seed = world.path("seed").asString(script.name());
    request.put("seed", seed);
    if (isKeySecretPublic) {
      request.put("key_secret", keySecret(script.name(), seed));
    }
    request.set("clock", clock(world.path("clock")));
    request.put("model", world.path("model").asString(DEFAULT_MODEL));
    for (var field : COPIED_FIELDS) {
      if (world.has(field)) {
        request.set(field, world.path(field).deepCopy());
      }
    }
    writeAmountsAsText(request.path("principal"));
    request.path("principals").forEach(WorldSetup::writeAmountsAsText);
    var inside = Json.mapper().createArrayNode();
    world.path("merchants").valueStream().filter(JsonNode::isString).forEach(inside::add);
    if (!inside.isEmpty()) {
      request.set("merchants", inside);
    }
    return new SandboxClient(targetServer.outbound())
        .newWorld(URI.create(targetServer.origin().toString()), targetServer.adminKey(), request);
  }

  private static void writeAmountsAsText(JsonNode principal) {
    for (var field : List.of("balance", "card_limit")) {
      if (principal instanceof ObjectNode object && object.has(field)) {
        object.set(field, ScriptAmounts.text(object.path(field)));
      }
    }
  }

  /** Adds the merchants that run outside the sandbox; the target looks at each and calls it. */
  private static void addMerchants(ScenarioContext scenarioContext, Script script) {
    script
        .world()
        .path("merchants")
        .valueStream()
        .filter(JsonNode::isObject)
        .forEach(scenarioContext::addMerchant);
  }

  /**
   * Derives the key secret from the script, so that the journal is the same every time the script
   * is played. Such a world protects nothing: its keys are as public as its file.
   */
  private static String keySecret(String script, String seed) {
    try {
      var text = "scenario keys\n" + script + "\n" + seed;
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  static void apply(ScenarioContext scenarioContext, Script script) {
    addMerchants(scenarioContext, script);
    script.world().path("changes").forEach(change -> WorldActions.disturb(scenarioContext, change));
    script.world().path("faults").forEach(fault -> WorldActions.fault(scenarioContext, fault));
  }

  static void delete(TargetServer targetServer, TargetWorld targetWorld) {
    new SandboxClient(targetServer.outbound())
        .send(
            "DELETE",
            URI.create(targetWorld.origin() + "/api/worlds/" + targetWorld.world()),
            targetWorld.keys().operator(),
            null);
  }

  private static ObjectNode clock(JsonNode clock) {
    if (clock.isObject()) {
      return WorldActions.instants(clock);
    }
    if (clock.asString("").equals("real")) {
      return Json.object().put("mode", "real");
    }
    return Json.object()
        .put("mode", "stopped")
        .put("now", ScriptInstants.utc(clock.asString(DEFAULT_TIME)));
  }
}
