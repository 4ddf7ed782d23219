package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.evidence.EvidenceBundles;
import org.actsandbox.sandbox.external.MerchantHost;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests railways, hotels and services that run outside the sandbox, beside mock ones. */
class ExternalKindTests {

  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");

  private static final String TICKET = "Find me a second-class ticket to Shanghai on March 9";
  private static final String NIGHTS = "A hotel in Shanghai from March 9, two nights";

  private static final SandboxServer SERVER = SandboxServer.shared();

  private static MerchantHost host;

  private final Map<String, String> env = new HashMap<>();
  private final SandboxServer server = SERVER;
  private final World world =
      server
          .worlds()
          .create(
              new Worlds.NewWorld(
                  null,
                  // Of some seeds GoTrip has a coupon, and is cheaper than the merchants outside.
                  "without-a-coupon",
                  WorldSettings.DEFAULT.withMerchants(
                      List.of("gotrip-rail", "gotrip-hotels", "tickwell", "lingobee")),
                  ClockState.of(WorldClock.Mode.STOPPED, START, START)));

  @BeforeAll
  static void start() {
    host = MerchantHost.start();
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  private void open(String id, MerchantKind kind, String name) {
    var body = new HashMap<String, Object>(Map.of("id", id, "level", "shop", "name", name));
    body.put("url", host.address(world.name(), id));
    body.put("kind", kind.code());
    var added =
        server.post(
            "/api/worlds/" + world.name() + "/merchants",
            Json.write(body),
            bearer(server.operator(world)));
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    var settings = added.json().path("env").asString();
    env.put(id, settings);
    host.open(settings, kind, name);
  }

  private static List<JsonNode> offers(DirectedConversation conversation) {
    return conversation.told("offers").getLast().findParents("offer_id");
  }

  /** Chooses the first offer of the merchant, and pays. */
  private static String bought(DirectedConversation conversation, String merchant) {
    chosen(conversation, merchant);
    conversation.approvesLast();
    var orderNo = conversation.told("payment_needed").getLast().path("order_no").asString();
    assertThat(conversation.told("delivery")).as(conversation.said()).hasSize(1);
    host.awaitDelivered(orderNo);
    return orderNo;
  }

  private static void chosen(DirectedConversation conversation, String merchant) {
    assertThat(conversation.told("offers")).as(conversation.said()).isNotEmpty();
    var offer =
        offers(conversation).stream()
            .filter(each -> each.path("merchant_id").asString("").equals(merchant))
            .findFirst();
    assertThat(offer).as(conversation.said()).isPresent();
    conversation.post(
        conversation.conversationPath() + "/choice",
        Json.write(Map.of("offer_ids", List.of(offer.get().path("offer_id").asString()))));
    conversation.rests();
    assertThat(conversation.told("payment_needed")).as(conversation.said()).isNotEmpty();
  }

  private JsonNode cancelled(String merchant, String orderNo) {
    var message = Json.object();
    message.put("request_id", "cancel-1").put("intent_id", "I-1").put("order_no", orderNo);
    message.put("agent_id", World.AGENT.value()).put("timestamp", START.toString());
    var answer =
        server.post(
            "/w/" + world.name() + "/merchants/" + merchant + "/orders/" + orderNo + "/cancel",
            Json.write(SignedJson.sign(message, world.signer(World.AGENT))),
            bearer(world.roleKey(Role.AGENT, null)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private JsonNode order(String merchant) {
    return server
        .get(
            "/w/" + world.name() + "/orders?merchant=" + merchant,
            bearer(world.roleKey(Role.AGENT, null)))
        .json()
        .at("/items/0");
  }

  private String api(String path) {
    var answer = server.get("/api/worlds/" + world.name() + path, bearer(server.operator(world)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.text();
  }

  @Test
  void aTicketIsBoughtAtARailwayOutsideAndCancelledWithItsRefund() {
    open("north-rail", MerchantKind.TRAIN, "North rail");
    var conversation = new DirectedConversation(server, world);

    conversation.says(TICKET);
    var orderNo = bought(conversation, "north-rail");

    assertThat(offers(conversation).stream().map(each -> each.path("merchant_id").asString("")))
        .contains("north-rail", "gotrip-rail");
    assertThat(conversation.told("delivery")).as(conversation.said()).hasSize(1);
    assertThat(conversation.told("delivery").getFirst().at("/delivery/kind").asString())
        .isEqualTo("train");
    assertThat(new EvidenceBundles(world).verified(orderNo).verified()).isTrue();
    assertThat(order("north-rail").path("status").asString()).isEqualTo("DELIVERED");

    var cancelled = cancelled("north-rail", orderNo);
    conversation.rests();

    assertThat(cancelled.path("status").asString()).isEqualTo("CANCELLED");
    assertThat(order("north-rail").path("status").asString()).isEqualTo("CANCELLED");
    assertThat(order("north-rail").path("refunded").asString("")).isNotEmpty();
    conversation.ledgerIsEven();
    assertThat(api("/knowledge")).contains("north-rail");
    assertThat(api("/journal/export?format=json")).contains("did:act:north-rail");
  }

  @Test
  void aNightIsBoughtAtAHotelOutside() {
    open("garden-inn", MerchantKind.HOTEL, "Garden inn");
    var conversation = new DirectedConversation(server, world);

    conversation.says(NIGHTS);
    var orderNo = bought(conversation, "garden-inn");

    assertThat(offers(conversation).stream().map(each -> each.path("merchant_id").asString("")))
        .contains("garden-inn", "gotrip-hotels");
    assertThat(conversation.told("delivery")).as(conversation.said()).hasSize(1);
    assertThat(conversation.told("delivery").getFirst().at("/delivery/kind").asString())
        .isEqualTo("hotel");
    assertThat(new EvidenceBundles(world).verified(orderNo).verified()).isTrue();
    assertThat(order("garden-inn").path("status").asString()).isEqualTo("DELIVERED");
    conversation.ledgerIsEven();
  }

  @Test
  void aServiceOutsideTakesItsPartInATask() {
    open("print-desk", MerchantKind.SERVICE, "Print desk");
    var task = new TaskConversation(new DirectedConversation(server, world));

    task.authorizes(TaskConversation.SENTENCE).funds("20.00");

    assertThat(task.state()).as(task.talk.said()).isEqualTo("done");
    assertThat(task.sellers()).containsExactly("tickwell", "tickwell", "lingobee", "print-desk");
    assertThat(task.report()).contains("<polyline");
    task.moneyIsRight();
    assertThat(task.talk.journal(JournalNote.Kind.STATE))
        .anySatisfy(entry -> assertThat(entry.actor()).isEqualTo("did:act:print-desk"));
  }

  private JsonNode claimed(String orderNo, String kind) {
    var opened =
        server.post(
            "/w/" + world.name() + "/trust/disputes",
            Json.write(
                Map.of(
                    "order_no", orderNo, "kind", kind, "description", "Wrong.", "pin", "246810")),
            bearer(world.roleKey(Role.PRINCIPAL, null)));
    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    world.clock().advanceTo(world.clock().instant());
    return dispute(opened.json().path("dispute_id").asString());
  }

  private JsonNode dispute(String id) {
    return server
        .get(
            "/w/" + world.name() + "/trust/disputes/" + id,
            bearer(world.roleKey(Role.PRINCIPAL, null)))
        .json();
  }

  @Test
  void aRailwayOutsideAnswersDisputesWithItsOwnRecords() {
    open("north-rail", MerchantKind.TRAIN, "North rail");
    var conversation = new DirectedConversation(server, world);
    conversation.says(TICKET);
    var orderNo = bought(conversation, "north-rail");

    for (var kind : List.of("not_delivered", "wrong_item", "not_authorized")) {
      var dispute = claimed(orderNo, kind);

      assertThat(dispute.path("outcome").asString()).as(dispute.toString()).isEqualTo("dismissed");
      assertThat(dispute.at("/parties/0/party").asString()).isEqualTo("did:act:north-rail");
      assertThat(dispute.at("/parties/0/records").findValuesAsString("result"))
          .containsExactly("VERIFIED", "VERIFIED");
    }
    assertThat(new EvidenceBundles(world).verified(orderNo).verified()).isTrue();
  }

  @Test
  void aHotelThatDoesNotAnswerADisputeLosesIt() {
    open("garden-inn", MerchantKind.HOTEL, "Garden inn");
    var conversation = new DirectedConversation(server, world);
    conversation.says(NIGHTS);
    var orderNo = bought(conversation, "garden-inn");
    host.shut(world.name(), "garden-inn");

    var opened = claimed(orderNo, "not_delivered");
    assertThat(opened.path("state").asString()).isEqualTo("evidence_requested");
    assertThat(opened.at("/parties/0/answer").asString()).isEqualTo("waiting");
    conversation.passes(Duration.ofHours(25));

    var decided = dispute(opened.path("dispute_id").asString());
    assertThat(decided.path("outcome").asString()).as(decided.toString()).isEqualTo("upheld");
    assertThat(decided.at("/refund/state").asString()).isEqualTo("done");
    assertThat(order("garden-inn").path("status").asString()).isEqualTo("REFUNDED");
    conversation.ledgerIsEven();
  }

  @Test
  void faultsAtItsEdgeAndTheEndOfAHoldAreSeenAsAtAMockHotel() {
    open("garden-inn", MerchantKind.HOTEL, "Garden inn");
    var conversation = new DirectedConversation(server, world);
    conversation.fault("lost_answer", "garden-inn", "POST /carts", 1);
    conversation.says(NIGHTS);
    chosen(conversation, "garden-inn");
    assertThat(order("garden-inn").path("status").asString()).isEqualTo("HELD");

    conversation.passes(Duration.ofMinutes(16));

    assertThat(order("garden-inn").path("status").asString()).isEqualTo("EXPIRED");
    assertThat(conversation.paid()).isEmpty();
    assertThat(conversation.journal()).contains("lost_answer", "/merchants/garden-inn/carts");
  }

  @Test
  void aRecordIsTakenOnceAndOnlyIfItIsTheMerchantsOwnAndTrue() {
    open("north-rail", MerchantKind.TRAIN, "North rail");
    open("south-rail", MerchantKind.TRAIN, "South rail");
    var conversation = new DirectedConversation(server, world);
    conversation.says(TICKET);
    var orderNo = bought(conversation, "north-rail");
    var path = "/w/" + world.name() + "/trust/records";
    var cart = "north-rail.cart." + orderNo;
    var record =
        server.get(path + "/" + cart, bearer(server.operator(world))).json().path("record");
    var delivery = Json.read(record, OffChainRecord.class);
    var untrue = delivery.eventBody().deepCopy().put("total", "1.00");

    assertThat(deposited("north-rail", record)).isEqualTo("201");
    assertThat(deposited("south-rail", record))
        .isEqualTo("403 key_forbidden participants[0].participant_id");
    assertThat(deposited("north-rail", other(delivery, cart, delivery.eventBody())))
        .isEqualTo("409 duplicate_request record_id");
    assertThat(deposited("north-rail", other(delivery, cart, untrue)))
        .isEqualTo("400 invalid_field event_body.total");
    assertThat(deposited("north-rail", other(delivery, cart + "-2", delivery.eventBody())))
        .isEqualTo("400 invalid_field record_id");
    assertThat(deposited("north-rail", ((ObjectNode) record.deepCopy()).put("salt", "AAAA")))
        .isEqualTo("400 invalid_field body");
    assertThat(server.post(path, Json.write(record)).status()).isEqualTo(401);
    assertThat(new EvidenceBundles(world).verified(orderNo).verified()).isTrue();
  }

  /** Makes another record of the same event with a right signature. */
  private JsonNode other(OffChainRecord record, String id, ObjectNode body) {
    return Json.tree(
        OffChainRecord.of(
            new AttestationEvent(
                record.eventType(),
                record.businessTime(),
                record.links(),
                record.participants(),
                body),
            new OffChainRecord.Creation(
                id, record.recordTime(), List.of(), new byte[16], HashAlgorithm.SHA_256),
            MerchantHost.signer(env.getOrDefault("north-rail", ""))));
  }

  private String deposited(String merchant, JsonNode record) {
    var answer =
        server.post(
            "/w/" + world.name() + "/trust/records",
            Json.write(record),
            bearer(world.roleKey(Role.MERCHANT, Did.of(merchant))));
    var detail = answer.json().at("/error/details");
    return (answer.status()
            + " "
            + detail.path("code").asString("")
            + " "
            + detail.path("field").asString(""))
        .strip();
  }

  @Test
  void aWatchBuysAtARailwayOutsideUnderAnAuthority() {
    open("north-rail", MerchantKind.TRAIN, "North rail");
    var conversation = new DirectedConversation(server, world);

    conversation.authorizes(
        "Buy me a second-class ticket to Shanghai on March 9, at most 75 yuan, keep trying until"
            + " Friday");

    assertThat(conversation.state()).as(conversation.said()).isEqualTo("done");
    assertThat(order("north-rail").path("status").asString()).isEqualTo("DELIVERED");
    assertThat(order("north-rail").path("delegation_id").asString("")).isNotEmpty();
    host.awaitDelivered(order("north-rail").path("order_no").asString());
    assertThat(
            new EvidenceBundles(world)
                .verified(order("north-rail").path("order_no").asString())
                .verified())
        .isTrue();
    conversation.ledgerIsEven();
  }
}
