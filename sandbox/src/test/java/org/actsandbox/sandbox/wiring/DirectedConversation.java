package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Simulates a principal who talks to the agent and decides, in a stopped world: Sunday, 20 December
 * 2026, nine in the morning in Beijing. Tickets for 20 January are sold from the next midnight on.
 */
public final class DirectedConversation {

  public static final Instant SUNDAY = Instant.parse("2026-12-20T01:00:00Z");
  static final Instant SALE = Instant.parse("2026-12-20T16:00:00Z");
  public static final String SENTENCE =
      "Get me a second-class ticket to Harbin on January 20, at most 600 yuan, keep trying until"
          + " Friday";
  private static final String PIN = "246810";

  SandboxServer server;
  World world;
  private final String principal;
  private final String conversation;

  DirectedConversation() {
    this(settings("20000.00", PriceTolerance.NONE, false));
  }

  DirectedConversation(WorldSettings settings) {
    this(SandboxServer.shared(), settings);
  }

  DirectedConversation(SandboxServer on, WorldSettings settings) {
    this(
        on,
        on.worlds()
            .create(
                new Worlds.NewWorld(
                    null, null, settings, ClockState.of(WorldClock.Mode.STOPPED, SUNDAY, SUNDAY))));
  }

  /** Starts a conversation in an existing world. */
  public DirectedConversation(SandboxServer on, World known) {
    this(on, known, World.PRINCIPAL);
  }

  /** Starts a conversation of one of the world's principals. */
  DirectedConversation(SandboxServer on, World known, Did who) {
    server = on;
    world = known;
    principal = world.roleKey(Role.PRINCIPAL, who);
    var opened = post("/agents/demo-agent/conversations", "{}");
    conversation = "/agents/demo-agent/conversations/" + opened.path("conversation_id").asString();
  }

  /**
   * Returns the same conversation after the server was stopped and another one started on its data.
   */
  DirectedConversation on(SandboxServer restarted) {
    server = restarted;
    world = restarted.world(world.name());
    return this;
  }

