package org.actsandbox.scenarios.engine.context;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actsandbox.client.DelegationClient;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.script.PrincipalNameCheck;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the world of one running scenario and everything that its steps share. */
public final class ScenarioContext implements AutoCloseable {

  public static final String OUTSIDE_AGENT = "outside-agent";

  /**
   * The sandbox's own agent. Scenarios do not have its signing key, so messages that they sign in
   * its name are refused.
   */
  public static final String DEMO_AGENT = "demo-agent";

  private final TargetWorld world;
  private final OutboundClient outboundClient;
  private final SandboxClient client;

  /** Role keys of the merchants that run outside the sandbox, by id. */
  private final Map<String, String> externalMerchants = new ConcurrentHashMap<>();

  private final ScriptVariables scriptVariables = new ScriptVariables();

  /**
   * Clients by agent, and for further principals by agent and principal, because an instrument
   * belongs to one principal.
   */
  private final Map<String, PurchaseClient> purchaseClients = new HashMap<>();

  private final Map<String, ExternalAgent> agents = new HashMap<>();

  /** Purchases by name; racing buyers add theirs at the same time. */
  private final Map<String, OutsidePurchase> outsidePurchases =
      Collections.synchronizedMap(new LinkedHashMap<>());

  private final Map<String, OutsideAuthority> outsideAuthorities = new LinkedHashMap<>();

  private final Map<String, String> faults = new LinkedHashMap<>();
  private final Map<String, String> breaks = new LinkedHashMap<>();

  /** Conversations by principal; the name of the first principal is empty. */
  private final Map<String, ScenarioConversation> scenarioConversations = new HashMap<>();

  /** The world with the key of the principal who does the step. */
  private TargetWorld targetWorld;

  /** The name of the principal who does the step; empty for the first principal. */
  private String principal = "";

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
   * Sets the principal by whom or for whom the following requests are made.
   *
   * @param name the principal's name; null for the first principal
   */
  public void setPrincipal(@Nullable String name) {
    principal = name == null ? "" : name;
    targetWorld = name == null ? world : world.forPrincipal(name);
  }

  /** Makes requests as the named principal and then sets the previous principal again. */
  public <T> T asPrincipal(String name, Supplier<T> requests) {
    var before = principal;
    setPrincipal(name.equals(PrincipalNameCheck.FIRST) ? null : name);
    try {
      return requests.get();
    } finally {
      setPrincipal(before.isEmpty() ? null : before);
    }
  }

