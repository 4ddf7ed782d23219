package org.actsandbox.sandbox.control;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.sandbox.edge.access.AccessPolicy;
import org.actsandbox.sandbox.key.Hmac;
import org.actsandbox.sandbox.key.RoleKeys;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests that no other key leads to the principal's, on loopback either. */
class OwnershipTests {

  static final SandboxServer server = SandboxServer.shared();

  private final World demo = server.world("demo");
  private final String[] operator = bearer(server.operator(demo));

  @Test
  void theOperatorsKeyGivesNoOtherKey() {
    var principal = demo.roleKey(Role.PRINCIPAL, null);
    var agent = demo.roleKey(Role.AGENT, null);
    for (var path : List.of("", "/clock", "/agents", "/faults", "/proxies", "/journal", "/keys")) {
      assertThat(server.get("/api/worlds/demo" + path, operator).text())
          .as(path)
          .doesNotContain(principal, agent);
    }
    assertThat(server.get("/api/worlds").text()).doesNotContain("act_");
    assertThat(server.get("/api/worlds/demo", operator).json().has("keys")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/keys",
        "/%6Beys",
        "/keys;a=b",
        "/keys/",
        "/k%65ys?x=1",
        "/keys%2F",
        "/./keys",
        "//keys"
      })
  void onlyTheStartTokenOrTheAdminKeyReadsTheKeys(String path) {
    var at = "/api/worlds/demo" + path;
    assertThat(server.get(at).status()).isIn(400, 401, 404);
    for (var role : List.of(Role.OPERATOR, Role.AGENT, Role.PRINCIPAL)) {
      var answer = server.get(at, bearer(demo.roleKey(role, null)));
      assertThat(answer.status()).as("%s", role).isIn(400, 401, 403, 404);
      assertThat(answer.text()).doesNotContain("act_principal");
    }
  }

  @Test
  void theStartTokenOfTheDataFolderGivesTheKeys() {
    var token = server.bean(DataFolder.class).startToken();
    var admin = server.bean(RoleKeys.class).adminKey();
    for (var key : List.of(token, admin)) {
      var keys = server.get("/api/worlds/demo/keys", bearer(key));
      assertThat(keys.status()).isEqualTo(200);
      assertThat(keys.json().path("principal").stringValue())
          .isEqualTo(demo.roleKey(Role.PRINCIPAL, null));
      assertThat(keys.json().has("principals")).isFalse();
      assertThat(server.get("/api/worlds/none/keys", bearer(key)).status()).isEqualTo(404);
      assertThat(server.get("/api/worlds/demo", bearer(key)).status()).isEqualTo(401);
      assertThat(server.get("/w/demo/psp/wallet", bearer(key)).status()).isEqualTo(401);
    }
    assertThat(server.get("/api/worlds/none/keys").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "Bearer", "0000000000000000000000000000000000000000000", "令牌"})
  void noOtherKeyIsAccepted(String key) {
    var access = server.bean(AccessPolicy.class);
    var token = server.bean(DataFolder.class).startToken();
    assertThat(access.admits(token)).isTrue();
    assertThat(access.admits(key)).isFalse();
    assertThat(access.admits(token + key)).isEqualTo(key.isEmpty());
    assertThat(access.admits(token.substring(1))).isFalse();
    assertThat(access.admits(token.substring(0, 42) + "=")).isFalse();
  }

  /** Checks that keys do not follow from the seed, which is shown. */
  @Test
  void noKeyFollowsFromTheSeedThatIsShown() {
    var seed = server.get("/api/worlds/demo", operator).json().path("seed").stringValue();
    for (var did : demo.keys().participants()) {
      var derived =
          new Ed25519KeyPair(
              did.key(1), Hmac.derive(HexFormat.of().parseHex(seed), "ed25519 " + did.key(1)));
      assertThat(demo.directory().find(did.key(1)).orElseThrow().jwk())
          .as(did.value())
          .isNotEqualTo(derived.publicKey().jwk());
    }
  }

  /**
   * Checks that a world of an earlier version keeps its keys, because its evidence has to verify,
   * and that its seed is then not shown.
   */
  @Test
  void aWorldOfAnEarlierVersionKeepsItsKeysAndItsSeedToItself(@TempDir Path data) {
    String name;
    try (var own = SandboxServer.start(data)) {
      name = own.newWorld().name();
      own.bean(JdbcClient.class).sql("update worlds set key_secret = seed").update();
    }
    try (var own = SandboxServer.start(data)) {
      var world = own.world(name);
      var seed = HexFormat.of().parseHex(world.seed());
      var first = World.PSP.key(1);
      var before = new Ed25519KeyPair(first, Hmac.derive(seed, "ed25519 " + first));
      assertThat(world.directory().find(first).orElseThrow().jwk())
          .isEqualTo(before.publicKey().jwk());
      var key = bearer(own.operator(world));
      for (var view :
          List.of(
              own.get("/api/worlds/" + name, key),
              own.post("/api/worlds/" + name + "/reset", "", key))) {
        assertThat(view.status()).isEqualTo(200);
        assertThat(view.text()).doesNotContain(world.seed(), "\"seed\"");
      }
    }
  }

  @Test
  void aSecretThatIsGivenIsNeverAnswered() {
    var secret = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";
    var order = "{\"seed\":\"x\",\"key_secret\":\"" + secret + "\"}";
    var one = server.post("/api/worlds", order);
    var other = server.post("/api/worlds", order);
    assertThat(one.status()).isEqualTo(201);
    var first = one.json().path("world").stringValue();
    var second = other.json().path("world").stringValue();
    assertThat(dids(first).replace(first, "")).isEqualTo(dids(second).replace(second, ""));
    var key = bearer(one.json().at("/keys/operator").stringValue());
    for (var text :
        List.of(
            one.text(),
            server.get("/api/worlds/" + first, key).text(),
            server.get("/api/worlds/" + first + "/journal", key).text())) {
      assertThat(text).doesNotContain(secret, "key_secret");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "0123456789abcdefghijklmnopqrstuvwxyzABCDE", "+/=", "{}"})
  void aSecretThatCanBeGuessedIsRefusedAndNotRepeated(String secret) {
    var refused = server.post("/api/worlds", "{\"key_secret\":\"" + secret + "\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("field").stringValue()).isEqualTo("key_secret");
    if (!secret.isEmpty()) {
      assertThat(refused.text()).doesNotContain("\"" + secret + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "operator",
        "anonymous",
        "principal",
        "agent",
        "merchant",
        "demo-agent",
        "sandbox-pay",
        "sandbox-delegations",
        "sandbox-trust",
        "raileast",
        "luma-mart"
      })
  void noAgentFromOutsideIsCalledLikeARoleOrAParticipant(String name) {
    var world = server.newWorld();
    var jwk = new Ed25519KeyPair("did:act:x#key-1", new byte[32]).publicKey().jwk();
    var answer =
        server.post(
            "/api/worlds/" + world.name() + "/agents",
            "{\"name\":\"%s\",\"jwk\":%s}".formatted(name, jwk),
            bearer(server.operator(world)));
    assertThat(answer.status()).isEqualTo(409);
  }

  private static String dids(String world) {
    return server.get("/w/" + world + "/dids/sandbox-pay").text();
  }
}
