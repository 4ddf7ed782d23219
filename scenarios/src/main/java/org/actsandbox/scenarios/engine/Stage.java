package org.actsandbox.scenarios.engine;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Authority;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.client.ExternalAgent;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.Target;
import org.actsandbox.scenarios.script.Whose;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One scenario's world and everything that is going on in it. */
final class Stage implements AutoCloseable {

  static final String OUTSIDE_AGENT = "outside-agent";

  /** The sandbox's own: whatever is signed in its name here is refused. */
  static final String DEMO_AGENT = "demo-agent";

  private final Target world;
  private final Outbound outbound;
  private final SandboxClient client;
  private final Scope scope = new Scope();

  /** By their name, and for further principals by theirs: an instrument is one principal's. */
  private final Map<String, Buyer> buyers = new HashMap<>();

  private final Map<String, ExternalAgent> agents = new HashMap<>();

  /** Racing buyers add theirs at the same time. */
  private final Map<String, Deal> deals = Collections.synchronizedMap(new LinkedHashMap<>());

  private final Map<String, Grant> grants = new LinkedHashMap<>();

  private final Map<String, String> faults = new LinkedHashMap<>();
  private final Map<String, String> breaks = new LinkedHashMap<>();

  /** By principal; the first one's name is empty. */
  private final Map<String, Talk> talks = new HashMap<>();

  /** Of whom a step is: the world with that principal's key; the name of the first is empty. */
  private Target target;

  private String who = "";

  Stage(Target target, Outbound outbound) {
    this.world = target;
    this.target = target;
    this.outbound = outbound;
    this.client = new SandboxClient(outbound);
    scope.put("world", Json.tree(target.world()));
    scope.put("base", Json.tree(target.at("").toString()));
    scope.put("origin", Json.tree(target.origin().toString()));
  }

  Target target() {
    return target;
  }

  /**
   * From now on everything is done by this principal, or for it.
   *
   * @param principal null for the first
   */
  void actFor(@Nullable String principal) {
    who = principal == null ? "" : principal;
    target = principal == null ? world : world.on(principal);
  }

  /** Looks as this principal, and is whoever it was again. */
  <T> T lookingAs(String principal, Supplier<T> look) {
    var before = who;
    actFor(principal.equals(Whose.FIRST) ? null : principal);
    try {
      return look.get();
    } finally {
      actFor(before.isEmpty() ? null : before);
    }
  }

  /** Says on whose behalf a message is, where it is not the first principal's. */
  void sayPrincipal(ObjectNode message) {
    if (!who.isEmpty()) {
      message.put("principal_id", "did:act:" + who);
    }
  }

  Scope scope() {
    return scope;
  }

  SandboxClient client() {
    return client;
  }

  Outbound outbound() {
    return outbound;
  }

  /** The demo agent's conversation that is going on, opened with the first words. */
  Talk talk() {
    var talk = talks.get(who);
    if (talk == null) {
      throw new CannotPlay("there is no conversation with the demo agent yet: start with say");
    }
    return talk;
  }

  boolean isTalking() {
    return talks.containsKey(who);
  }

  Talk newTalk() {
    var before = talks.get(who);
    if (before != null) {
      before.close();
    }
    var talk = Talk.open(target, client);
    talks.put(who, talk);
    return talk;
  }

  /** The purchase of that name; a new one starts with whoever sends it. */
  Deal deal(String name, String agent) {
    return deals.computeIfAbsent(name, _ -> new Deal(name, agent));
  }

  Deal existingDeal(String name) {
    var deal = deals.get(name);
    if (deal == null) {
      throw new CannotPlay(
          "no purchase is called %s; there is %s"
              .formatted(name, deals.isEmpty() ? "none" : String.join(", ", deals.keySet())));
    }
    return deal;
  }

  /** What the principal gave, or is asked to give, under that name. */
  Grant grant(String name, String agent) {
    return grants.computeIfAbsent(name, _ -> new Grant(name, agent));
  }

  Grant existingGrant(String name) {
    var grant = grants.get(name);
    if (grant == null) {
      throw new CannotPlay(
          "nothing was given under the name %s; there is %s"
              .formatted(name, grants.isEmpty() ? "nothing" : String.join(", ", grants.keySet())));
    }
    return grant;
  }

  Authority authority(Buyer buyer) {
    return new Authority(target, buyer, this::now);
  }

