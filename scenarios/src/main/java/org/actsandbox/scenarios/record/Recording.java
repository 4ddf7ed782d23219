package org.actsandbox.scenarios.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.Target;
import org.actsandbox.scenarios.engine.Aftermath;
import org.actsandbox.scenarios.script.Scripts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * "Make a scenario from this session": reads a world's journal and its state, and writes a file
 * that, played again, passes.
 */
public final class Recording {

  private static final String HEADER =
      """
      # yaml-language-server: $schema=%s/schemas/scenario.json
      # Recorded from world %s. %s
      """;

  /** Chance is repeated, keys are not: a scenario's world has keys of its own. */
  private static final String SEEDED = "The seed is that world's, so that chance is the same.";

  private static final String UNSEEDED =
      "That world was made by an earlier version, whose seed is secret: chance may differ.";

  private Recording() {}

  /**
   * @param target the world with its keys
   * @param name of the scenario, and of the file it goes into
   * @return YAML that {@link Scripts} reads
   * @throws Refusal {@code invalid_field} for a name no scenario may have, {@code
   *     illegal_transition} for a world in which nothing has happened, {@code limit_exceeded} for
   *     one in which too much has
   */
  public static String of(Outbound outbound, Target target, String name) {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,59}")) {
      throw new Refusal(Problem.INVALID_FIELD, "not a name for a scenario")
          .at("name")
          .expected("1 to 60 small letters, digits and hyphens")
          .observed(name);
    }
    var world = target.world();
    var view = new SandboxClient(outbound).get(target.api(""), target.keys().operator());
    var aftermath = new Aftermath(target, outbound);
    var entries = Races.untangled(sinceReset(aftermath.journal()));
    if (entries.isEmpty()) {
      throw new Refusal(Problem.ILLEGAL_TRANSITION, "nothing has happened in world " + world)
          .remedy("Say something to the agent first.");
    }
    var cast = Cast.of(view);
    var owners = new Owners(entries, cast);
    var recorder = new Recorder(entries, cast, owners, stops(aftermath, cast, owners, entries));
    var expect =
        aftermath.expectations(
            recorder.isAboutEvidence(), recorder.isAboutAuthority(), recorder.untold());
    return HEADER.formatted(target.origin(), world, view.has("seed") ? SEEDED : UNSEEDED)
        + written(name, view, recorder, expect);
  }

  private static String written(String name, JsonNode view, Recorder recorder, ObjectNode expect) {
    var file = Json.object().put("scenario", name);
    file.put("why", "Recorded from a session in world " + view.path("world").asString() + ".");
    var world = file.putObject("world");
    if (view.has("seed")) {
      world.set("seed", view.path("seed"));
    }
    world.put("clock", recorder.start().toString());
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
    file.set("steps", recorder.steps());
    file.set("expect", expect);
    var text = new StringBuilder();
    recorder.leftOut().forEach(what -> text.append("# Left out: ").append(what).append('\n'));
    text.append(YamlText.of(file));
    if (text.length() > Scripts.MAX_CHARS) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "too much has happened for one file")
          .expected("at most " + Scripts.MAX_CHARS + " characters")
          .observed(text.length() + " characters")
          .remedy("Reset the world, or make another one, and do again what matters.");
    }
    // What is written must be read again: better told now than when it is played.
    Scripts.read(name + ".yaml", text.toString());
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
      Aftermath aftermath, Cast cast, Owners owners, List<JsonNode> entries) {
    var away = paidWhileAway(cast, entries);
    var stops = new LinkedHashMap<String, List<String>>();
    for (var entry : entries) {
      var exchange = Exchange.of(entry);
      var opened = exchange.flatMap(Exchange::openedConversation);
      opened.ifPresent(
          id -> {
            var who = exchange.map(owners::of).filter(name -> !name.isEmpty());
            var shown =
                aftermath.principal(
                    who.orElse(Exchange.FIRST), "/agents/demo-agent/conversations/" + id);
            stops.put(
                id,
                shown
                    .path("events")
                    .valueStream()
                    .filter(event -> !away.contains(event.at("/data/trade_no").asString("")))
                    .flatMap(event -> Exchange.stop(event).stream())
                    .toList());
          });
    }
    return stops;
  }

  /** The agent tells of these as well, but no turn of a conversation ends at their cashier. */
  private static Set<String> paidWhileAway(Cast cast, List<JsonNode> entries) {
    return entries.stream()
        .flatMap(entry -> Exchange.of(entry).stream())
        .filter(exchange -> cast.isOwn(exchange) && !exchange.delegatedMode().isEmpty())
        .map(exchange -> exchange.answer().path("trade_no"))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .collect(Collectors.toSet());
  }
}
