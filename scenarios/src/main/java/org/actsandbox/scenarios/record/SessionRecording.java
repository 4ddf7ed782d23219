package org.actsandbox.scenarios.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.engine.expect.WorldStateReader;
import org.actsandbox.scenarios.script.ScriptReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a scenario file from the journal and the state of a world ("Make a scenario from this
 * session"). The file passes when it is played.
 */
public final class SessionRecording {

  private static final String HEADER =
      """
      # yaml-language-server: $schema=%s/schemas/scenario.json
      # Recorded from world %s. %s
      """;

  /**
   * The note for a world with a known seed. Random values are repeated; keys are not, because a
   * scenario's world has its own.
   */
  private static final String SEEDED = "The seed is that world's, so that chance is the same.";

  private static final String UNSEEDED =
      "An earlier version made that world, and its seed is secret: random values may differ.";

  /** A scenario has at most so many steps (scenario.schema.json). */
  private static final int MOST_STEPS = 200;

  private SessionRecording() {}

  /** Reads journal and conversations with requests, as everybody outside the server has to. */
  private record RequestedSession(WorldStateReader worldStateReader) implements SessionSource {

    @Override
    public List<JsonNode> journal() {
      return worldStateReader.journal();
    }

    @Override
    public List<JsonNode> events(String principal, String conversation) {
      return worldStateReader
          .principal(principal, "/agents/demo-agent/conversations/" + conversation)
          .path("events")
          .valueStream()
          .toList();
    }
  }

  /**
   * Records the session of a world since its last reset over HTTP.
   *
   * @param targetWorld the world with its keys
   * @param name the name of the scenario and of its file
   * @return YAML that {@link ScriptReader} reads
   * @throws Refusal {@code invalid_field} for an invalid name, {@code illegal_transition} if
   *     nothing has happened in the world, {@code limit_exceeded} if too much has happened for one
   *     file
   */
  public static String of(OutboundClient outboundClient, TargetWorld targetWorld, String name) {
    return of(
        outboundClient,
        targetWorld,
        name,
        new RequestedSession(new WorldStateReader(targetWorld, outboundClient)));
  }

  /**
   * Records the session of a world since its last reset.
   *
   * @param sessionSource reads what happened; the state at the end is read over HTTP
   * @throws Refusal as {@link #of(OutboundClient, TargetWorld, String)}
   */
  public static String of(
      OutboundClient outboundClient,
      TargetWorld targetWorld,
      String name,
      SessionSource sessionSource) {
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
    var entries = RaceOrder.playable(sinceReset(sessionSource.journal()));
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
            outcomes(sessionSource, sessionParticipants, sessionOwners, entries));
    var expect =
        worldStateReader.expectations(
            stepRecorder.isAboutEvidence(),
            stepRecorder.isAboutAuthority(),
            stepRecorder.excludedDelegations());
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
    // Scenarios are played with the built-in model unless they name another.
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
    var steps = stepRecorder.steps();
    if (steps.size() > MOST_STEPS) {
      throw tooMuch("at most " + MOST_STEPS + " steps", steps.size() + " steps");
    }
    file.set("steps", steps);
    file.set("expect", expect);
    var text = new StringBuilder();
    stepRecorder.leftOut().forEach(what -> text.append("# Left out: ").append(what).append('\n'));
    text.append(YamlWriter.of(file));
    if (text.length() > ScriptReader.MAX_CHARS) {
      throw tooMuch(
          "at most " + ScriptReader.MAX_CHARS + " characters", text.length() + " characters");
    }
    // The file is read again at once, so that a mistake shows now and not when it is played.
    ScriptReader.read(name + ".yaml", text.toString());
    return text.toString();
  }

  private static Refusal tooMuch(String expected, String observed) {
    return new Refusal(Problem.LIMIT_EXCEEDED, "too much has happened for one file")
        .expected(expected)
        .observed(observed)
        .remedy("Reset the world, or make another one, and do again what matters.");
  }

  private static ObjectNode principal(JsonNode view) {
    var principal = Json.object();
    if (view.has("name")) {
      principal.set("name", view.path("name"));
    }
    principal.set("language", view.path("language"));
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

  /** Returns the entries after the last reset of the world. */
  private static List<JsonNode> sinceReset(List<JsonNode> journal) {
    int from = 0;
    for (int i = 0; i < journal.size(); i++) {
      if (JournalEvent.WORLD_RESET.is(journal.get(i).path("event").asString())) {
        from = i + 1;
      }
    }
    return journal.subList(from, journal.size());
  }

  /**
   * Returns the outcomes of each conversation in order: a payment that waits at the cashier, or the
   * end of a turn.
   */
  private static Map<String, List<String>> outcomes(
      SessionSource sessionSource,
      SessionParticipants sessionParticipants,
      SessionOwners sessionOwners,
      List<JsonNode> entries) {
    var delegatedTrades = delegatedTrades(sessionParticipants, entries);
    var outcomes = new LinkedHashMap<String, List<String>>();
    for (var entry : entries) {
      var recordedExchange = RecordedExchange.of(entry);
      var opened = recordedExchange.flatMap(RecordedExchange::openedConversation);
      opened.ifPresent(
          id -> {
            var who = recordedExchange.map(sessionOwners::of).filter(name -> !name.isEmpty());
            outcomes.put(
                id,
                sessionSource.events(who.orElse(RecordedExchange.FIRST), id).stream()
                    .filter(
                        event -> !delegatedTrades.contains(event.at("/data/trade_no").asString("")))
                    .flatMap(event -> RecordedExchange.outcome(event).stream())
                    .toList());
          });
    }
    return outcomes;
  }

  /**
   * Returns the trades that the agent paid under a delegation. Its conversation reports them, but
   * no turn ends with them.
   */
  private static Set<String> delegatedTrades(
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