  /** Adds the principal's id to a message that is sent for a principal other than the first. */
  public void addPrincipal(ObjectNode message) {
    if (!principal.isEmpty()) {
      message.put("principal_id", "did:act:" + principal);
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

  /**
   * Returns the principal's current conversation with the demo agent.
   *
   * @throws UnplayableStep if the principal has said nothing yet
   */
  public ScenarioConversation conversation() {
    var scenarioConversation = scenarioConversations.get(principal);
    if (scenarioConversation == null) {
      throw new UnplayableStep("there is no conversation with the demo agent yet: start with say");
    }
    return scenarioConversation;
  }

  public boolean hasConversation() {
    return scenarioConversations.containsKey(principal);
  }

  /** Opens a new conversation and closes the previous one of the principal. */
  public ScenarioConversation newConversation() {
    var before = scenarioConversations.get(principal);
    if (before != null) {
      before.close();
    }
    var scenarioConversation = ScenarioConversation.open(targetWorld, client);
    scenarioConversations.put(principal, scenarioConversation);
    return scenarioConversation;
  }

  /** Returns the purchase of this name; if there is none yet, the named agent begins it. */
  public OutsidePurchase outsidePurchase(String name, String agent) {
    return outsidePurchases.computeIfAbsent(name, _ -> new OutsidePurchase(name, agent));
  }

  /**
   * Returns the purchase of this name.
   *
   * @throws UnplayableStep if there is none
   */
  public OutsidePurchase existingPurchase(String name) {
    var purchase = outsidePurchases.get(name);
    if (purchase == null) {
      throw new UnplayableStep(
          "no purchase is called %s; there is %s"
              .formatted(
                  name,
                  outsidePurchases.isEmpty()
                      ? "none"
                      : String.join(", ", outsidePurchases.keySet())));
    }
    return purchase;
  }

  /**
   * Returns the authority, sub-account or dispute of this name; creates it for the named agent if
   * there is none yet.
   */
  public OutsideAuthority outsideAuthority(String name, String agent) {
    return outsideAuthorities.computeIfAbsent(name, _ -> new OutsideAuthority(name, agent));
  }

  /**
   * Returns the authority, sub-account or dispute of this name.
   *
   * @throws UnplayableStep if there is none
   */
  public OutsideAuthority existingAuthority(String name) {
    var authority = outsideAuthorities.get(name);
    if (authority == null) {
      throw new UnplayableStep(
          "nothing was given under the name %s; there is %s"
              .formatted(
                  name,
                  outsideAuthorities.isEmpty()
                      ? "nothing"
                      : String.join(", ", outsideAuthorities.keySet())));
    }
    return authority;
  }

  public DelegationClient delegationClient(PurchaseClient purchaseClient) {
    return new DelegationClient(targetWorld, purchaseClient, this::now);
  }

  /**
   * Returns the client of an outside agent. At its first use the agent is registered and gets an
   * instrument on the principal's balance.
   */
  public synchronized PurchaseClient purchaseClient(String name) {
    return purchaseClients.computeIfAbsent(
        principal.isEmpty() ? name : name + " for " + principal,
        _ -> {
          var seed = (name + "-".repeat(32)).substring(0, 32).getBytes(StandardCharsets.UTF_8);
          var agent =
              name.equals(DEMO_AGENT)
                  ? ExternalAgent.impersonated(targetWorld, demoAgentName(), seed)
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

  /**
   * Returns the name of the demo agent in this world, which can differ from {@link #DEMO_AGENT}.
   */
  private String demoAgentName() {
    return getAsOperator("").at("/agent/agent_id").asString("").replace("did:act:", "");
  }

  public Instant now() {
    return Instant.parse(
        client
            .get(targetWorld.api("/clock"), targetWorld.keys().operator())
            .path("now")
            .asString());
  }

  /** Remembers the id of a fault by its name in the file. */
  public void nameFault(String name, String fault) {
    faults.put(name, fault);
  }

  /** Returns the ids of the faults by their names in the file. */
  public Map<String, String> faults() {
    return faults;
  }

  /** Remembers the id of a break of evidence by its name in the file. */
  public void nameBreak(String name, String breakId) {
    breaks.put(name, breakId);
  }

  /** Returns the ids of the breaks of evidence by their names in the file. */
  public Map<String, String> breaks() {
    return breaks;
  }

  /**
   * Makes the result of a step and the facts of all purchases and authorities available as
   * variables.
   */
  public void publish(JsonNode result) {
    scriptVariables.put("last", result);
    if (hasConversation()) {
      scriptVariables.put("agent", conversation().transcript().facts().deepCopy());
    }
    outsidePurchases.forEach((name, purchase) -> scriptVariables.put(name, purchase.known()));
    outsideAuthorities.forEach((name, authority) -> scriptVariables.put(name, authority.known()));
  }

  /**
   * Adds a merchant that runs outside the sandbox.
   *
   * @param merchant the body of {@code POST /merchants} of the control API
   */
  public void addMerchant(JsonNode merchant) {
    var added = client.post(targetWorld.api("/merchants"), targetWorld.keys().operator(), merchant);
    externalMerchants.put(added.path("id").asString(), added.path("role_key").asString());
  }

  /** Returns the ids of the merchants that run outside the sandbox. */
  public Set<String> merchantsOutside() {
    return Set.copyOf(externalMerchants.keySet());
  }

  /** Reads an address inside the world as each agent that can act there, one after the other. */
  public synchronized List<JsonNode> getAsEachAgent(Function<AgentReader, JsonNode> reading) {
    return Stream.concat(
            Stream.of(targetWorld.keys().agent()),
            purchaseClients.values().stream().map(each -> each.agent().key()))
        .distinct()
        .map(key -> reading.apply(path -> client.get(targetWorld.at(path), key)))
        .toList();
  }

  /** Reads addresses inside the world with the key of one agent. */
  public interface AgentReader {
    JsonNode get(String path);
  }

  /** Returns the names, as files write them, of all participants that can act in this world. */
  public synchronized List<String> participants() {
    return Stream.of(
            Stream.of("principal", "operator", DEMO_AGENT),
            Stream.of(
                "sandbox-pay",
                "sandbox-delegations",
                "sandbox-trust",
                "sandbox-credit",
                "sandbox-credit-issuer",
                "sandbox-credit-verifier"),
            targetWorld.keys().merchants().keySet().stream(),
            externalMerchants.keySet().stream(),
            targetWorld.keys().others().stream(),
            agents.keySet().stream())
        .flatMap(names -> names)
        .toList();
  }

  /**
   * Returns a role key by its name in files, such as {@code merchant:raileast}.
   *
   * @return the key; null for {@code none}
   * @throws UnplayableStep if there is no key of this name
   */
  public @Nullable String key(String name) {
    if (name.startsWith("merchant:")) {
      var merchant = name.substring("merchant:".length());
      var inside = targetWorld.keys().merchants().get(merchant);
      var key = inside == null ? externalMerchants.get(merchant) : inside;
      if (key == null) {
        throw new UnplayableStep(
            "no merchant is called %s; there are %s"
                .formatted(merchant, String.join(", ", targetWorld.keys().merchants().keySet())));
      }
      return key;
    }
    if (name.startsWith("agent:")) {
      return purchaseClient(name.substring("agent:".length())).agent().key();
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
   * Runs the work that is due at the present moment; in a world with a running clock nothing waits
   * for that.
   */
  public JsonNode runDueNow() {
    return client.post(
        targetWorld.api("/clock/advance"), targetWorld.keys().operator(), Map.of("by", "PT0S"));
  }

  public JsonNode getAsOperator(String path) {
    return client.get(targetWorld.api(path), targetWorld.keys().operator());
  }

  /** Reads an address inside the world, and not of the control API, with the operator's key. */
  public JsonNode getAsOperatorAt(String path) {
    return client.get(targetWorld.at(path), targetWorld.keys().operator());
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
