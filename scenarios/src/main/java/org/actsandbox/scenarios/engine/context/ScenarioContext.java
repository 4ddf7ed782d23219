package org.actsandbox.scenarios.engine.context;

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
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.DelegationClient;
import org.actsandbox.scenarios.client.ExternalAgent;
import org.actsandbox.scenarios.client.PurchaseClient;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.TargetWorld;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.script.PrincipalNameCheck;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One scenario's world and everything that is going on in it. */
public final class ScenarioContext implements AutoCloseable {

  public static final String OUTSIDE_AGENT = "outside-agent";

  /** The sandbox's own: whatever is signed in its name here is refused. */
  public static final String DEMO_AGENT = "demo-agent";

  private final TargetWorld world;
  private final OutboundClient outboundClient;
  private final SandboxClient client;
  private final ScriptVariables scriptVariables = new ScriptVariables();

  /** By their name, and for further principals by theirs: an instrument is one principal's. */
  private final Map<String, PurchaseClient> purchaseClients = new HashMap<>();

  private final Map<String, ExternalAgent> agents = new HashMap<>();

  /** Racing buyers add theirs at the same time. */
  private final Map<String, OutsidePurchase> outsidePurchases =
      Collections.synchronizedMap(new LinkedHashMap<>());

  private final Map<String, OutsideAuthority> outsideAuthorities = new LinkedHashMap<>();

  private final Map<String, String> faults = new LinkedHashMap<>();
  private final Map<String, String> breaks = new LinkedHashMap<>();

  /** By principal; the first one's name is empty. */
  private final Map<String, ScenarioConversation> scenarioConversations = new HashMap<>();

  /** Of whom a step is: the world with that principal's key; the name of the first is empty. */
  private TargetWorld targetWorld;

  private String who = "";

  public ScenarioContext(TargetWorld targetWorld, OutboundClient outboundClient) {
    this.world = targetWorld;
    this.targetWorld = targetWorld;
    this.outboundClient = outboundClient;
    this.client = new SandboxClient(outboundClient);
    scriptVariables.put("world", Json.tree(targetWorld.world()));
    scriptVariables.put("base", Json.tree(targetWorld.at("").toString()));
    scriptVariables.put("origin", Json.tree(targetWorld.origin().toString()));
  }

  public TargetWorld target() {
    return targetWorld;
  }

  /**
   * From now on everything is done by this principal, or for it.
   *
   * @param principal null for the first
   */
  public void setPrincipal(@Nullable String principal) {
    who = principal == null ? "" : principal;
    targetWorld = principal == null ? world : world.forPrincipal(principal);
  }

  /** Looks as this principal, and is whoever it was again. */
  public <T> T asPrincipal(String principal, Supplier<T> look) {
    var before = who;
    setPrincipal(principal.equals(PrincipalNameCheck.FIRST) ? null : principal);
    try {
      return look.get();
    } finally {
      setPrincipal(before.isEmpty() ? null : before);
    }
  }

  /** Says on whose behalf a message is, where it is not the first principal's. */
  public void addPrincipal(ObjectNode message) {
    if (!who.isEmpty()) {
      message.put("principal_id", "did:act:" + who);
    }
  }

  public ScriptVariables variables() {
    return scriptVariables;
  }

  public SandboxClient client() {
    return client;
  }

  public OutboundClient outbound() {
    return outboundClient;
  }

  /** The demo agent's conversation that is going on, opened with the first words. */
  public ScenarioConversation conversation() {
    var scenarioConversation = scenarioConversations.get(who);
    if (scenarioConversation == null) {
      throw new UnplayableStep("there is no conversation with the demo agent yet: start with say");
    }
    return scenarioConversation;
  }

  public boolean hasConversation() {
    return scenarioConversations.containsKey(who);
  }

  public ScenarioConversation newConversation() {
    var before = scenarioConversations.get(who);
    if (before != null) {
      before.close();
    }
    var scenarioConversation = ScenarioConversation.open(targetWorld, client);
    scenarioConversations.put(who, scenarioConversation);
    return scenarioConversation;
  }

  /** The purchase of that name; a new one starts with whoever sends it. */
  public OutsidePurchase outsidePurchase(String name, String agent) {
    return outsidePurchases.computeIfAbsent(name, _ -> new OutsidePurchase(name, agent));
  }

  public OutsidePurchase existingPurchase(String name) {
    var deal = outsidePurchases.get(name);
    if (deal == null) {
      throw new UnplayableStep(
          "no purchase is called %s; there is %s"
              .formatted(
                  name,
                  outsidePurchases.isEmpty()
                      ? "none"
                      : String.join(", ", outsidePurchases.keySet())));
    }
    return deal;
  }

  /** What the principal gave, or is asked to give, under that name. */
  public OutsideAuthority outsideAuthority(String name, String agent) {
    return outsideAuthorities.computeIfAbsent(name, _ -> new OutsideAuthority(name, agent));
  }

