package org.actsandbox.sandbox.control;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests that a client without cryptography buys, and for whom else the world signs: for none. */
class SigningHelperTests {

  private final SandboxServer server = SandboxServer.shared();

  @Test
  void aClientWithoutCryptographyBuys() {
    var world = server.newWorld();
    var path = "/w/" + world.name();
    var key = bearer(world.roleKey(Role.AGENT, null));
    var intent =
        """
        {"request_id":"Q-1","intent_id":"I-1","agent_id":"%s","timestamp":"%s","response_form":"offers","limit":1,
         "context":{"explicit_needs":[{"kind":"shop","terms":"charger","features":[],"quantity":1}]}}
        """
            .formatted(world.agent().value(), Instant.now());

    var offer =
        server
            .post(path + "/merchants/luma-mart/intents", signed(world, intent))
            .json()
            .at("/offers/0");
    var cart = message(world, "C-1");
    cart.putArray("lines")
        .addObject()
        .put("offer_id", offer.path("offer_id").asString())
        .put("quantity", 1);
    cart.set("expected_total", offer.path("total"));
    cart.set("currency", offer.path("currency"));
    cart.putObject("fulfilment").put("ship_to", "home");
    var order =
        server.post(path + "/merchants/luma-mart/carts", signed(world, Json.write(cart))).json();
    var needed =
        server
            .get(path + "/merchants/luma-mart/" + order.path("resource_id").asString())
            .header("Payment-Needed");
    var bill = Json.parse(Base64.getUrlDecoder().decode(needed)).path("protocol");
    var payment = message(world, "P-1");
    payment.set("merchant_order_no", bill.path("out_trade_no"));
    payment.set("amount", bill.path("amount"));
    payment.set("currency", bill.path("currency"));
    payment.set("payee", bill.path("seller_unique_id"));
    payment.set("bill", bill);
    payment.set(
        "instrument_ref",
        server.get(path + "/psp/instruments", key).json().at("/items/0/instrument_ref"));
    var asked = server.post(path + "/psp/payments", signed(world, Json.write(payment)), key);

    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
    assertThat(asked.json().path("cashier_url").asString()).contains("/cashier/");
  }

  @Test
  void itSignsAsTheWorldsAgentAlsoAMessageThatNamesAnother() {
    var world = server.newWorld();
    var message =
        """
        {"signer_id":"did:act:principal#key-1","signature_type":"RSA2","signature_content":"x","amount":"1.00"}
        """;

    var signed = Json.parse(signed(world, message));

    assertThat(SignedJson.verify(signed, world.keys())).isEqualTo(world.agent());
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"PRINCIPAL", "OPERATOR", "ASSISTANT"})
  void itSignsForNoOtherRole(Role role) {
    var world = server.newWorld();

    var refused =
        server.post(
            "/w/" + world.name() + "/signatures", "{\"a\":1}", bearer(world.roleKey(role, null)));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(code(refused)).isEqualTo("key_forbidden");
  }

  @Test
  void itSignsForNoAgentFromOutside() {
    var world = server.newWorld();
    var registered =
        server.post(
            "/api/worlds/" + world.name() + "/agents",
            """
            {"name":"outside","jwk":{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}}
            """,
            bearer(server.operator(world)));

    var refused =
        server.post(
            "/w/" + world.name() + "/signatures",
            "{\"a\":1}",
            bearer(registered.json().path("key").asString()));

    assertThat(code(refused)).isEqualTo("key_forbidden");
  }

  @Test
  void itSignsNoMessageOfAnotherAgentAndNothingButAnObject() {
    var world = server.newWorld();

    assertThat(code(sign(world, "{\"agent_id\":\"did:act:another\"}"))).isEqualTo("invalid_field");
    assertThat(code(sign(world, "[1]"))).isEqualTo("malformed_json");
    assertThat(code(sign(world, "{\"a\":9007199254740993}"))).isEqualTo("invalid_field");
    assertThat(code(sign(world, ""))).isEqualTo("malformed_json");
  }

  @Test
  void aWorldWithoutItRefusesByName() {
    var made = server.post("/api/worlds", "{\"signing_helper\":false}").json();
    assertThat(made.path("signing_helper").asBoolean(true)).isFalse();
    var world = server.world(made.path("name").asString());

    var refused = sign(world, "{\"a\":1}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(code(refused)).isEqualTo("signing_helper_off");
  }

  private static ObjectNode message(World world, String requestId) {
    return Json.object()
        .put("request_id", requestId)
        .put("intent_id", "I-1")
        .put("agent_id", world.agent().value())
        .put("timestamp", Instant.now().toString());
  }

  private String signed(World world, String message) {
    var signed = sign(world, message);
    assertThat(signed.status()).as(signed.text()).isEqualTo(200);
    return signed.text();
  }

  private SandboxServer.Answer sign(World world, String message) {
    return server.post(
        "/w/" + world.name() + "/signatures", message, bearer(world.roleKey(Role.AGENT, null)));
  }

  private static String code(SandboxServer.Answer answer) {
    return answer.json().at("/error/details/code").asString("");
  }
}