  /** An outside agent, registered and bound to the principal's balance when first needed. */
  synchronized Buyer buyer(String name) {
    return buyers.computeIfAbsent(
        who.isEmpty() ? name : name + " for " + who,
        _ -> {
          var seed = (name + "-".repeat(32)).substring(0, 32).getBytes(StandardCharsets.UTF_8);
          var agent =
              name.equals(DEMO_AGENT)
                  ? ExternalAgent.impersonated(target, demoAgent(), seed)
                  : ExternalAgent.register(client, target, name, seed);
          agents.put(name, agent);
          scope.put(
              "agent_" + name.replace('-', '_').replace('.', '_'),
              Json.object()
                  .put("agent_id", agent.agentId())
                  .put("signer_id", agent.signer().signerId())
                  .put("instrument_ref", agent.instrumentRef()));
          return new Buyer(target, agent, outbound, this::now);
        });
  }

  /** The name it signs with in this world. */
  private String demoAgent() {
    return operator("").at("/agent/agent_id").asString("").replace("did:act:", "");
  }

  Instant now() {
    return Instant.parse(
        client.get(target.api("/clock"), target.keys().operator()).path("now").asString());
  }

  void named(String name, String fault) {
    faults.put(name, fault);
  }

  Map<String, String> faults() {
    return faults;
  }

  void broken(String name, String breakId) {
    breaks.put(name, breakId);
  }

  /** Ids of what is broken on purpose, by the name the file gave it. */
  Map<String, String> breaks() {
    return breaks;
  }

  /** Makes what came out of a step, and every purchase as far as it has come, known by name. */
  void publish(JsonNode result) {
    scope.put("last", result);
    if (isTalking()) {
      scope.put("agent", talk().turn().told().deepCopy());
    }
    deals.forEach((name, deal) -> scope.put(name, deal.known()));
    grants.forEach((name, grant) -> scope.put(name, grant.known()));
  }

  /** Everybody who can do something here, by the names files use. */
  synchronized List<String> participants() {
    return Stream.of(
            Stream.of("principal", "operator", DEMO_AGENT),
            Stream.of("sandbox-pay", "sandbox-delegations", "sandbox-trust"),
            target.keys().merchants().keySet().stream(),
            target.keys().others().stream(),
            agents.keySet().stream())
        .flatMap(names -> names)
        .toList();
  }

  /** A role key by its name in files; null for none. */
  @Nullable String key(String name) {
    if (name.startsWith("merchant:")) {
      var merchant = name.substring("merchant:".length());
      var key = target.keys().merchants().get(merchant);
      if (key == null) {
        throw new CannotPlay(
            "no merchant is called %s; there are %s"
                .formatted(merchant, String.join(", ", target.keys().merchants().keySet())));
      }
      return key;
    }
    if (name.startsWith("agent:")) {
      return buyer(name.substring("agent:".length())).agent().key();
    }
    if (name.startsWith("principal:")) {
      return principalKey(name.substring("principal:".length()));
    }
    if (name.startsWith("raw:")) {
      return name.substring("raw:".length());
    }
    return switch (name) {
      case "principal" -> target.keys().principal();
      case "agent" -> target.keys().agent();
      case "operator" -> target.keys().operator();
      case "none" -> null;
      default -> throw new CannotPlay("no key is called " + name);
    };
  }

  private String principalKey(String name) {
    if (name.equals(Whose.FIRST)) {
      return world.keys().principal();
    }
    if (!world.keys().others().contains(name)) {
      throw new CannotPlay(
          "no principal is called %s; there are principal and %s"
              .formatted(name, String.join(", ", world.keys().others())));
    }
    return world.on(name).keys().principal();
  }

  /**
   * Does what waits for the present moment; in a world whose clock runs, there is nothing to do.
   */
  JsonNode settle() {
    return client.post(
        target.api("/clock/advance"), target.keys().operator(), Map.of("by", "PT0S"));
  }

  JsonNode operator(String path) {
    return client.get(target.api(path), target.keys().operator());
  }

  JsonNode merchant(String merchant, String path) {
    return client.get(target.at("/merchants/" + merchant + path), key("merchant:" + merchant));
  }

  JsonNode principal(String path) {
    return client.get(target.at(path), target.keys().principal());
  }

  URI at(String path) {
    return target.at(path);
  }

  @Override
  public void close() {
    talks.values().forEach(Talk::close);
  }
}
