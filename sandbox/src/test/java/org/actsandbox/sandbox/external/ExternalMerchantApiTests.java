package org.actsandbox.sandbox.external;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests adding, changing and removing merchants from outside over the API. */
class ExternalMerchantApiTests {

  static final SandboxServer server = SandboxServer.shared();

  World world;
  String api;
  String[] operator;
  HttpServer shop;
  String url;

  @BeforeEach
  void start() throws IOException {
    world = server.newWorld();
    api = "/api/worlds/" + world.name() + "/merchants";
    operator = bearer(server.operator(world));
    shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.start();
    url = "http://127.0.0.1:" + shop.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    shop.stop(0);
  }

  void serve(String path, String json) {
    shop.createContext(
        path,
        exchange -> {
          try (exchange) {
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }

  JsonNode add(String body) {
    var answer = server.post(api, body, operator);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  JsonNode finding(JsonNode merchant, String check) {
    return merchant
        .path("discovery")
        .valueStream()
        .filter(each -> each.path("check").asString().equals(check))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aMerchantThatIsNotStartedYetGetsEverythingItMustKnowAndItsKeyOnce() {
    shop.stop(0);

    var added =
        add(
            """
            {"url":"%s/","id":"my-shop","kind":"shop","level":"order"}"""
                .formatted(url));

    assertThat(added.path("did").asString()).isEqualTo("did:act:my-shop");
    assertThat(added.path("url").asString()).isEqualTo(url);
    assertThat(added.path("address").asString())
        .isEqualTo(world.at("/merchants/my-shop").toString());
    assertThat(added.path("notification_url").asString()).isEqualTo(url + "/notifications");
    assertThat(added.at("/psp/endpoint").asString())
        .isEqualTo(world.at("/psp/payments").toString());
    assertThat(added.at("/key/source").asString()).isEqualTo("made");
    assertThat(finding(added, "reachable").path("result").asString()).isEqualTo("failed");
    assertThat(added.path("env").asString())
        .contains(
            "ACT_WORLD=" + world.base() + "\n",
            "ACT_KEY_ID=did:act:my-shop#key-1\n",
            "ACT_KEY=" + added.at("/key/private_jwk/d").asString() + "\n",
            "ACT_PSP_DID=did:act:sandbox-pay\n");

    var again = server.get(api + "/my-shop", operator).json();
    assertThat(again.at("/key/private_jwk").isMissingNode()).isTrue();
    assertThat(again.path("env").asString()).contains("ACT_KEY=\n");
  }

  @Test
  void theKeyThatWasHandedOutSignsAsTheMerchant() {
    var added = add("{\"url\":\"%s\",\"id\":\"my-shop\",\"kind\":\"shop\"}".formatted(url));

    var seed = Base64.getUrlDecoder().decode(added.at("/key/private_jwk/d").asString());
    var pair = new Ed25519KeyPair(added.path("key_id").asString(), seed);
    var bytes = "hello".getBytes(StandardCharsets.UTF_8);

    assertThat(
            world
                .directory()
                .find("did:act:my-shop#key-1")
                .orElseThrow()
                .verifies(bytes, pair.sign(bytes)))
        .isTrue();
    var document = server.get("/w/" + world.name() + "/dids/did:act:my-shop").json();
    assertThat(document.at("/verificationMethod/0/publicKeyJwk/x").asString())
        .isEqualTo(added.at("/key/public_jwk/x").asString());
    assertThat(server.get("/w/" + world.name() + "/trust/keys/my-shop").status()).isEqualTo(200);
  }

  @Test
  void whatTheRequestLeavesOutComesFromCardAndDidDocument() {
    var pair = new Ed25519KeyPair("did:act:own#key-1", new byte[32]);
    serve(
        "/.well-known/agent-card.json",
        """
        {"name":"Own Shop","agent_id":"did:act:own","vertical":"hotel",
         "capabilities":{"act:payment:negotiation":{"mode":"one-way","capability_url":"/cap.json"}}}""");
    serve(
        "/.well-known/did.json",
        Json.write(
            Map.of(
                "id",
                "did:act:own",
                "verificationMethod",
                java.util.List.of(Map.of("publicKeyJwk", Json.parse(pair.publicKey().jwk()))))));
    serve("/cap.json", "{\"agent_id\":\"did:act:own\",\"supported_methods\":[]}");
    serve("/catalog", "{\"items\":[{\"id\":\"a\",\"name\":\"A\",\"price\":\"1.00\"}]}");

    var added = add("{\"url\":\"%s\"}".formatted(url));

    assertThat(added.path("id").asString()).isEqualTo("own");
    assertThat(added.path("kind").asString()).isEqualTo("hotel");
    assertThat(added.path("level").asString()).isEqualTo("shop");
    assertThat(added.at("/name/en").asString()).isEqualTo("Own Shop");
    assertThat(added.at("/key/source").asString()).isEqualTo("did_document");
    assertThat(added.at("/key/private_jwk").isMissingNode()).isTrue();
    assertThat(finding(added, "card").path("result").asString()).isEqualTo("passed");
    assertThat(finding(added, "capability").path("result").asString()).isEqualTo("failed");
    assertThat(finding(added, "capability").path("expected").asString())
        .contains("act-sandbox:instant of did:act:sandbox-pay");
    assertThat(finding(added, "catalog").path("expected").asString())
        .isEqualTo("items[0].category");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"url":"ftp://127.0.0.1","id":"x","kind":"shop"}                       | url
          {"url":"http://user@127.0.0.1:1","id":"x","kind":"shop"}               | url
          {"url":"http://127.0.0.1:1?a=b","id":"x","kind":"shop"}                | url
          {"id":"x","kind":"shop"}                                               | url
          {"url":"http://127.0.0.1:1","kind":"shop"}                             | id
          {"url":"http://127.0.0.1:1","id":"No Id","kind":"shop"}                | id
          {"url":"http://127.0.0.1:1","id":"x"}                                  | kind
          {"url":"http://127.0.0.1:1","id":"x","kind":"rail"}                    | kind
          {"url":"http://127.0.0.1:1","id":"x","kind":"shop","level":"all"}      | level
          {"url":"http://127.0.0.1:1","id":"x","kind":"shop","resource":"a"}     | resource
          {"url":"http://127.0.0.1:1","id":"x","kind":"shop","jwk":{"kty":"a"}}  | jwk
          {"url":"http://127.0.0.1:1","id":"x","kind":"shop","name":""}          | name
          """)
  void aRequestThatIsWrongSaysWhereAndAddsNothing(String body, String field) {
    var answer = server.post(api, body, operator);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("field").asString()).isEqualTo(field);
    assertThat(server.get(api, operator).json().path("items")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://10.0.0.1",
    "http://192.168.1.7:9000",
    "http://169.254.169.254",
    "http://[fd00::1]:80",
    "http://0.0.0.0:9000",
    "http://2130706433:9000",
    "https://shop.example.com",
    "http://127.0.0.1.nip.io:9000"
  })
  void otherMachinesNeedTheList(String address) {
    var answer =
        server.post(
            api, "{\"url\":\"%s\",\"id\":\"x\",\"kind\":\"shop\"}".formatted(address), operator);

    assertThat(answer.status()).as(answer.text()).isIn(400, 403);
    assertThat(answer.json().path("field").asString()).isEqualTo("url");
  }

  @Test
  void theSandboxItselfIsNoMerchantFromOutside() {
    for (var host : new String[] {"localhost", "127.0.0.1"}) {
      var own =
          "http://%s:%d/w/demo/merchants/luma-mart".formatted(host, server.origin().getPort());
      var answer =
          server.post(
              api, "{\"url\":\"%s\",\"id\":\"x\",\"kind\":\"shop\"}".formatted(own), operator);

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.json().path("remedy").asString())
          .as("no setting would help")
          .doesNotContain("outbound-hosts");
    }
  }

  @ParameterizedTest
  @CsvSource({"luma-mart", "demo-agent", "sandbox-pay", "operator", "principal"})
  void namesOfTheWorldAreTaken(String id) {
    var answer =
        server.post(
            api, "{\"url\":\"%s\",\"id\":\"%s\",\"kind\":\"shop\"}".formatted(url, id), operator);

    assertThat(answer.status()).isEqualTo(409);
  }

  @Test
  void aRemovedMerchantIsAStrangerWhoseEarlierSignaturesStillVerify() {
    var added = add("{\"url\":\"%s\",\"id\":\"my-shop\",\"kind\":\"shop\"}".formatted(url));
    var key = added.path("role_key").asString();
    var refunds = "/w/" + world.name() + "/psp/notifications";
    assertThat(server.get(refunds, bearer(key)).status()).isEqualTo(200);

    assertThat(server.send("DELETE", api + "/my-shop", null, operator).status()).isEqualTo(204);

    assertThat(server.get(refunds, bearer(key)).status()).isEqualTo(401);
    assertThat(server.get(api + "/my-shop", operator).status()).isEqualTo(404);
    assertThat(world.directory().find("did:act:my-shop#key-1")).isEmpty();
    assertThat(world.pastDirectory().find("did:act:my-shop#key-1")).isPresent();
    assertThat(server.get("/w/" + world.name() + "/merchants/my-shop/").status()).isEqualTo(404);

    var back = add("{\"url\":\"%s\",\"id\":\"my-shop\",\"kind\":\"shop\"}".formatted(url));
    assertThat(back.path("key_id").asString()).isEqualTo("did:act:my-shop#key-2");
  }

  @Test
  void aNewKeySucceedsTheOldOne() {
    add("{\"url\":\"%s\",\"id\":\"my-shop\",\"kind\":\"shop\"}".formatted(url));

    var changed =
        server.send("PATCH", api + "/my-shop", "{\"new_key\":true,\"level\":\"gate\"}", operator);

    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.json().path("key_id").asString()).isEqualTo("did:act:my-shop#key-2");
    assertThat(changed.json().at("/key/private_jwk/d").asString()).isNotEmpty();
    assertThat(changed.json().path("resource").asString()).isEqualTo("/");
    assertThat(world.directory().find("did:act:my-shop#key-1")).isPresent();
  }

  @Test
  void aResetKeepsTheMerchantsAndDeletingTheWorldRemovesThem() {
    add("{\"url\":\"%s\",\"id\":\"my-shop\",\"kind\":\"shop\"}".formatted(url));

    server.worlds().reset(world.name());

    assertThat(server.get(api + "/my-shop", operator).status()).isEqualTo(200);
    assertThat(server.world(world.name()).externalMerchants().find(Did.of("my-shop"))).isPresent();
    server.worlds().delete(world.name());
    var later =
        server
            .worlds()
            .create(
                new org.actsandbox.sandbox.world.Worlds.NewWorld(
                    world.name(), null, org.actsandbox.sandbox.world.WorldSettings.DEFAULT));
    assertThat(later.externalMerchants().all()).isEmpty();
  }
}
