package org.actsandbox.scenarios.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.TargetWorld;
import org.actsandbox.scenarios.engine.expect.WorldStateReader;
import org.actsandbox.scenarios.script.ScriptReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * "Make a scenario from this session": reads a world's journal and its state, and writes a file
 * that, played again, passes.
 */
public final class SessionRecording {

  private static final String HEADER =
      """
      # yaml-language-server: $schema=%s/schemas/scenario.json
      # Recorded from world %s. %s
      """;

  /** Chance is repeated, keys are not: a scenario's world has keys of its own. */
  private static final String SEEDED = "The seed is that world's, so that chance is the same.";

  private static final String UNSEEDED =
      "An earlier version made that world, and its seed is secret: random values may differ.";

  private SessionRecording() {}

  /**
   * @param targetWorld the world with its keys
   * @param name of the scenario, and of the file it goes into
   * @return YAML that {@link ScriptReader} reads
   * @throws Refusal {@code invalid_field} for a name no scenario may have, {@code
   *     illegal_transition} for a world in which nothing has happened, {@code limit_exceeded} for
   *     one in which too much has
   */
  public static String of(OutboundClient outboundClient, TargetWorld targetWorld, String name) {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,59}")) {
      throw new Refusal(Problem.INVALID_FIELD, "not a name for a scenario")
          .at("name")
          .expected("1 to 60 small letters, digits and hyphens")
          .observed(name);
    }
    var world = targetWorld.world();
    var view =
        new SandboxClient(outboundClient).get(targetWorld.api(""), targetWorld.keys().operator());
    var worldStateReader = new WorldStateReader(targetWorld, outboundClient);
    var entries = RaceOrder.untangled(sinceReset(worldStateReader.journal()));
    if (entries.isEmpty()) {
      throw new Refusal(Problem.ILLEGAL_TRANSITION, "nothing has happened in world " + world)
          .remedy("Say something to the agent first.");
    }
    var sessionParticipants = SessionParticipants.of(view);
    var sessionOwners = new SessionOwners(entries, sessionParticipants);
    var stepRecorder =
        new StepRecorder(
            entries,
            sessionParticipants,
            sessionOwners,
            stops(worldStateReader, sessionParticipants, sessionOwners, entries));
    var expect =
        worldStateReader.expectations(
            stepRecorder.isAboutEvidence(), stepRecorder.isAboutAuthority(), stepRecorder.untold());
    return HEADER.formatted(targetWorld.origin(), world, view.has("seed") ? SEEDED : UNSEEDED)
        + written(name, view, stepRecorder, expect);
  }

  private static String written(
      String name, JsonNode view, StepRecorder stepRecorder, ObjectNode expect) {
    var file = Json.object().put("scenario", name);
    file.put("why", "Recorded from a session in world " + view.path("world").asString() + ".");
    var world = file.putObject("world");
    if (view.has("seed")) {
      world.set("seed", view.path("seed"));
    }
    world.put("clock", stepRecorder.start().toString());
    world.set("principal", principal(view.path("principal")));
    if (view.has("principals")) {
      var further = world.putArray("principals");
      view.path("principals").forEach(each -> further.add(principal(each)));
    }
    if (view.at("/agent/kind").asString("").equals("dedicated")) {
      world.put("agent", "dedicated");
    }
    // The built-in one is what scenarios are played with anyway.
    if (!view.at("/agent/model").asString("built-in").equals("built-in")) {
      world.set("model", view.path("model"));
    }
    if (view.has("merchants")) {
      world.set("merchants", view.path("merchants"));
    }
    if (view.path("proof_verification").asString("online").equals("offline")) {
      world.put("proof_verification", "offline");
    }
    if (!view.path("mutants").isEmpty()) {
      world.set("mutants", view.path("mutants"));
    }
    file.set("steps", stepRecorder.steps());
    file.set("expect", expect);
    var text = new StringBuilder();
    stepRecorder.leftOut().forEach(what -> text.append("# Left out: ").append(what).append('\n'));
    text.append(YamlWriter.of(file));
    if (text.length() > ScriptReader.MAX_CHARS) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "too much has happened for one file")
          .expected("at most " + ScriptReader.MAX_CHARS + " characters")
          .observed(text.length() + " characters")
          .remedy("Reset the world, or make another one, and do again what matters.");
    }
    // What is written must be read again: better told now than when it is played.
    ScriptReader.read(name + ".yaml", text.toString());
    return text.toString();
  }

  private static ObjectNode principal(JsonNode view) {
    var principal = Json.object();
    if (view.has("name")) {
      principal.set("name", view.path("name"));
    }
    principal.set("lang", view.path("language"));
    for (var field : List.of("home_city", "ship_to", "balance", "card_limit")) {
      principal.set(field, Json.tree(view.path(field).asString()));
    }
    principal.set("price_deviation_tolerance", view.path("price_deviation_tolerance"));
    principal.set("price_deviation_action", view.path("price_deviation_action"));
    if (view.path("ask_every_payment").asBoolean(false)) {
      principal.put("ask_every_payment", true);
    }
    return principal;
  }

  /** A reset world starts over; what was before it is another story. */
  private static List<JsonNode> sinceReset(List<JsonNode> journal) {
    int from = 0;
    for (int i = 0; i < journal.size(); i++) {
      if (journal.get(i).path("event").asString().equals("world-reset")) {
        from = i + 1;
      }
    }
    return journal.subList(from, journal.size());
  }

  /** Where each conversation came to rest, one after another: at a cashier, or at an outcome. */
  private static Map<String, List<String>> stops(
      WorldStateReader worldStateReader,
      SessionParticipants sessionParticipants,
      SessionOwners sessionOwners,
      List<JsonNode> entries) {
    var away = paidWhileAway(sessionParticipants, entries);
    var stops = new LinkedHashMap<String, List<String>>();
    for (var entry : entries) {
      var recordedExchange = RecordedExchange.of(entry);
      var opened = recordedExchange.flatMap(RecordedExchange::openedConversation);
      opened.ifPresent(
          id -> {
            var who = recordedExchange.map(sessionOwners::of).filter(name -> !name.isEmpty());
            var shown =
                worldStateReader.principal(
                    who.orElse(RecordedExchange.FIRST), "/agents/demo-agent/conversations/" + id);
            stops.put(
                id,
                shown
                    .path("events")
                    .valueStream()
                    .filter(event -> !away.contains(event.at("/data/trade_no").asString("")))
                    .flatMap(event -> RecordedExchange.stop(event).stream())
                    .toList());
          });
    }
    return stops;
  }

  /** The agent tells of these as well, but no turn of a conversation ends at their cashier. */
  private static Set<String> paidWhileAway(
      SessionParticipants sessionParticipants, List<JsonNode> entries) {
    return entries.stream()
        .flatMap(entry -> RecordedExchange.of(entry).stream())
        .filter(
            recordedExchange ->
                sessionParticipants.isOwn(recordedExchange)
                    && !recordedExchange.delegatedMode().isEmpty())
        .map(recordedExchange -> recordedExchange.answer().path("trade_no"))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .collect(Collectors.toSet());
  }
}
