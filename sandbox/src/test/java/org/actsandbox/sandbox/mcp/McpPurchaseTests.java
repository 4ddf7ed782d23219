package org.actsandbox.sandbox.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;

/** Buys with the protocol's own client, as the host of an agent does. */
class McpPurchaseTests {

  private static final SandboxServer server = SandboxServer.shared();

  private static String tomorrow(World world) {
    return world.clock().instant().atZone(World.ZONE).toLocalDate().plusDays(1).toString();
  }

  @Test
  void anAssistantBuysATicketThatThePrincipalApproves() {
    var world = server.newWorld();
    try (var host = McpHost.connect(server, world, world.roleKey(Role.ASSISTANT, null))) {
      var found =
          host.call(
              "search_offers",
              Map.of(
                  "kind", "train", "from", "Beijing", "to", "Shanghai", "date", tomorrow(world)));
      assertThat(found.path("offers")).isNotEmpty();
      var offer = found.path("offers").get(0);
      assertThat(offer.path("merchant_says").path("title").asString()).isNotEmpty();
      var offerId = offer.path("offer_id").asString();
      assertThat(
              host.call("get_offer", Map.of("offer_id", offerId)).path("still_valid").asBoolean())
          .isTrue();

      var confirm = Map.<String, Object>of("offer_id", offerId, "idempotency_key", "trip-1");
      var held = host.call("confirm_cart", confirm);
      assertThat(held.path("state").asString()).isEqualTo("held");
      assertThat(host.call("confirm_cart", confirm).path("order_no"))
          .isEqualTo(held.path("order_no"));

      var order = Map.<String, Object>of("order_no", held.path("order_no").asString());
      var requested = host.call("request_payment", order);
      assertThat(requested.path("state").asString()).isEqualTo("waiting_for_approval");
      assertThat(requested.path("approval_url").asString()).contains("/cashier/");
      assertThat(host.call("request_payment", order).path("trade_no"))
          .isEqualTo(requested.path("trade_no"));
      var early = host.result("collect", order);
      assertThat(early.isError()).isTrue();

      new TestPrincipal(server, world).approve(requested.path("trade_no").asString());
      assertThat(host.call("wait_for_payment", order).path("state").asString()).isEqualTo("paid");
      var collected = host.call("collect", order);
      assertThat(collected.path("delivery").path("kind").asString()).isEqualTo("train");
      assertThat(host.call("collect", order).path("delivery"))
          .isEqualTo(collected.path("delivery"));
      assertThat(host.call("get_order", order).path("order").path("status").asString())
          .isEqualTo("DELIVERED");
      assertThat(host.call("get_evidence", order).path("evidence_url").asString())
          .contains("/evidence/orders/");
    }
  }

  @Test
  void theToolsAreKnownAndNoneOfThemDecidesForThePrincipal() {
    var world = server.newWorld();
    try (var host = McpHost.connect(server, world, world.roleKey(Role.AGENT, null))) {
      var tools = host.client().listTools().tools();
      assertThat(tools)
          .extracting(tool -> tool.name())
          .containsExactly(
              "search_offers",
              "get_offer",
              "confirm_cart",
              "request_payment",
              "wait_for_payment",
              "collect",
              "get_order",
              "cancel_order",
              "request_delegation",
              "get_delegations",
              "revoke_delegation",
              "open_dispute",
              "get_evidence");
      for (var tool : tools) {
        assertThat(tool.outputSchema()).as(tool.name()).isNotEmpty();
        assertThat(tool.annotations()).as(tool.name()).isNotNull();
        assertThat(tool.inputSchema().toString()).doesNotContainIgnoringCase("pin=");
      }
    }
  }

  @Test
  void itBuysUnderAnAuthorityWithoutAskingAgain() {
    var world = server.newWorld();
    try (var host = McpHost.connect(server, world, world.roleKey(Role.AGENT, null))) {
      var wish = Map.<String, Object>of("kind", "shop", "terms", "power bank");
      var asked = new HashMap<>(wish);
      asked.put("said", "Buy me a power bank, at most 900 yuan");
      asked.put("most", "900.00");
      asked.put("until", tomorrow(world));
      var requested = host.call("request_delegation", asked);
      assertThat(requested.path("approval_url").asString()).contains("/w/" + world.name());
      var intentId = requested.path("intent_id").asString();
      assertThat(host.call("get_delegations", Map.of()).path("delegations")).isEmpty();

      new TestPrincipal(server, world).authorize(intentId);
      var given = host.call("get_delegations", Map.of("intent_id", intentId));
      var delegationId = given.path("request").path("delegation_id").asString();
      assertThat(given.path("delegations").get(0).path("state").asString()).isEqualTo("Active");

      var offer = host.call("search_offers", wish).path("offers").get(0).path("offer_id");
      var held =
          host.call(
              "confirm_cart", Map.of("offer_id", offer.asString(), "delegation_id", delegationId));
      var order = Map.<String, Object>of("order_no", held.path("order_no").asString());
      assertThat(host.call("request_payment", order).path("state").asString()).isEqualTo("paid");
      assertThat(host.call("collect", order).path("state").asString()).isEqualTo("delivered");

      var over = Map.<String, Object>of("delegation_id", delegationId);
      assertThat(host.call("revoke_delegation", over).path("state").asString())
          .isEqualTo("Revoked");
      assertThat(host.call("revoke_delegation", over).path("state").asString())
          .as("a second time")
          .isEqualTo("Revoked");
      var after = host.call("get_delegations", Map.of()).path("delegations").get(0);
      assertThat(after.path("state").asString()).isEqualTo("Revoked");
      var foreign = Map.<String, Object>of("delegation_id", "D-of-another");
      assertThat(host.result("revoke_delegation", foreign).isError()).isTrue();
    }
  }

