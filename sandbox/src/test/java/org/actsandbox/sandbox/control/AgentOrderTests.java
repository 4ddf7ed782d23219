package org.actsandbox.sandbox.control;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests that an agent sees its own orders at all merchants, and no others. */
class AgentOrderTests {

  private static final SandboxServer server = SandboxServer.shared();
  private static final Instant NOW = Instant.parse("2026-12-01T01:00:00Z");
  private static final Ed25519KeyPair SHOPPER =
      new Ed25519KeyPair("did:act:shopper#key-1", new byte[32]);

  private World world;
  private String[] own;
  private String[] shopper;

  @BeforeEach
  void twoAgents() {
    world = server.newWorld(NOW);
    own = bearer(world.roleKey(Role.AGENT, null));
    var wish = Json.object().put("name", "shopper");
    wish.set("jwk", Json.parse(SHOPPER.publicKey().jwk()));
    var registered =
        server.post(
            "/api/worlds/" + world.name() + "/agents",
            wish.toString(),
            bearer(server.operator(world)));
    shopper = bearer(registered.json().path("key").asString());
  }

  @Test
  void listsItsOrdersOfAllMerchantsPageByPage() {
    var made = new ArrayList<String>();
    made.add(order(world.signer(World.AGENT), "luma-mart", "Q-1"));
    made.add(order(world.signer(World.AGENT), "bazaar88", "Q-2"));
    made.add(order(world.signer(World.AGENT), "luma-mart", "Q-3"));
    var others = order(SHOPPER, "luma-mart", "Q-4");

    assertThat(numbers(list("", own))).containsExactlyInAnyOrderElementsOf(made);
    assertThat(numbers(list("", shopper))).containsExactly(others);
    var paged = new ArrayList<String>();
    var page = list("?limit=1", own);
    while (page.has("next")) {
      paged.addAll(numbers(page));
      page = list("?limit=1&cursor=" + page.path("next").asString(), own);
    }
    paged.addAll(numbers(page));
    assertThat(paged).containsExactlyElementsOf(numbers(list("", own)));
  }

  @Test
  void filtersByMerchantAndStatus() {
    var held = order(world.signer(World.AGENT), "luma-mart", "Q-1");
    var cancelled = order(world.signer(World.AGENT), "bazaar88", "Q-2");
    var cancel = at("/merchants/bazaar88/orders/" + cancelled + "/cancel");
    assertThat(server.post(cancel, "", own).status()).isEqualTo(200);

    assertThat(numbers(list("?merchant=luma-mart", own))).containsExactly(held);
    assertThat(numbers(list("?status=CANCELLED", own))).containsExactly(cancelled);
    assertThat(numbers(list("?merchant=luma-mart&status=CANCELLED", own))).isEmpty();
    assertThat(server.get(at("/orders?merchant=corner-shop"), own).status()).isEqualTo(404);
    var unknown = server.get(at("/orders?status=LOST"), own);
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.json().at("/error/details/field").asString()).isEqualTo("status");
    assertThat(server.get(at("/orders?limit=0"), own).status()).isEqualTo(400);
  }

  /** Checks that only the agent itself sees its orders, at the merchant as well. */
  @Test
  void noOtherCallerSeesThem() {
    var order = order(world.signer(World.AGENT), "luma-mart", "Q-1");
    var merchant = at("/merchants/luma-mart/orders");

    assertThat(numbers(list("", shopper))).isEmpty();
    assertThat(numbers(server.get(merchant, shopper).json())).isEmpty();
    assertThat(numbers(server.get(merchant, own).json())).containsExactly(order);
    assertThat(server.get(merchant + "/" + order, shopper).status()).isEqualTo(404);
    assertThat(server.get(at("/orders")).status()).isEqualTo(401);
    var principal = bearer(world.roleKey(Role.PRINCIPAL, null));
    assertThat(server.get(at("/orders"), principal).status()).isEqualTo(403);
    assertThat(server.get(merchant, principal).status()).isEqualTo(403);
    var otherWorld = server.newWorld(NOW);
    assertThat(server.get("/w/" + otherWorld.name() + "/orders", own).status()).isEqualTo(403);
  }

  private String order(Signer signer, String merchant, String requestId) {
    var agent = signer.signerId().substring(0, signer.signerId().indexOf('#'));
    var intent =
        Json.object()
            .put("request_id", "I" + requestId)
            .put("intent_id", "I-1")
            .put("agent_id", agent)
            .put("timestamp", NOW.toString())
            .put("response_form", "offers");
    intent
        .putObject("context")
        .putArray("explicit_needs")
        .addObject()
        .put("kind", "shop")
        .put("terms", "charger")
        .put("quantity", 1)
        .putArray("features");
    var offers =
        server.post(
            at("/merchants/" + merchant + "/intents"), Json.write(SignedJson.sign(intent, signer)));
    var offer = offers.json().at("/offers/0");
    var cart =
        Json.object()
            .put("request_id", requestId)
            .put("intent_id", "I-1")
            .put("agent_id", agent)
            .put("timestamp", NOW.toString())
            .put("expected_total", offer.path("total").asString())
            .put("currency", "CNY");
    cart.putArray("lines")
        .addObject()
        .put("offer_id", offer.path("offer_id").asString())
        .put("quantity", 1);
    var confirmed =
        server.post(
            at("/merchants/" + merchant + "/carts"), Json.write(SignedJson.sign(cart, signer)));
    assertThat(confirmed.status()).as(offers.text() + confirmed.text()).isEqualTo(201);
    return confirmed.json().path("order_no").asString();
  }

  private JsonNode list(String query, String[] key) {
    var answer = server.get(at("/orders" + query), key);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private String at(String path) {
    return "/w/" + world.name() + path;
  }

  private static List<String> numbers(JsonNode page) {
    return page.path("items").valueStream().map(item -> item.path("order_no").asString()).toList();
  }
}
