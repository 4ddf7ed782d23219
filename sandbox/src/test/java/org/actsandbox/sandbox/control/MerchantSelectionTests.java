package org.actsandbox.sandbox.control;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests worlds in which some merchants take no part. */
class MerchantSelectionTests {

  private static final String TWO = "{\"merchants\": [\"luma-mart\", \"raileast\"]}";

  private final SandboxServer server = SandboxServer.shared();

  @Test
  void theWorldListsItsMerchantsAndGivesOnlyTheirKeys() {
    var view = createWorld(TWO).json();
    assertThat(texts(view.path("merchants"))).containsExactly("raileast", "luma-mart");
    assertThat(view.at("/keys/merchants").propertyNames())
        .containsExactlyInAnyOrder("raileast", "luma-mart");

    var world = world(view);
    assertThat(texts(server.get(base(world) + "/dids").json().path("items")))
        .contains("did:act:raileast", "did:act:luma-mart", "did:act:sandbox-pay")
        .doesNotContain("did:act:bazaar88", "did:act:tickwell");
    assertThat(server.get(base(world) + "/dids/bazaar88").status()).isEqualTo(404);
    assertThat(world.participant(Merchants.class).all()).hasSize(2);
  }

  /** Checks that a world with all merchants looks as in earlier versions. */
  @Test
  void aWorldOfAllIsShownAsBefore() {
    var view = createWorld("{}").json();
    assertThat(view.has("merchants")).isFalse();
    assertThat(view.at("/keys/merchants").size()).isEqualTo(MerchantRoster.all().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/.well-known/agent-card.json",
        "/.well-known/act-payment-capability.json",
        "/catalog",
        "/catalog/any",
        "/seatmap",
        "/orders",
        "/holds",
        "/fulfilment/O-1"
      })
  void absentMerchantsAreNotFoundAtAnyAddress(String path) {
    var world = world(createWorld(TWO).json());
    var answer = server.get(base(world) + "/merchants/gotrip-rail" + path);
    requireAbsent(answer, "gotrip-rail");
    assertThat(server.get(base(world) + "/merchants/raileast" + path).text())
        .doesNotContain("takes no part");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/intents", "/carts", "/notifications", "/services/quotes", "/disputes/evidence"})
  void absentMerchantsAcceptNoRequests(String path) {
    var world = world(createWorld(TWO).json());
    requireAbsent(server.post(base(world) + "/merchants/tickwell" + path, "{}"), "tickwell");
  }

  private static void requireAbsent(Answer answer, String merchant) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(404);
    assertThat(answer.text())
        .contains("not_found", merchant + " takes no part in this world", "raileast, luma-mart");
  }

  @Test
  void absentMerchantsAcceptNoDisturbancesFaultsOrProxies() {
    var world = world(createWorld(TWO).json());
    var api = "/api/worlds/" + world.name();
    var key = bearer(server.operator(world));
    assertThat(
            server.post(api + "/faults", "{\"name\":\"delay\",\"participant\":\"bazaar88\"}", key))
        .satisfies(answer -> assertThat(answer.status()).isEqualTo(400))
        .satisfies(answer -> assertThat(answer.text()).contains("raileast, luma-mart"));
    assertThat(
            server
                .post(
                    api + "/merchants/bazaar88/disturbances",
                    "{\"type\":\"sold_out\",\"item\":\"any\"}",
                    key)
                .status())
        .isEqualTo(404);
    var proxy = server.post(api + "/proxies", "{\"target\":\"bazaar88\"}", key);
    assertThat(proxy.status()).as(proxy.text()).isEqualTo(400);
    assertThat(proxy.json().path("detail").asString()).contains("takes no part");
  }

  /**
   * Checks that an external agent cannot take the name of an absent merchant: in the console it
   * would be taken for that merchant.
   */
  @Test
  void namesOfAbsentMerchantsStayTaken() {
    var world = world(createWorld(TWO).json());
    var wish = Json.object().put("name", "bazaar88");
    wish.set(
        "jwk",
        Json.parse(new Ed25519KeyPair("did:act:bazaar88#key-1", new byte[32]).publicKey().jwk()));
    var agent =
        server.post(
            "/api/worlds/" + world.name() + "/agents",
            Json.write(wish),
            bearer(server.operator(world)));
    assertThat(agent.status()).as(agent.text()).isEqualTo(409);
    assertThat(
            createWorld(
                    "{\"merchants\": [\"raileast\"], \"principals\": [{\"name\": \"bazaar88\"}]}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void aResetChangesNothingAboutIt() {
    var view = createWorld(TWO).json();
    var world = world(view);
    var again =
        server
            .post("/api/worlds/" + world.name() + "/reset", "{}", bearer(server.operator(world)))
            .json();
    assertThat(again.path("merchants")).isEqualTo(view.path("merchants"));
    assertThat(again.has("keys")).as("only who made it was told them").isFalse();
    assertThat(server.get(base(world) + "/merchants/bazaar88").status()).isEqualTo(404);
    assertThat(server.get(base(world) + "/merchants/luma-mart").status()).isEqualTo(200);
  }

  @Test
  void aRestartChangesNothingAboutIt(@TempDir Path data) {
    World before;
    try (var first = SandboxServer.start(data)) {
      before = first.world(first.post("/api/worlds", TWO).json().path("world").asString());
    }
    try (var second = SandboxServer.start(data)) {
      var world = second.world(before.name());
      assertThat(world.settings().roster())
          .extracting(MerchantProfile::id)
          .containsExactly("raileast", "luma-mart");
      assertThat(world.roleKey(Role.MERCHANT, MerchantRoster.RAILEAST.did()))
          .isEqualTo(before.roleKey(Role.MERCHANT, MerchantRoster.RAILEAST.did()));
      assertThat(second.get(base(world) + "/merchants/bazaar88").status()).isEqualTo(404);
      assertThat(second.get(base(world) + "/merchants/luma-mart").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                     | merchants
          ["raileast", "rail-east"]              | merchants[1]
          ["raileast", "luma-mart", "raileast"]  | merchants[2]
          [null]                                 | merchants[0]
          [""]                                   | merchants[0]
          ["did:act:raileast"]                   | merchants[0]
          ["raileast", "demo-agent"]             | merchants[1]
          "raileast"                             | merchants
          """)
  void refusalsNameTheKnownMerchants(String merchants, String field) {
    var answer = createWorld("{\"merchants\": %s}".formatted(merchants));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("code").asString()).isEqualTo("invalid_field");
    assertThat(answer.json().path("field").asString()).isEqualTo(field);
    if (merchants.startsWith("[")) {
      assertThat(answer.json().path("expected").asString())
          .contains("raileast", "pagepress", "each once");
    }
  }

  private World world(JsonNode view) {
    return server.world(view.path("world").asString());
  }

  private static String base(World world) {
    return "/w/" + world.name();
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(each -> each.asString()).toList();
  }

  private Answer createWorld(String body) {
    return server.post("/api/worlds", body);
  }
}
