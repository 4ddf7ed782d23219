package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.IntentContext;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests changes of a cart between the offer and its confirmation. */
class CartFaultTests {

  static final SandboxServer server = SandboxServer.shared();
  static final Instant NOW = Instant.parse("2026-12-01T01:00:00Z");

  World world;
  String merchant;
  String[] agent;

  @BeforeEach
  void makeWorld() {
    world = server.newWorld();
    world.clock().set(WorldClock.Mode.STOPPED, NOW);
    merchant = "/w/" + world.name() + "/merchants/raileast";
    agent = bearer(world.roleKey(Role.AGENT, null));
  }

  @Test
  void anUndisturbedCartBecomesAnOrder() {
    var answer = confirm(offer());

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.json().path("order_no").asString()).startsWith("R-");
  }

  @Test
  void aMovedPriceIsReportedWithBothPrices() {
    var offer = offer();
    fault(
        "{\"name\":\"price_moved\",\"operation\":\"POST /carts\",\"parameters\":{\"percent\":10}}");

    var answer = confirm(offer);

    assertThat(answer.status()).as(answer.text()).isEqualTo(409);
    var details = answer.json().path("error").path("details");
    assertThat(details.path("code").asString()).isEqualTo("price_changed");
    assertThat(details.toString()).contains(offer.path("total").asString());
  }

  @Test
  void anOfferThatSoldOutMeanwhileIsRefused() {
    var offer = offer();
    fault("{\"name\":\"sold_out\",\"operation\":\"POST /carts\"}");

    var answer = confirm(offer);

    assertThat(answer.status()).as(answer.text()).isEqualTo(409);
    assertThat(answer.json().path("error").path("details").path("code").asString())
        .isEqualTo("sold_out");
  }

  @Test
  void theOperatorDisturbsWithoutAFault() {
    var offer = offer();
    var path = "/api/worlds/" + world.name() + "/merchants/raileast/disturbances";
    var order =
        "{\"type\":\"sold_out\",\"offer\":\"%s\"}".formatted(offer.path("offer_id").asString());

    assertThat(server.post(path, order, agent).status()).isEqualTo(403);
    assertThat(server.post(path, "{\"type\":\"burn\",\"item\":\"x\"}", operator()).status())
        .isEqualTo(400);
    assertThat(server.post(path, order, operator()).status()).isEqualTo(204);

    assertThat(confirm(offer).status()).isEqualTo(409);
  }

  private JsonNode offer() {
    var need =
        new Need.Train(
            "Hangzhou",
            "Shanghai",
            NOW.atZone(World.ZONE).toLocalDate().plusDays(1),
            null,
            null,
            null,
            null,
            "second",
            null,
            null,
            1,
            null);
    var request =
        new IntentRequest(
            world.ids().next("Q"),
            null,
            "I-1",
            World.AGENT.value(),
            NOW,
            IntentRequest.OFFERS,
            5,
            new IntentContext(List.of(need), null, null, null, null),
            null,
            null,
            null);
    var answer = server.post(merchant + "/intents", signed(request), agent);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("offers").get(0);
  }

  private SandboxServer.Answer confirm(JsonNode offer) {
    var request =
        new CartRequest(
            world.ids().next("Q"),
            "I-1",
            null,
            World.AGENT.value(),
            NOW,
            List.of(new CartRequest.Line(offer.path("offer_id").asString(), 1)),
            new BigDecimal(offer.path("total").asString()).toPlainString(),
            "CNY",
            null,
            null,
            null,
            null,
            null,
            null);
    return server.post(merchant + "/carts", signed(request), agent);
  }

  private String signed(Object message) {
    return Json.write(SignedJson.sign((ObjectNode) Json.tree(message), world.signer(World.AGENT)));
  }

  private void fault(String order) {
    var answer = server.post("/api/worlds/" + world.name() + "/faults", order, operator());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private String[] operator() {
    return bearer(server.operator(world));
  }
}
