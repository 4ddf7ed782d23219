package org.actsandbox.merchants.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.toy.ToyAgent;
import org.actsandbox.merchants.toy.ToyTestBase;
import org.actsandbox.protocol.commerce.AgentCard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests cards, capabilities, negotiation and catalog (ACT CID-1, CID-4, CID-5). */
class StorefrontTests extends ToyTestBase {

  /** Checks ACT CID-4.a and CID-4.b. */
  @Test
  void aOneWayMerchantDeclaresItsCapability() {
    var card = negotiation(agent);
    assertThat(card.path("mode").asString()).isEqualTo("one-way");
    assertThat(card.path("capability_url").asString())
        .endsWith("/luma-mart/.well-known/act-payment-capability.json");

    var capability = agent.gets("/.well-known/act-payment-capability.json").json();
    assertThat(capability.path("role").asString()).isEqualTo("payee");
    assertThat(capability.path("agent_id").asString()).isEqualTo("did:act:luma-mart");
    assertThat(capability.at("/supported_methods/0/method_id").asString())
        .isEqualTo("act-sandbox:instant");
    assertThat(capability.at("/supported_methods/0/psps/0/psp_id").asString())
        .isEqualTo("did:act:sandbox-pay");
    assertThat(capability.at("/supported_methods/0/psps/0/endpoint").asString()).contains("/psp/");
    assertThat(capability.at("/supported_methods/0/psps/0/method_schema_url").asString())
        .contains("/psp/methods/");
    assertThat(agent.posts("/act/negotiation", new byte[] {123, 125}, Map.of()).status())
        .isEqualTo(404);
  }

  /** Checks ACT CID-4.a, CID-4.c and CID-4.d. */
  @ParameterizedTest
  @CsvSource({
    "act-sandbox:instant, CNY, 60.00, 200, ''",
    "other:method, CNY, 60.00, 200, none",
    "act-sandbox:instant, USD, 60.00, 200, none",
    "act-sandbox:instant, XXXX, 60.00, 400, invalid_field",
    "act-sandbox:instant, CNY, much, 400, invalid_field"
  })
  void aTwoWayMerchantNegotiates(
      String method, String currency, String amount, int status, String code) {
    var buyer = world.agentAt("bazaar88");
    var card = negotiation(buyer);
    assertThat(card.path("mode").asString()).isEqualTo("two-way");
    assertThat(buyer.gets("/.well-known/act-payment-capability.json").status()).isEqualTo(404);

    var answer =
        buyer.posts(
            "/act/negotiation",
            """
            {"agent_id":"did:act:demo-agent","buyer_supported_methods":["%s"],
             "currency":"%s","estimated_amount":"%s"}
            """
                .formatted(method, currency, amount)
                .getBytes(StandardCharsets.UTF_8),
            Map.of());

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    if (status == 200 && code.equals("none")) {
      assertThat(answer.json().path("supported_methods").isArray()).isTrue();
      assertThat(answer.json().path("supported_methods").isEmpty()).isTrue();
    } else if (status == 200) {
      var agreed = answer.json().at("/supported_methods/0");
      assertThat(agreed.path("method_id").asString()).isEqualTo(method);
      assertThat(agreed.path("psp_id").asString()).isEqualTo("did:act:sandbox-pay");
      assertThat(agreed.path("endpoint").asString()).contains("/psp/");
      assertThat(agreed.path("method_schema_url").asString()).contains("/psp/methods/");
    } else {
      assertThat(answer.code()).isEqualTo(code);
      assertThat(answer.json().has("supported_methods")).isFalse();
    }
  }

  private static JsonNode negotiation(ToyAgent buyer) {
    var card = buyer.gets("/.well-known/agent-card.json").json();
    assertThat(card.has(AgentCard.NEGOTIATION)).isFalse();
    return card.path("capabilities").path(AgentCard.NEGOTIATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/agent-card.json",
        "/a2a/.well-known/agent-card.json",
        "/.well-known/act-payment-capability.json"
      })
  void aDocumentMayBeCachedAndRevalidatedByItsTag(String path) {
    var first = agent.gets(path);
    assertThat(first.headers().get("cache-control")).containsExactly("max-age=60, public");
    var tag = first.headers().getOrDefault("etag", List.of("")).getFirst();
    var again = agent.gets(path, Map.of("If-None-Match", tag));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.text()).isEmpty();
  }

  @Test
  void theCatalogIsPagedAndComplete() {
    var page = agent.gets("/catalog?limit=2").json();
    assertThat(page.path("items").size()).isEqualTo(2);
    assertThat(agent.gets("/catalog/tea").json().path("price").asString()).isEqualTo("30.00");
    assertThat(agent.gets("/catalog/gold").code()).isEqualTo("not_found");
    assertThat(agent.gets("/catalog?limit=0").code()).isEqualTo("invalid_field");
    assertThat(agent.gets("/catalog?q=" + "x".repeat(201)).code()).isEqualTo("invalid_field");
    assertThat(agent.gets("").json().path("sandbox").asBoolean()).isTrue();
    assertThat(agent.gets("/seatmap?offer=tea.2").code()).isEqualTo("not_found");
    assertThat(agent.gets("/seatmap").code()).isEqualTo("invalid_field");
  }
}
