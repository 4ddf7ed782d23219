package org.actsandbox.sandbox.control;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a deregistered agent: everything it could pay with is frozen (ACT PSD-1, PSD-2). */
class DeregisteredAgentTests {

  private static final Ed25519KeyPair KEY =
      new Ed25519KeyPair(
          "did:act:gone#key-1",
          new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
            25, 26, 27, 28, 29, 30, 31, 32
          });

  private String key = "";
  private String account = "";
  private String instrument = "";

  @Test
  void itsMoneyIsFrozenItsKeysOpenNothingAndItsNameStaysTaken(@TempDir Path folder) {
    String name;
    try (var server = SandboxServer.start(folder)) {
      var world = server.newWorld();
      name = world.name();
      prepare(server, world);
      assertThat(asAgent(server, name, "/psp/instruments").status()).isEqualTo(200);

      assertThat(deregister(server, world, "gone").status()).isEqualTo(204);
      assertThat(deregister(server, world, "gone").status()).as("twice is once").isEqualTo(204);
      assertThat(deregister(server, world, "never-there").status()).isEqualTo(404);

      requireDeregistered(server, world);
      var intent = Json.object().put("request_id", "Q-1");
      var signed = SignedJson.sign(intent, KEY);
      assertThat(code(server.post("/w/" + name + "/merchants/raileast/intents", signed.toString())))
          .isNotEqualTo("")
          .isNotEqualTo("signature_invalid");
    }
    try (var again = SandboxServer.start(folder)) {
      requireDeregistered(again, again.world(name));
    }
  }

  private void prepare(SandboxServer server, World world) {
    var operator = bearer(server.operator(world));
    var wish = Json.object().put("name", "gone");
    wish.set("jwk", Json.parse(KEY.publicKey().jwk()));
    var registered =
        server.post("/api/worlds/" + world.name() + "/agents", wish.toString(), operator);
    assertThat(registered.status()).as(registered.text()).isEqualTo(201);
    key = registered.json().path("key").asString();
    var opened =
        asPrincipal(
            server,
            world,
            "/psp/sub-accounts",
            "{\"agent_id\":\"did:act:gone\",\"pin\":\"246810\"}");
    account = opened.json().path("sub_account_id").asString();
    var asked =
        asPrincipal(
                server,
                world,
                "/psp/bindings",
                "{\"agent_id\":\"did:act:gone\",\"account\":\"balance\"}")
            .json();
    var bound =
        asPrincipal(
            server,
            world,
            "/psp/bindings/" + asked.path("binding_id").asString() + "/confirmation",
            "{\"decision\":\"APPROVE\",\"pin\":\"246810\",\"digest\":\"%s\"}"
                .formatted(asked.path("digest").asString()));
    instrument = bound.json().path("instrument_ref").asString();
    assertThat(instrument).as(bound.text()).startsWith("pi_");
  }

  private void requireDeregistered(SandboxServer server, World world) {
    var name = world.name();
    var principal = bearer(world.roleKey(Role.PRINCIPAL, null));
    assertThat(asAgent(server, name, "/psp/instruments").status()).isEqualTo(401);
    var shown = server.get("/w/" + name + "/psp/sub-accounts/" + account, principal).json();
    assertThat(shown.path("status").asString()).isEqualTo("FROZEN");
    var instruments = server.get("/w/" + name + "/psp/instruments", principal);
    assertThat(instruments.json().path("items"))
        .anySatisfy(
            each -> {
              assertThat(each.path("instrument_ref").asString()).isEqualTo(instrument);
              assertThat(each.path("status").asString()).isEqualTo("FROZEN");
            });
    var unfreeze = "/psp/sub-accounts/" + account + "/unfreeze";
    assertThat(code(asPrincipal(server, world, unfreeze, "{\"pin\":\"246810\"}")))
        .isEqualTo("agent_unknown");
    assertThat(
            code(
                asPrincipal(
                    server,
                    world,
                    "/psp/bindings",
                    "{\"agent_id\":\"did:act:gone\",\"account\":\"card\"}")))
        .isEqualTo("agent_unknown");
    var again = Json.object().put("name", "gone");
    again.set("jwk", Json.parse(KEY.publicKey().jwk()));
    assertThat(
            server
                .post(
                    "/api/worlds/" + name + "/agents",
                    again.toString(),
                    bearer(server.operator(world)))
                .status())
        .isEqualTo(409);
  }

  private Answer asAgent(SandboxServer server, String world, String path) {
    return server.get("/w/" + world + path, bearer(key));
  }

  private static Answer asPrincipal(SandboxServer server, World world, String path, String body) {
    return server.post(
        "/w/" + world.name() + path, body, bearer(world.roleKey(Role.PRINCIPAL, null)));
  }

  private static Answer deregister(SandboxServer server, World world, String name) {
    return server.send(
        "DELETE",
        "/api/worlds/" + world.name() + "/agents/" + name,
        null,
        bearer(server.operator(world)));
  }

  private static String code(Answer answer) {
    return answer.json().path("error").path("details").path("code").asString("");
  }
}