  static WorldSettings settings(String balance, PriceTolerance tolerance, boolean asksEvery) {
    return new WorldSettings(
        "en",
        "Beijing",
        "Wensan Road 90, Xihu District, Hangzhou",
        new BigDecimal(balance),
        new BigDecimal("50000.00"),
        List.of(),
        tolerance,
        asksEvery,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Sends a sentence and lets the agent answer. */
  public DirectedConversation says(String sentence) {
    post(conversation + "/messages", Json.write(Map.of("text", sentence)));
    rests();
    return this;
  }

  /** Chooses the offer that the agent recommended last. */
  public DirectedConversation takesRecommended() {
    post(
        conversation + "/choice",
        Json.write(Map.of("offer_ids", told("offers").getLast().path("recommended"))));
    rests();
    return this;
  }

  /** Returns the last request for authority in the conversation. */
  JsonNode request() {
    return told("delegation_request").getLast();
  }

  /**
   * Lets the agent request the same intent with another draft, so that the credential permits less
   * than the agent assumes.
   */
  DirectedConversation narrows(Consumer<ObjectNode> change) {
    var id = request().path("intent_id").asString();
    var isr = (ObjectNode) get("/delegations/intents/" + id).path("isr").deepCopy();
    change.accept(isr);
    var draft = Json.object();
    draft.set("isr", isr);
    draft.put("timestamp", world.clock().instant().toString());
    var signed = Json.write(SignedJson.sign(draft, world.signer(World.AGENT)));
    var key = bearer(world.roleKey(Role.AGENT, null));
    var taken = server.post(path("/delegations/intents"), signed, key);
    assertThat(taken.status()).as(taken.text()).isBetween(200, 201);
    return this;
  }

  /** Approves or declines the last requested authority. */
  DirectedConversation decides(String decision) {
    return decides(request().path("intent_id").asString(), decision);
  }

  /** Approves the first draft as soon as the delegation service has it, while the agent works. */
  DirectedConversation saysAndApprovesAtOnce(String sentence) {
    post(conversation + "/messages", Json.write(Map.of("text", sentence)));
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (get("/delegations/intents").path("items").isEmpty()) {
      assertThat(System.nanoTime()).as("asked in time").isLessThan(end);
      Thread.onSpinWait();
    }
    return decides(get("/delegations/intents").at("/items/0/intent_id").asString(), "APPROVE");
  }

  private DirectedConversation decides(String intentId, String decision) {
    var path = "/delegations/intents/" + intentId + "/confirmation";
    var shown = get(path);
    post(
        path,
        Json.write(
            decision.equals("APPROVE")
                ? Map.of(
                    "decision", decision, "digest", shown.path("digest").asString(), "pin", PIN)
                : Map.of("decision", decision)));
    rests();
    return this;
  }

  public DirectedConversation authorizes(String sentence) {
    return says(sentence).decides("APPROVE");
  }

  /** Approves the payment that the agent asked for last. */
  public void approvesLast() {
    approves(told("payment_needed").getLast().path("trade_no").asString());
  }

  /** Approves the payment that the cashier shows. */
  void approves(String tradeNo) {
    var path = "/psp/payments/" + tradeNo + "/approval";
    var shown = get(path);
    post(
        path,
        Json.write(
            Map.of("decision", "APPROVE", "digest", shown.path("digest").asString(), "pin", PIN)));
    rests();
  }

  /** Waits until running turns have ended and due work is done. A running clock does not wait. */
  void rests() {
    if (world.clock().mode() == WorldClock.Mode.STOPPED) {
      world.clock().advanceTo(world.clock().instant());
    }
  }

  public void passes(Duration time) {
    world.clock().advanceTo(world.clock().instant().plus(time));
  }

  public void until(Instant moment) {
    world.clock().advanceTo(moment);
  }

  String conversationPath() {
    return conversation;
  }

  void moves(String how) {
    post(
        "/delegations/iacs/" + delegationId() + "/" + how,
        how.equals("resume") ? "{\"pin\": \"246810\"}" : "{\"reason\": \"test\"}");
    rests();
  }

  String delegationId() {
    return watch().path("delegated").path("delegation_id").asString("");
  }

  /** Returns the newest watch, as the principal sees it. */
  JsonNode watch() {
    return get("/agents/demo-agent/watches").path("items").path(0);
  }

  public String state() {
    return watch().path("state").asString("none");
  }

  public String code() {
    return watch().path("progress").path("code").asString("");
  }

  public List<JsonNode> told(String type) {
    var events =
        get(conversation)
            .path("events")
            .valueStream()
            .filter(event -> event.path("type").asString().equals(type))
            .map(event -> event.path("data"))
            .toList();
    var fields = ConversationEventType.find(type).orElseThrow().fields();
    assertThat(events).allSatisfy(data -> assertThat(fields).containsAll(data.propertyNames()));
    return events;
  }

  /** Returns everything that the agent said, on lines. */
  public String said() {
    return told("message").stream()
        .map(message -> message.path("text").asString())
        .collect(Collectors.joining("\n"));
  }

  /** Returns the payments that the payment service has made. */
  List<JsonNode> paid() {
    return get("/psp/payments")
        .path("items")
        .valueStream()
        .filter(payment -> payment.path("status").asString().equalsIgnoreCase("PAID"))
        .toList();
  }

  JsonNode sums() {
    return get("/psp/delegations/" + delegationId());
  }

  public void fault(String name, String participant, String operation, long count) {
    world
        .faults()
        .add(new FaultRequest(name, participant, operation, null, null, count, null, null));
  }

  void faultsAreOver() {
    var answer =
        server.send(
            "DELETE",
            "/api/worlds/" + world.name() + "/faults",
            null,
            bearer(server.operator(world)));
    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
  }

  void disturbs(String merchant, String order) {
    var answer =
        server.post(
            "/api/worlds/" + world.name() + "/merchants/" + merchant + "/disturbances",
            order,
            bearer(server.operator(world)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
  }

  /** Returns the notes of a kind in the journal, oldest first. */
  public List<JournalEntry> journal(JournalNote.Kind kind) {
    return world
        .journalStore()
        .page(new JournalQuery(0, JournalQuery.MAX_LIMIT, kind, null, null, null, Map.of()))
        .items();
  }

  String journal() {
    return server
        .get("/api/worlds/" + world.name() + "/journal?limit=500", bearer(server.operator(world)))
        .text();
  }

  void ledgerIsEven() {
    var sum =
        server
            .get(path("/psp/ledger/balance"), bearer(server.operator(world)))
            .json()
            .path("sum")
            .asString();
    assertThat(new BigDecimal(sum)).isZero();
  }

  JsonNode get(String path) {
    var answer = server.get(path(path), bearer(principal));
    assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(200);
    return answer.json();
  }

  JsonNode post(String path, String body) {
    var answer = server.post(path(path), body, bearer(principal));
    assertThat(answer.status()).as(path + ": " + answer.text()).isBetween(200, 299);
    return answer.json();
  }

  int status(String path, String body) {
    return server.post(path(path), body).status();
  }

  String path(String path) {
    return "/w/" + world.name() + path;
  }
}
