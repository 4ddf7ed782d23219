package org.actsandbox.sandbox.notification;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.notification.WebhookSignature;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.wiring.DirectedConversation;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Tests webhook endpoints and the delivery log over the API, in stopped worlds. */
class WebhookApiTests {

  private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");
  private static final String AGENT = "did:act:demo-agent";
  private static final String SHOP = "did:act:luma-mart";

  static final SandboxServer server = SandboxServer.shared();

  World world;
  WebhookReceiver receiver;

  @BeforeEach
  void open() {
    world = newWorld(null);
    receiver = new WebhookReceiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private static World newWorld(@Nullable String seed) {
    return server
        .worlds()
        .create(
            new Worlds.NewWorld(
                null,
                seed,
                WorldSettings.DEFAULT.withMerchants(List.of("luma-mart")),
                ClockState.of(WorldClock.Mode.STOPPED, START, START)));
  }

  private String[] operator() {
    return bearer(server.operator(world));
  }

  private String[] agent() {
    return bearer(world.roleKey(Role.AGENT, null));
  }

  private String[] merchant() {
    return bearer(world.roleKey(Role.MERCHANT, Did.of("luma-mart")));
  }

  private String api(String path) {
    return "/api/worlds/" + world.name() + path;
  }

  private String own(String path) {
    return "/w/" + world.name() + path;
  }

  private JsonNode post(String path, Map<String, ?> body, String... key) {
    var answer = server.post(path, Json.write(body), key);
    assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
    return answer.json();
  }

  private JsonNode add(String owner, String path, String signature) {
    return post(
        api("/webhooks"),
        Map.of("owner", owner, "url", receiver.url(path), "signature", signature),
        operator());
  }

  private static String id(JsonNode endpoint) {
    return endpoint.path("endpoint_id").asString();
  }

  private JsonNode test(JsonNode endpoint) {
    return post(api("/webhooks/" + id(endpoint) + "/test"), Map.of(), operator());
  }

  private void advance(Duration by) {
    post(api("/clock/advance"), Map.of("by", by.toString()), operator());
  }

  private List<String> arrived(String path) {
    return receiver.arrivals.stream()
        .filter(each -> each.path().equals(path))
        .map(each -> each.header("webhook-id"))
        .toList();
  }

  private JsonNode delivery(JsonNode detail) {
    return server
        .get(api("/deliveries/" + detail.at("/delivery/delivery_id").asString()), operator())
        .json();
  }

  private DirectedConversation buysACharger() {
    var conversation = new DirectedConversation(server, world);
    conversation.says("I need a charger, at most 300 yuan");
    conversation.takesRecommended();
    return conversation;
  }

  @Test
  void agentAndMerchantAreToldOfTheSamePaymentAndCanVerifyWhoSays() {
    var byAgent =
        post(own("/webhooks"), Map.of("url", receiver.url("/a"), "signature", "secret"), agent());
    post(
        own("/webhooks"),
        Map.of("url", receiver.url("/m"), "events", List.of("payment_succeeded")),
        merchant());
    var conversation = buysACharger();
    conversation.approvesLast();
    advance(Duration.ZERO);

    var toAgent = receiver.arrivals.stream().filter(each -> each.path().equals("/a")).toList();
    assertThat(toAgent.stream().map(WebhookReceiver.Arrival::event))
        .containsExactly("payment_succeeded", "fulfilment_confirmed");
    var toMerchant = receiver.arrivals.stream().filter(each -> each.path().equals("/m")).toList();
    assertThat(toMerchant).hasSize(1);
    assertThat(toMerchant.getFirst().body()).isEqualTo(toAgent.getFirst().body());
    assertThat(SignedJson.verify(toAgent.getFirst().json(), world.directory()))
        .isEqualTo(World.PSP);
    assertThat(toAgent)
        .allSatisfy(each -> assertThat(isValid(each, byAgent.path("secret").asString())).isTrue());
    assertThat(isValid(toMerchant.getFirst(), byAgent.path("secret").asString())).isFalse();

    var log = server.get(own("/deliveries?event=payment_succeeded"), merchant()).json();
    assertThat(log.path("items").valueStream().map(each -> each.path("endpoint_id").asString()))
        .hasSize(2)
        .contains("standard");
  }

  private boolean isValid(WebhookReceiver.Arrival arrival, String secret) {
    return WebhookSignature.verify(
        secret,
        arrival.header("webhook-id"),
        arrival.header("webhook-timestamp"),
        arrival.header("webhook-signature"),
        arrival.body(),
        Instant.parse(arrival.header("Act-Time")),
        Duration.ofMinutes(5));
  }

  @Test
  void anAgentIsToldWhatBecomesOfAnAuthority() {
    world =
        server
            .worlds()
            .create(
                new Worlds.NewWorld(
                    null,
                    null,
                    WorldSettings.DEFAULT,
                    ClockState.of(
                        WorldClock.Mode.STOPPED,
                        DirectedConversation.SUNDAY,
                        DirectedConversation.SUNDAY)));
    post(own("/webhooks"), Map.of("url", receiver.url("/a")), agent());
    var conversation = new DirectedConversation(server, world);
    conversation.authorizes(DirectedConversation.SENTENCE);
    var intent = server.get(own("/delegations/iacs"), principal()).json().at("/items/0");
    post(
        own("/delegations/iacs/" + intent.path("delegation_id").asString() + "/revoke"),
        Map.of("reason", "changed my mind"),
        principal());
    advance(Duration.ZERO);

    assertThat(receiver.arrivals.stream().map(WebhookReceiver.Arrival::event))
        .startsWith("delegation_issued")
        .contains("delegation_revoked");
    assertThat(SignedJson.verify(receiver.arrivals.getFirst().json(), world.directory()))
        .isEqualTo(World.DELEGATIONS);
  }

  private String[] principal() {
    return bearer(world.roleKey(Role.PRINCIPAL, null));
  }

  @Test
  void bothSidesAreToldOfADispute() {
    add(AGENT, "/a", "key");
    add(SHOP, "/m", "key");
    var conversation = buysACharger();
    var orderNo = conversation.told("payment_needed").getLast().path("order_no").asString();
    conversation.approvesLast();
    var claim =
        Map.of("order_no", orderNo, "kind", "not_delivered", "description", "Nothing came.");
    post(api("/disputes"), claim, operator());
    advance(Duration.ofDays(4));

    for (var path : List.of("/a", "/m")) {
      var disputes =
          receiver.arrivals.stream()
              .filter(each -> each.path().equals(path) && each.event().startsWith("dispute_"))
              .toList();
      assertThat(disputes.stream().map(WebhookReceiver.Arrival::event))
          .containsExactly("dispute_opened", "dispute_decided");
      assertThat(SignedJson.verify(disputes.getLast().json(), world.directory()))
          .isEqualTo(World.TRUST);
      assertThat(disputes.getLast().json().path("outcome").asString()).isNotBlank();
    }
  }

  @Test
  void aSecretIsRotatedWithAnOverlapByTheWorldsClock() {
    var endpoint = add(AGENT, "/a", "secret");
    var first = endpoint.path("secret").asString();
    var rotated =
        post(
            api("/webhooks/" + id(endpoint) + "/secrets"),
            Map.of("overlap_seconds", 60),
            operator());
    var second = rotated.path("secret").asString();
    test(endpoint);
    advance(Duration.ofSeconds(61));
    test(endpoint);

    assertThat(isValid(receiver.arrivals.get(0), first)).isTrue();
    assertThat(isValid(receiver.arrivals.get(0), second)).isTrue();
    assertThat(isValid(receiver.arrivals.get(1), first)).isFalse();
    assertThat(isValid(receiver.arrivals.get(1), second)).isTrue();
    assertThat(server.get(api("/webhooks/" + id(endpoint)), operator()).text())
        .doesNotContain("whsec_");
  }

  @Test
  void theSecretIsInNoJournalNoLogAndNoTable() {
    var endpoint =
        post(own("/webhooks"), Map.of("url", receiver.url("/a"), "signature", "secret"), agent());
    var secret = endpoint.path("secret").asString();
    receiver.answering =
        exchange -> {
          var echo = ("{\"secret\":\"" + secret + "\"}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(500, echo.length);
          exchange.getResponseBody().write(echo);
        };
    var detail = test(endpoint);

    assertThat(detail.at("/tries/0/answer").asString()).contains("***").doesNotContain(secret);
    assertThat(server.get(api("/journal/export?format=json"), operator()).text())
        .contains("webhook-added")
        .doesNotContain(secret);
    var rows =
        server.bean(JdbcClient.class).sql("select * from webhook_endpoint").query().listOfRows();
    assertThat(rows.toString()).contains(id(endpoint)).doesNotContain("whsec_");
  }

  @Test
  void whatIsHeldBackIsReleasedInEitherOrderAndOnce() {
    var endpoint = add(AGENT, "/a", "key");
    var path = api("/webhooks/" + id(endpoint));
    server.send("PATCH", path, "{\"held\":true}", operator());
    var ids = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      ids.add(test(endpoint).at("/delivery/notification_id").asString());
      advance(Duration.ofSeconds(1));
    }
    assertThat(receiver.arrivals).isEmpty();

    var released = post(path + "/release", Map.of("order", "newest_first"), operator());
    assertThat(released.path("delivered").asInt()).isEqualTo(3);
    assertThat(arrived("/a")).containsExactlyElementsOf(ids.reversed());
    post(path + "/release", Map.of(), operator());
    assertThat(receiver.arrivals).hasSize(3);
  }

  @Test
  void copiesHaveTheSameIdAndTheSameBytes() {
    var sent = test(add(AGENT, "/a", "key"));
    post(
        api("/deliveries/" + sent.at("/delivery/delivery_id").asString() + "/resend"),
        Map.of("copies", 2),
        operator());

    assertThat(arrived("/a")).hasSize(3).containsOnly(arrived("/a").getFirst());
    assertThat(receiver.arrivals.get(2).body()).isEqualTo(receiver.arrivals.get(0).body());
    assertThat(delivery(sent).path("tries").valueStream().map(each -> each.path("number").asInt()))
        .containsExactly(1, 2, 3);
  }

  @Test
  void aLostAnswerIsRepeatedByTheClockWithTheSameId() {
    receiver.answering = exchange -> exchange.close();
    var sent = test(add(AGENT, "/a", "key"));
    assertThat(sent.at("/delivery/status").asString()).isEqualTo("PENDING");
    assertThat(sent.at("/delivery/next_attempt_at").asString())
        .isEqualTo(START.plusSeconds(2).toString());
    receiver.answersWith(200);
    advance(Duration.ofSeconds(2));

    assertThat(delivery(sent).at("/delivery/status").asString()).isEqualTo("DELIVERED");
    assertThat(arrived("/a").stream().distinct()).hasSize(1);
  }

  @Test
  void anOutageIsMadeGoodInOrderUpToTheFirstThatFailsAgain() {
    var endpoint = add(AGENT, "/a", "key");
    receiver.answersWith(503);
    var ids = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      var detail = test(endpoint);
      ids.add(detail.at("/delivery/notification_id").asString());
      advance(Duration.ofHours(20));
    }
    assertThat(
            server
                .get(api("/deliveries?status=GIVEN_UP&endpoint=" + id(endpoint)), operator())
                .json()
                .path("items")
                .size())
        .isEqualTo(3);
    var replay = Map.of("since", START.toString(), "owner", AGENT);
    receiver.arrivals.clear();
    var failed = post(api("/deliveries/replay"), replay, operator());
    assertThat(failed.path("delivered").asInt()).isZero();
    assertThat(failed.path("left").asInt()).isEqualTo(2);
    assertThat(receiver.arrivals).hasSize(1);

    receiver.answersWith(200);
    receiver.arrivals.clear();
    assertThat(post(api("/deliveries/replay"), replay, operator()).path("delivered").asInt())
        .isEqualTo(3);
    assertThat(arrived("/a")).containsExactlyElementsOf(ids);
    post(api("/deliveries/replay"), replay, operator());
    assertThat(receiver.arrivals).hasSize(3);
  }