  public OutsideAuthority existingAuthority(String name) {
    var grant = outsideAuthorities.get(name);
    if (grant == null) {
      throw new UnplayableStep(
          "nothing was given under the name %s; there is %s"
              .formatted(
                  name,
                  outsideAuthorities.isEmpty()
                      ? "nothing"
                      : String.join(", ", outsideAuthorities.keySet())));
    }
    return grant;
  }

  public DelegationClient authority(PurchaseClient purchaseClient) {
    return new DelegationClient(targetWorld, purchaseClient, this::now);
  }

  /** An outside agent, registered and bound to the principal's balance when first needed. */
  public synchronized PurchaseClient buyer(String name) {
    return purchaseClients.computeIfAbsent(
        who.isEmpty() ? name : name + " for " + who,
        _ -> {
          var seed = (name + "-".repeat(32)).substring(0, 32).getBytes(StandardCharsets.UTF_8);
          var agent =
              name.equals(DEMO_AGENT)
                  ? ExternalAgent.impersonated(targetWorld, demoAgent(), seed)
                  : ExternalAgent.register(client, targetWorld, name, seed);
          agents.put(name, agent);
          scriptVariables.put(
              "agent_" + name.replace('-', '_').replace('.', '_'),
              Json.object()
                  .put("agent_id", agent.agentId())
                  .put("signer_id", agent.signer().signerId())
                  .put("instrument_ref", agent.instrumentRef()));
          return new PurchaseClient(targetWorld, agent, outboundClient, this::now);
        });
  }

  /** The name it signs with in this world. */
  private String demoAgent() {
    return getAsOperator("").at("/agent/agent_id").asString("").replace("did:act:", "");
  }

  public Instant now() {
    return Instant.parse(
        client
            .get(targetWorld.api("/clock"), targetWorld.keys().operator())
            .path("now")
            .asString());
  }

  public void nameFault(String name, String fault) {
    faults.put(name, fault);
  }

  public Map<String, String> faults() {
    return faults;
  }

  public void nameBreak(String name, String breakId) {
    breaks.put(name, breakId);
  }

  /** Ids of what is broken on purpose, by the name the file gave it. */
  public Map<String, String> breaks() {
    return breaks;
  }

  /** Makes what came out of a step, and every purchase as far as it has come, known by name. */
  public void publish(JsonNode result) {
    scriptVariables.put("last", result);
    if (hasConversation()) {
      scriptVariables.put("agent", conversation().transcript().facts().deepCopy());
    }
    outsidePurchases.forEach((name, deal) -> scriptVariables.put(name, deal.known()));
    outsideAuthorities.forEach((name, grant) -> scriptVariables.put(name, grant.known()));
  }

  /** Everybody who can do something here, by the names files use. */
  public synchronized List<String> participants() {
    return Stream.of(
            Stream.of("principal", "operator", DEMO_AGENT),
            Stream.of("sandbox-pay", "sandbox-delegations", "sandbox-trust"),
            targetWorld.keys().merchants().keySet().stream(),
            targetWorld.keys().others().stream(),
            agents.keySet().stream())
        .flatMap(names -> names)
        .toList();
  }

  /** A role key by its name in files; null for none. */
  public @Nullable String key(String name) {
    if (name.startsWith("merchant:")) {
      var merchant = name.substring("merchant:".length());
      var key = targetWorld.keys().merchants().get(merchant);
      if (key == null) {
        throw new UnplayableStep(
            "no merchant is called %s; there are %s"
                .formatted(merchant, String.join(", ", targetWorld.keys().merchants().keySet())));
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
      case "principal" -> targetWorld.keys().principal();
      case "agent" -> targetWorld.keys().agent();
      case "operator" -> targetWorld.keys().operator();
      case "none" -> null;
      default -> throw new UnplayableStep("no key is called " + name);
    };
  }

  private String principalKey(String name) {
    if (name.equals(PrincipalNameCheck.FIRST)) {
      return world.keys().principal();
    }
    if (!world.keys().others().contains(name)) {
      throw new UnplayableStep(
          "no principal is called %s; there are principal and %s"
              .formatted(name, String.join(", ", world.keys().others())));
    }
    return world.forPrincipal(name).keys().principal();
  }

  /**
   * Does what waits for the present moment; in a world whose clock runs, there is nothing to do.
   */
  public JsonNode runDueNow() {
    return client.post(
        targetWorld.api("/clock/advance"), targetWorld.keys().operator(), Map.of("by", "PT0S"));
  }

  public JsonNode getAsOperator(String path) {
    return client.get(targetWorld.api(path), targetWorld.keys().operator());
  }

  public JsonNode getAsMerchant(String merchant, String path) {
    return client.get(targetWorld.at("/merchants/" + merchant + path), key("merchant:" + merchant));
  }

  public JsonNode getAsPrincipal(String path) {
    return client.get(targetWorld.at(path), targetWorld.keys().principal());
  }

  public URI at(String path) {
    return targetWorld.at(path);
  }

  @Override
  public void close() {
    scenarioConversations.values().forEach(ScenarioConversation::close);
  }
}
