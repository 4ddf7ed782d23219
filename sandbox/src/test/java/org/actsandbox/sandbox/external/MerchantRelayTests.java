package org.actsandbox.sandbox.external;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests calls to merchants from outside that are slow, wrong or hostile. */
class MerchantRelayTests {

  private static final String[] SHORT_WAIT = {"Prefer", "wait=1"};

  static final SandboxServer server = SandboxServer.shared();

  World world;
  String place;
  List<HostilePeer> peers = new ArrayList<>();

  @BeforeEach
  void makeWorld() {
    world = server.newWorld();
    place = "/w/" + world.name() + "/merchants/";
  }

  @AfterEach
  void close() {
    peers.forEach(HostilePeer::close);
  }

  /** Lets a peer take part. Adding it asks for its card once, and examines it. */
  HostilePeer joins(String id, HostilePeer peer) {
    peers.add(peer);
    world
        .externalMerchants()
        .add(
            new ExternalMerchant(
                id,
                java.net.URI.create(peer.url()),
                org.actsandbox.protocol.commerce.MerchantKind.SHOP,
                MerchantLevel.SHOP,
                "/",
                org.actsandbox.protocol.commerce.Text.untranslated(id),
                world.clock().instant()));
    return peer;
  }

  Answer call(String path) {
    return server.get(place + path, SHORT_WAIT);
  }

  JsonNode lastNote(String event) {
    return world.journalStore().read(JournalQuery.after(0, 500)).stream()
        .filter(entry -> entry.event().equals(event))
        .map(JournalEntry::data)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  @Test
  void anEndlessBodyIsCutOff() {
    joins(
        "endless",
        HostilePeer.that(
            (out, _) -> {
              out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              for (var piece = new byte[65_536]; ; ) {
                out.write(piece);
              }
            }));

    var answer = server.get(place + "endless/catalog");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("answer larger than 1048576 bytes");
    assertThat(lastNote("merchant-silent").path("problem").asString()).contains("larger");
  }

  @Test
  void aSlowDripEndsWithTheCallersPatience() {
    joins(
        "drip",
        HostilePeer.that(
            (out, over) -> {
              out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              do {
                out.write('x');
                out.flush();
              } while (!over.await(50, java.util.concurrent.TimeUnit.MILLISECONDS));
            }));

    assertThat(call("drip/catalog").status()).isEqualTo(504);
    assertThat(lastNote("merchant-silent").path("millis").asInt()).isBetween(500, 5_000);
  }

  @Test
  void aSilentMerchantAndAClosedPortAreToldApart() {
    joins("silent", HostilePeer.that((_, over) -> over.await()));
    var gone = joins("gone", HostilePeer.answering("200 OK", "{}"));
    gone.close();

    assertThat(call("silent/catalog").status()).isEqualTo(504);
    assertThat(call("gone/catalog").status()).isEqualTo(502);
  }

  @Test
  void anEndlessHeadIsCutOff() {
    joins(
        "long-line",
        HostilePeer.that(
            (out, _) -> {
              out.write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.US_ASCII));
              for (var piece = "a".repeat(8_192).getBytes(StandardCharsets.US_ASCII); ; ) {
                out.write(piece);
              }
            }));
    joins(
        "many-lines",
        HostilePeer.that(
            (out, _) -> {
              out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
              for (var line = "X-More: 1\r\n".getBytes(StandardCharsets.US_ASCII); ; ) {
                out.write(line);
              }
            }));