  @Test
  void aRedirectAHugeAnswerAndAnEndpointThatIsGoneAreFailures() {
    var endpoint = add(AGENT, "/a", "key");
    receiver.answering =
        exchange -> {
          exchange.getResponseHeaders().set("Location", receiver.url("/elsewhere"));
          exchange.sendResponseHeaders(302, -1);
        };
    assertThat(test(endpoint).at("/delivery/last_outcome").asString()).isEqualTo("status 302");
    assertThat(arrived("/elsewhere")).isEmpty();

    receiver.answering =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          var part = new byte[64 * 1024];
          for (int i = 0; i < 40; i++) {
            exchange.getResponseBody().write(part);
          }
        };
    assertThat(test(endpoint).at("/delivery/last_outcome").asString()).isEqualTo("no answer");

    receiver.close();
    var gone = test(endpoint);
    assertThat(gone.at("/delivery/last_outcome").asString()).isEqualTo("no answer");
    assertThat(gone.at("/tries/0/answer").asString()).isNotBlank();
    server.send("DELETE", api("/webhooks/" + id(endpoint)), null, operator());
    advance(Duration.ofSeconds(2));
    assertThat(delivery(gone).at("/delivery/status").asString()).isEqualTo("GIVEN_UP");
    assertThat(delivery(gone).at("/delivery/last_outcome").asString())
        .isEqualTo("the endpoint was deleted");
  }

  @ParameterizedTest
  @CsvSource({
    "http://10.0.0.1/hook, access_restricted",
    "http://169.254.169.254/latest, access_restricted",
    "http://user:pass@127.0.0.1:9000/hook, invalid_field",
    "file:///etc/passwd, invalid_field",
    "https://example.org/hook, access_restricted"
  })
  void addressesObeyTheRuleForServersOutside(String url, String code) {
    var refused = server.post(own("/webhooks"), Json.write(Map.of("url", url)), agent());
    assertThat(refused.text()).contains(code);
    var itself =
        server.post(own("/webhooks"), Json.write(Map.of("url", server.origin() + "/w/x")), agent());
    assertThat(itself.text()).contains("access_restricted");
  }

  @Test
  void aParticipantSeesAndChangesItsOwnOnly() {
    var theirs = add(SHOP, "/m", "key");
    var sent = test(theirs);
    var deliveryPath = "/deliveries/" + sent.at("/delivery/delivery_id").asString();
    assertThat(server.get(own("/webhooks/" + id(theirs)), agent()).status()).isEqualTo(404);
    assertThat(server.send("DELETE", own("/webhooks/" + id(theirs)), null, agent()).status())
        .isEqualTo(404);
    assertThat(server.post(own("/webhooks/" + id(theirs) + "/test"), "{}", agent()).status())
        .isEqualTo(404);
    assertThat(server.get(own(deliveryPath), agent()).status()).isEqualTo(404);
    assertThat(server.post(own(deliveryPath + "/resend"), "{}", agent()).status()).isEqualTo(404);
    assertThat(server.get(own("/deliveries"), agent()).json().path("items")).isEmpty();
    assertThat(server.get(own("/webhooks"), agent()).json().path("items")).isEmpty();
    assertThat(server.get(own("/webhooks"), merchant()).json().path("items")).hasSize(1);
    assertThat(server.get(own("/webhooks")).status()).isEqualTo(401);
    assertThat(server.get(own("/webhooks"), bearer(world.roleKey(Role.PRINCIPAL, null))).status())
        .isEqualTo(403);
    var forOther = Json.write(Map.of("url", receiver.url("/x"), "owner", SHOP));
    assertThat(server.post(own("/webhooks"), forOther, agent()).text()).contains("invalid_field");
    var replay = Json.write(Map.of("since", START.toString(), "owner", SHOP));
    assertThat(server.post(own("/deliveries/replay"), replay, agent()).text())
        .contains("invalid_field");
    var wrongEvent =
        Json.write(Map.of("url", receiver.url("/x"), "events", List.of("delegation_revoked")));
    assertThat(server.post(own("/webhooks"), wrongEvent, merchant()).text())
        .contains("invalid_field", "payment_succeeded");
  }

  @Test
  void anOwnerHasALimitedNumberAndADisabledEndpointGetsNothing() {
    for (int i = 0; i < WebhookEndpoints.MAX_PER_OWNER; i++) {
      add(AGENT, "/" + i, "key");
    }
    var more = Json.write(Map.of("url", receiver.url("/x")));
    assertThat(server.post(own("/webhooks"), more, agent()).text()).contains("limit_exceeded");
    world
        .webhookEndpoints()
        .all(Did.of("demo-agent"))
        .forEach(
            each ->
                server.send(
                    "PATCH",
                    api("/webhooks/" + each.endpointId()),
                    "{\"disabled\":true}",
                    operator()));
    buysACharger().approvesLast();
    advance(Duration.ZERO);
    assertThat(receiver.arrivals).isEmpty();
  }

  @Test
  void endpointsOutliveAResetAndDeliveriesDoNot() {
    var endpoint = add(AGENT, "/a", "secret");
    test(endpoint);
    post(api("/reset"), Map.of(), operator());
    world = server.world(world.name());

    assertThat(server.get(api("/deliveries"), operator()).json().path("items")).isEmpty();
    test(endpoint);
    assertThat(isValid(receiver.arrivals.getLast(), endpoint.path("secret").asString())).isTrue();
  }

  @Test
  void twoWorldsOfOneSeedHaveTheSameJournal() {
    var seed = "5".repeat(64);
    assertThat(storyIn(newWorld(seed))).isEqualTo(storyIn(newWorld(seed))).isNotEmpty();
  }

  private List<String> storyIn(World played) {
    world = played;
    receiver.answersWith(500);
    var endpoint = add(AGENT, "/a", "secret");
    add(SHOP, "/m", "key");
    buysACharger().approvesLast();
    advance(Duration.ofSeconds(12));
    receiver.answersWith(200);
    advance(Duration.ofMinutes(2));
    test(endpoint);
    return played.journalStore().read(JournalQuery.after(0, 500)).stream()
        .filter(
            each -> each.event().startsWith("notification-") || each.event().startsWith("webhook-"))
        .map(WebhookApiTests::line)
        .toList();
  }

  private static String line(JournalEntry entry) {
    return entry.at() + " " + entry.actor() + " " + entry.event() + " " + entry.data();
  }
}