  @Test
  void aClientThatOpensPagesIsLedToTheCashierOnce() {
    var world = server.newWorld();
    var client = new McpRaw(server, world, world.roleKey(Role.ASSISTANT, null));
    var opensPages = Map.of("elicitation", Map.of("url", Map.of()));
    var order = McpHostileClientTests.confirmed(client);
    var request = Map.of("name", "request_payment", "arguments", order);

    var session = client.session(opensPages);
    var first = client.inSession(session, 1, "tools/call", request).json().path("error");
    assertThat(first.path("code").asInt()).isEqualTo(-32042);
    var elicitation = first.path("data").path("elicitations").get(0);
    assertThat(elicitation.path("mode").asString()).isEqualTo("url");
    assertThat(elicitation.path("url").asString()).contains("/cashier/");
    var second = client.inSession(session, 2, "tools/call", request).json().path("result");
    assertThat(second.path("structuredContent").path("state").asString())
        .isEqualTo("waiting_for_approval");

    var needed = client.stateless(3, "tools/call", request, opensPages).json().path("result");
    assertThat(needed.path("resultType").asString()).isEqualTo("input_required");
    var page = needed.path("inputRequests").path("approval").path("params");
    assertThat(page.path("url").asString()).contains("/cashier/");
    new TestPrincipal(server, world).approve(elicitation.path("elicitationId").asString());
    var answered = new HashMap<String, Object>(request);
    answered.put("inputResponses", Map.of("approval", Map.of("action", "accept")));
    var done = client.stateless(4, "tools/call", answered, opensPages).json().path("result");
    assertThat(done.path("structuredContent").path("state").asString()).isEqualTo("paid");
    assertThat(done.path("resultType").asString()).isEqualTo("complete");

    var formOnly = Map.of("elicitation", Map.of());
    var plain = client.stateless(5, "tools/call", request, formOnly).json().path("result");
    assertThat(plain.path("structuredContent").path("state").asString()).isEqualTo("paid");
  }

  @Test
  void resourcesAndPromptsAreThere() {
    var world = server.newWorld();
    try (var host = McpHost.connect(server, world, world.roleKey(Role.ASSISTANT, null))) {
      var client = host.client();
      var raw = new McpRaw(server, world, world.roleKey(Role.ASSISTANT, null));
      var orderNo = McpHostileClientTests.confirmed(raw).get("order_no");
      assertThat(client.listResources().resources())
          .extracting(resource -> resource.uri())
          .containsExactly("act://world", "act://orders/" + orderNo);
      assertThat(client.listResourceTemplates().resourceTemplates()).hasSize(4);
      for (var part : List.of("", "/bill", "/evidence")) {
        var read =
            raw.stateless(1, "resources/read", Map.of("uri", "act://orders/" + orderNo + part));
        assertThat(read.json().path("result").path("contents").get(0).path("text").asString())
            .as(part)
            .startsWith("{");
      }
      assertThat(client.listPrompts().prompts())
          .extracting(prompt -> prompt.name())
          .isEqualTo(McpPrompts.names());
      for (var name : McpPrompts.names()) {
        var english = client.getPrompt(GetPromptRequest.builder(name).arguments(Map.of()).build());
        var chinese =
            client.getPrompt(
                GetPromptRequest.builder(name).arguments(Map.of("language", "zh")).build());
        assertThat(english.messages().toString())
            .doesNotContain("{")
            .isNotEqualTo(chinese.messages().toString());
      }
    }
  }

  @Test
  void theJournalHasTheCallTheToolAndWhatTheAgentDid() {
    var world = server.newWorld();
    var client = new McpRaw(server, world, world.roleKey(Role.ASSISTANT, null));
    client.tool(1, "search_offers", Map.of("kind", "shop", "terms", "power bank"));
    var journal =
        server.get(
            "/api/worlds/" + world.name() + "/journal?limit=200",
            SandboxServer.bearer(server.operator(world)));
    assertThat(journal.text())
        .contains("\"mcp-message\"")
        .contains("\"tool-called\"")
        .contains("\"intent-transfer\"")
        .doesNotContain(client.key());
  }
}
