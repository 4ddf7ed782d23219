package org.actsandbox.scenarios.check.world;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.Reply;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The world around the merchant: clock, faults, stock, payment service and agents, reached over
 * HTTP with the world's role keys.
 */
public final class CheckWorld {

  private static final Logger LOG = LoggerFactory.getLogger(CheckWorld.class);

  /** The payment service's name in every world. */
  public static final String PSP = "sandbox-pay";

  /** The time of a world in which a mock merchant is checked: the goods are the same every time. */
  public static final Instant TIME_OF_MOCKS = Instant.parse("2026-11-25T01:00:00Z");

  private static final int AGENTS = 6;

  private final TargetWorld target;
  private final SandboxClient client;
  private final OutboundClient outbound;
  private final String agentPrefix;
  private final String run;
  private final List<ExternalAgent> agents = new ArrayList<>();
  private final List<String> armed = new ArrayList<>();
  private final Map<String, String> roleKeys = new HashMap<>();
  private int turn;
  private int ids;

  /**
   * Joins a world.
   *
   * @param run differs between the runs in one world, because ids and agents must be new
   */
  public CheckWorld(TargetWorld target, OutboundClient outbound, String run) {
    this(target, outbound, run, run);
  }

  /**
   * Joins a world in which runs share their agents, because a world has at most 200.
   *
   * @param agents begins the names of the agents
   * @param run differs between the runs in one world, because ids must be new
   */
  public CheckWorld(TargetWorld target, OutboundClient outbound, String agents, String run) {
    this.target = target;
    this.outbound = outbound;
    this.client = new SandboxClient(outbound);
    this.agentPrefix = agents.toLowerCase(Locale.ROOT);
    this.run = run.toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the settings of a world that is made for a check: its clock stands, and its principal
   * can pay for all of it.
   *
   * @param now time at which the clock stands
   */
  public static ObjectNode settings(Instant now) {
    var settings = Json.object();
    settings.putObject("clock").put("mode", "stopped").put("now", now.toString());
    settings.putObject("principal").put("balance", "900000.00").put("card_limit", "50000.00");
    settings.put("model", "built-in");
    return settings;
  }

  public TargetWorld target() {
    return target;
  }

  public OutboundClient outbound() {
    return outbound;
  }

  /** Returns an id that no other message of the run has. */
  public synchronized String nextId() {
    return "ck-" + run + "-" + ++ids;
  }

  /**
   * Returns an agent of the run, another one each time, so that what one check leaves behind does
   * not reach the next.
   */
  public synchronized ExternalAgent nextAgent() {
    if (agents.size() < AGENTS) {
      agents.add(register("check-" + agentPrefix + "-" + (agents.size() + 1)));
      return agents.getLast();
    }
    return agents.get(turn++ % AGENTS);
  }

  /** Cancels the instruments of the run's agents, because an account has at most 50. */
  public synchronized void dismissAgents() {
    // A check may have cancelled one already, so any answer will do.
    agents.forEach(
        agent ->
            unlessGone(
                () ->
                    send(
                        "POST",
                        "/psp/instruments/" + agent.instrumentRef() + "/cancel",
                        target.keys().principal(),
                        Json.object())));
    agents.clear();
  }

  /** Returns the agent of the run with this id. */
  public synchronized ExternalAgent agent(String agentId) {
    return agents.stream()
        .filter(each -> each.agentId().equals(agentId))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no agent of the run is " + agentId));
  }

  /**
   * Registers a merchant that runs elsewhere, or finds it if the world knows its address. The
   * answer has what its process must know; the private key only if it was made just now.
   */
  public JsonNode register(ObjectNode merchant) {
    var known =
        operatorGet("/merchants")
            .path("items")
            .valueStream()
            .filter(each -> each.path("url").equals(merchant.path("url")))
            .findFirst();
    return known
        .map(each -> join(each.path("id").asString()))
        .orElseGet(() -> withRoleKey(operatorPost("/merchants", merchant)));
  }

  /** Finds a merchant from outside that takes part in the world. */
  public JsonNode join(String merchant) {
    return withRoleKey(operatorGet("/merchants/" + merchant));
  }

  /**
   * Returns the settings of a merchant whose process is about to be started. A key that the sandbox
   * made in an earlier run is told no more, so the merchant gets a new one.
   */
  public JsonNode withPrivateKey(JsonNode view) {
    if (!view.at("/key/source").asString("").equals("made") || view.at("/key").has("private_jwk")) {
      return view;
    }
    var path = "/merchants/" + view.path("id").asString();
    return withRoleKey(client.send("PATCH", target.api(path), operator(), Map.of("new_key", true)));
  }

  private JsonNode withRoleKey(JsonNode view) {
    roleKeys.put(view.path("id").asString(""), view.path("role_key").asString(""));
    return view;
  }

  private ExternalAgent register(String name) {
    var seed = (name + "-".repeat(32)).substring(0, 32).getBytes(StandardCharsets.UTF_8);
    return ExternalAgent.register(client, target, name, seed);
  }

  public PurchaseClient buyer(ExternalAgent agent) {
    return new PurchaseClient(target, agent, outbound, this::now);
  }

  public Instant now() {
    return Instant.parse(operatorGet("/clock").path("now").asString());
  }

  /**
   * Moves the clock forward and returns when all that fell due on the way is done; in a stopped
   * world also what follows from earlier requests.
   */
  public void advance(Duration by) {
    operatorPost("/clock/advance", Map.of("by", by.toString()));
  }

  /**
   * Stops the clock until the result is closed. While it runs, what falls due is done in the
   * background, and no check could know when; afterwards it runs on from where it stands then.
   */
  public StoppedClock stopClock() {
    if (operatorGet("/clock").path("mode").asString("").equals("stopped")) {
      return () -> {};
    }
    setClock("stopped");
    return () -> unlessGone(() -> setClock("offset"));
  }

  private void setClock(String mode) {
    client.send("PUT", target.api("/clock"), operator(), Map.of("mode", mode));
  }

  /** A clock that stands until this is closed. */
  @FunctionalInterface
  public interface StoppedClock extends AutoCloseable {

    @Override
    void close();
  }

  /** Orders a fault and returns its id. Faults that are left over end with the check. */
  public String fault(
      String name, String participant, String operation, int count, Map<String, ?> parameters) {
    var order = Json.object();
    order.put("name", name).put("participant", participant).put("operation", operation);
    if (count > 0) {
      order.put("count", count);
    }
    if (!parameters.isEmpty()) {
      order.set("parameters", Json.tree(parameters));
    }
    var id = operatorPost("/faults", order).at("/fault/id").asString();
    armed.add(id);
    return id;
  }

  /** Orders a fault that changes nothing, whose count says how often the operation was called. */
  public String probe(String participant, String operation) {
    return fault("delay", participant, operation, 0, Map.of("ms", 0));
  }

  /** Returns how many requests a fault matched so far. */
  public long matched(String fault) {
    return operatorGet("/faults")
        .path("items")
        .valueStream()
        .filter(each -> each.at("/fault/id").asString().equals(fault))
        .findFirst()
        .orElseThrow()
        .path("matched")
        .asLong();
  }

  /** Ends the faults that this run ordered. */
  public void clearFaults() {
    armed.forEach(
        id ->
            unlessGone(() -> client.send("DELETE", target.api("/faults/" + id), operator(), null)));
    armed.clear();
  }

  /**
   * Takes a step that leaves the world as it was. The results of a run stand when its server ended
   * in the middle, and the check that met that has said so.
   */
  public static void unlessGone(Runnable step) {
    try {
      step.run();
    } catch (NoAnswerException gone) {
      LOG.debug("the world is gone and is not put back", gone);
    }
  }

  /** Changes stock or price of a mock merchant, as its staff or another buyer would. */
  public void disturb(String merchant, ObjectNode order) {
    operatorPost("/merchants/" + merchant + "/disturbances", order);
  }

  /** Gives the payment service a new key; its older keys still verify. */
  public void rotatePaymentServiceKey() {
    operatorPost("/participants/" + PSP + "/keys", Json.object());
  }

  /** Returns the public keys of a participant from its DID document. */
  public KeySet keys(String did) {
    var document = client.get(target.at("/dids/" + did), null);
    var set = Json.object();
    var keys = set.putArray("keys");
    document.path("verificationMethod").forEach(each -> keys.add(each.path("publicKeyJwk")));
    return KeySet.parse(Json.write(set));
  }

  public JsonNode wallet() {
    return client.get(target.at("/psp/wallet"), target.keys().principal());
  }

  /** Returns the payment service's log of what it told the merchant about a trade. */
  public List<JsonNode> notifications(String merchant, String tradeNo) {
    return client
        .get(target.at("/psp/notifications"), merchantKey(merchant))
        .path("items")
        .valueStream()
        .filter(each -> each.toString().contains("\"" + tradeNo + "\""))
        .toList();
  }

  /** Has the payment service send a notification of its log once more. */
  public Reply resend(String merchant, String notificationId) {
    return send(
        "POST", "/psp/notifications/" + notificationId + "/resend", merchantKey(merchant), null);
  }

  /** Returns the key with which the merchant calls the payment service; null if it has none. */
  public @Nullable String merchantKey(String merchant) {
    return roleKeys.getOrDefault(merchant, target.keys().merchants().get(merchant));
  }

  /** Sends any request into the world and returns the answer with any status. */
  public Reply send(String method, String path, @Nullable String key, @Nullable Object body) {
    var headers = new HashMap<String, String>();
    if (key != null) {
      headers.put("Authorization", "Bearer " + key);
    }
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    return new Reply(
        outbound.send(
            new OutboundClient.Call(
                method,
                target.at(path),
                headers,
                body == null ? new byte[0] : Json.bytes(body),
                Duration.ofSeconds(30))));
  }

  private JsonNode operatorGet(String path) {
    return client.get(target.api(path), operator());
  }

  private JsonNode operatorPost(String path, Object body) {
    return client.post(target.api(path), operator(), body);
  }

  private String operator() {
    return target.keys().operator();
  }
}