    assertThat(server.get(place + "long-line/").status()).isEqualTo(502);
    assertThat(server.get(place + "many-lines/").status()).isEqualTo(502);
  }

  @Test
  void aRedirectIsNotFollowed() {
    var inside = joins("inside", HostilePeer.answering("200 OK", "secret"));
    joins("moved", HostilePeer.answering("302 Found\r\nLocation: " + inside.url(), ""));

    var answer = server.get(place + "moved/catalog");

    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.text()).isEmpty();
    assertThat(inside.lines).isEmpty();
  }

  @Test
  void whatReachesABrowserIsSandboxedAndSetsNoCookie() {
    joins(
        "page",
        HostilePeer.answering(
            "200 OK\r\nContent-Type: text/html\r\nSet-Cookie: act=1; Path=/\r\nRefresh: 0",
            "<script>fetch('/api/worlds')</script>"));

    var answer = server.get(place + "page/");

    assertThat(answer.header("Set-Cookie")).isEmpty();
    assertThat(answer.header("Refresh")).isEmpty();
    assertThat(answer.header("Content-Security-Policy")).contains("sandbox");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void aMerchantIsToldWhoCallsAndNeverTheKey() {
    var peer = joins("curious", HostilePeer.answering("200 OK", "{}"));
    var key = world.roleKey(Role.AGENT, null);

    server.send(
        "POST",
        place + "curious/orders/1/cancel",
        "{}",
        "Authorization",
        "Bearer " + key,
        "Cookie",
        "session=secret",
        "Act-Sender",
        "did:act:raileast",
        "X-Forwarded-For",
        "10.0.0.1",
        "X-Trace",
        "7");

    assertThat(peer.lines)
        .contains("POST /orders/1/cancel HTTP/1.1", "act-sender: did:act:demo-agent", "x-trace: 7")
        .noneMatch(
            line -> line.contains(key) || line.contains("secret") || line.contains("10.0.0"));
    assertThat(peer.lines).anyMatch(line -> line.startsWith("act-time: "));
  }

  @Test
  void aPathCannotLeaveTheMerchantsAddress() {
    var peer = joins("walled", HostilePeer.answering("200 OK", "{}"));

    for (var path : List.of("walled/a/%2e%2e/%2e%2e/admin", "walled/%2E%2E%2Fadmin")) {
      assertThat(server.get(place + path).status()).as(path).isEqualTo(400);
    }
    assertThat(peer.lines).isEmpty();
  }

  @Test
  void aMerchantThatHangsTakesNothingFromOthers() throws Exception {
    joins("hanging", HostilePeer.that((_, over) -> over.await()));
    joins("quick", HostilePeer.answering("200 OK", "{}"));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Answer> call = () -> server.get(place + "hanging/catalog", "Prefer", "wait=3");
      var calls = new ArrayList<Future<Answer>>();
      for (int i = 0; i < 40; i++) {
        calls.add(threads.submit(call));
      }
      assertThat(server.get(place + "quick/catalog").status()).isEqualTo(200);
      var statuses = new ArrayList<Integer>();
      for (var each : calls) {
        statuses.add(status(each));
      }
      assertThat(statuses).contains(503, 504).containsOnly(503, 504);
      assertThat(statuses.stream().filter(status -> status == 504)).hasSizeLessThanOrEqualTo(16);
    }
  }

  private static int status(Future<Answer> answer) throws InterruptedException {
    try {
      return answer.get().status();
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void aWrongSignatureIsSaidInTheJournal() {
    var pair = new Ed25519KeyPair("did:act:signs#key-1", new byte[32]);
    var signed = SignedJson.sign(Json.object().put("total", "1.00"), pair);
    signed.put("total", "2.00");
    joins("signs", HostilePeer.answering("200 OK", Json.write(signed)));
    world
        .externalMerchants()
        .addKey(Did.of("signs"), pair.publicKey(), KeySource.GIVEN, world.clock().instant());

    server.get(place + "signs/orders/1");

    assertThat(lastNote("merchant-answered").at("/signatures/body").asString())
        .startsWith("invalid: the signature does not match the message")
        .contains("digest sha-256:");
  }

  /** A page that lists orders needs all members of each of them. */
  @Test
  void aSignedOrderThatLacksAMemberIsNoOrder() {
    for (var member : List.of("lines", "price", "kind", "confirmed_at", "total", "resource_url")) {
      var order = signedOrder("K-" + member);
      order.remove(member);

      confirms("lacks-" + member.replace('_', '-'), order);
    }

    assertThat(orders().path("items").isEmpty()).as(orders().toString()).isTrue();
  }

  @Test
  void aDeliveryInASignedOrderIsNoDelivery() {
    var order = signedOrder("K-1");
    var delivery = order.putObject("delivery").put("kind", "shop").put("ship_to", "home");
    delivery.put("parcel_no", "P-1").put("promised_by", "2026-03-05T01:00:00Z").putArray("items");

    confirms("early", order);

    assertThat(orders().path("items").valueStream())
        .singleElement()
        .satisfies(
            shown -> {
              assertThat(shown.path("order_no").asString()).isEqualTo("K-1");
              assertThat(shown.has("delivery")).isFalse();
            });
  }

  private static ObjectNode signedOrder(String number) {
    var order = Json.object().put("order_no", number).put("intent_id", "I-1");
    order.put("request_id", "C-1").put("kind", "shop").put("status", "HELD");
    order.put("total", "5.00").put("currency", "CNY");
    order.put("confirmed_at", "2026-03-02T01:00:00Z").put("hold_until", "2036-03-02T01:00:00Z");
    order.put("resource_id", "fulfilment/" + number).put("resource_url", "http://127.0.0.1/x");
    var title = Json.object().put("en", "Tea").put("zh", "茶");
    var line = order.putArray("lines").addObject();
    line.put("offer_id", "tea").put("item_id", "tea").put("quantity", 1).set("title", title);
    order
        .putArray("price")
        .addObject()
        .put("type", "base")
        .put("amount", "5.00")
        .set("label", title);
    return order;
  }

  /** Lets the demo agent confirm a cart at a merchant that answers with this order, signed. */
  private void confirms(String merchant, ObjectNode order) {
    var did = Did.of(merchant);
    var pair = new Ed25519KeyPair(did.value() + "#key-1", new byte[32]);
    order.put("merchant_id", merchant).put("merchant_did", did.value());
    joins(merchant, HostilePeer.answering("201 Created", Json.write(SignedJson.sign(order, pair))));
    world
        .externalMerchants()
        .addKey(did, pair.publicKey(), KeySource.GIVEN, world.clock().instant());
    var cart = Json.object().put("request_id", "C-1").put("agent_id", World.AGENT.value());

    var answer =
        server.post(
            place + merchant + "/carts",
            Json.write(SignedJson.sign(cart, world.signer(World.AGENT))));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private JsonNode orders() {
    var answer =
        server.get("/w/" + world.name() + "/orders", bearer(world.roleKey(Role.AGENT, null)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void faultsAtItsEdgeNeedNothingOfTheMerchant() {
    var peer = joins("faulty", HostilePeer.answering("200 OK", "{}"));
    var operator = bearer(server.operator(world));
    var faults = "/api/worlds/" + world.name() + "/faults";
    var order = Map.of("name", "error_status", "participant", "faulty", "count", 1);
    assertThat(server.post(faults, Json.write(order), operator).status()).isEqualTo(201);

    assertThat(server.get(place + "faulty/catalog").status()).isEqualTo(503);
    assertThat(peer.lines).isEmpty();
    assertThat(server.post(place + "faulty/carts", "{\"lines\":[{\"offer_id\":\"a\"}]}").status())
        .isEqualTo(200);
  }

  @Test
  void faultsInItsGoodsAreRefusedBecauseTheyAreItsOwn() {
    joins("goods", HostilePeer.answering("200 OK", "{}"));
    var faults = "/api/worlds/" + world.name() + "/faults";
    for (var name : List.of("sold_out", "price_moved")) {
      var order = Map.of("name", name, "participant", "goods");

      var refused = server.post(faults, Json.write(order), bearer(server.operator(world)));

      assertThat(refused.status()).as(refused.text()).isEqualTo(400);
      assertThat(refused.json().path("field").asString()).isEqualTo("name");
      assertThat(refused.json().path("detail").asString()).contains("are its own");
    }
  }
}
