package org.actsandbox.scenarios.engine;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.Target;
import org.actsandbox.scenarios.script.Script;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a scenario's world as its file describes it. */
final class WorldSetup {

  /** Where clocks stand unless the file says otherwise; a Wednesday morning in Hangzhou. */
  private static final String USUAL_MOMENT = "2026-11-25T09:00:00+08:00";

  /** The same everywhere, whatever the target is configured with (ADR 13). */
  private static final String USUAL_MODEL = "built-in";

  /** What the control API takes as the file has it. */
  private static final List<String> PASSED_ON =
      List.of("principal", "principals", "agent", "merchants", "proof_verification", "mutants");

  private WorldSetup() {}

  /**
   * @param name of the world; answers 409 when there is one already
   */
  static Target make(Server server, Script script, String name) {
    var wish = Json.object().put("name", name);
    var world = script.world();
    var seed = world.path("seed").asString(script.name());
    wish.put("seed", seed);
    wish.put("key_secret", keySecret(script.name(), seed));
    wish.set("clock", clock(world.path("clock")));
    wish.put("model", world.path("model").asString(USUAL_MODEL));
    for (var field : PASSED_ON) {
      if (world.has(field)) {
        wish.set(field, world.path(field));
      }
    }
    return new SandboxClient(server.outbound())
        .newWorld(URI.create(server.origin().toString()), server.adminKey(), wish);
  }

  /**
   * The same for the same script, so that its journal is the same every time it is played. Such a
   * world protects nothing: its keys are as public as its file.
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

  static void dress(Stage stage, Script script) {
    script.world().path("changes").forEach(change -> WorldActions.disturb(stage, change));
    script.world().path("faults").forEach(fault -> WorldActions.fault(stage, fault));
  }

  static void delete(Server server, Target target) {
    new SandboxClient(server.outbound())
        .send(
            "DELETE",
            URI.create(target.origin() + "/api/worlds/" + target.world()),
            target.keys().operator(),
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
        .put("now", Moments.utc(clock.asString(USUAL_MOMENT)));
  }
}
