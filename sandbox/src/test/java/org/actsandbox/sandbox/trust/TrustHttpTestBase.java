package org.actsandbox.sandbox.trust;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Is the base of tests that use the trust service of a world with a stopped clock over HTTP. */
abstract class TrustHttpTestBase {

  static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  static final Did RAIL = PurchaseEvents.RAIL;
  static final Did OTHER = Did.of("luma-mart");

  final SandboxServer server = SandboxServer.shared();
  World world;
  String operator;
  String principal;

  @BeforeEach
  void begin() {
    world = server.newWorld(NOW);
    operator = server.operator(world);
    principal = world.roleKey(Role.PRINCIPAL, null);
  }

  String signer(String order) {
    return records("order_no=" + order, principal)
        .getFirst()
        .path("record")
        .path("signatures")
        .path(0)
        .path("signer_id")
        .stringValue();
  }

  void purchase(String orderNo) {
    PurchaseEvents.happen(world, orderNo);
  }

  String fault(String name, @Nullable Long count) {
    return world
        .faults()
        .add(
            new FaultRequest(
                name, "sandbox-trust", "POST /anchors", null, null, count, Map.of(), null))
        .fault()
        .id();
  }

  String waiting() {
    return server.get("/api/worlds/" + world.name() + "/clock", bearer(operator)).text();
  }

  JsonNode submit(String anchor) {
    var body = Json.object();
    body.putArray("anchors").add(anchor);
    var answer = post("/anchors", Json.write(body), null);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("items").path(0);
  }

  JsonNode verify(ObjectNode order) {
    var answer = post("/verifications", Json.write(order), principal);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  List<JsonNode> records(String query, String key) {
    var answer = get("/records?" + query, key);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("items").valueStream().toList();
  }

  void advance(String by) {
    var answer =
        server.post(
            "/api/worlds/" + world.name() + "/clock/advance",
            "{\"by\": \"" + by + "\"}",
            bearer(operator));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  Answer get(String path, @Nullable String key) {
    return key == null ? server.get(path(path)) : server.get(path(path), bearer(key));
  }

  Answer post(String path, String body, @Nullable String key) {
    return key == null ? server.post(path(path), body) : server.post(path(path), body, bearer(key));
  }

  String path(String path) {
    return "/w/" + world.name() + "/trust" + path;
  }
}
