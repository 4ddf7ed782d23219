package org.actsandbox.protocol.commerce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests that a delivery is read whole or refused, because a page shows all its members. */
class ReceivedDeliveryTests {

  private static final String PARCEL =
      """
      {"kind":"shop","items":[{"product":{"en":"Tea","zh":"茶"},"variant":{"en":"one","zh":"一"},"quantity":1}],
       "ship_to":"home","promised_by":"2026-03-05T01:00:00Z","parcel_no":"P-1","later":"member"}
      """;

  @Test
  void goodsAreReadWithMembersOfLaterVersions() {
    var delivery = ReceivedDelivery.goods(Json.parse(PARCEL));

    assertThat(delivery.kind()).isEqualTo(MerchantKind.SHOP);
    assertThat(delivery).isInstanceOf(Delivery.Shop.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"shop\"}",
        "{\"kind\":\"hotel\",\"hotel\":null}",
        "{\"kind\":\"train\",\"seats\":[null]}",
        "{\"kind\":\"yacht\"}",
        "{\"report\":\"Tea\"}",
        "{\"kind\":\"service\",\"service\":\"quote\",\"result\":{}}",
        "[]"
      })
  void whatLacksAMemberIsRefused(String body) {
    assertThatThrownBy(() -> ReceivedDelivery.goods(Json.parse(body))).isInstanceOf(Refusal.class);
  }

  @Test
  void everyMemberOfAParcelIsNeeded() {
    for (var member : List.of("items", "ship_to", "promised_by", "parcel_no")) {
      var lacking = Json.parse(PARCEL).deepCopy();
      ((ObjectNode) lacking).remove(member);

      assertThatThrownBy(() -> ReceivedDelivery.goods(lacking))
          .as(member)
          .isInstanceOf(Refusal.class);
    }
  }

  @Test
  void theResultOfAServiceMayBeLong() {
    var longText = "word ".repeat(2_000);
    var body =
        Json.parse(
            """
            {"kind":"service","service":"print","name":{"en":"Print","zh":"打印"},
             "as_of":"2026-03-05T01:00:00Z","result":{"text":"%s"}}
            """
                .formatted(longText));

    assertThat(((Delivery.Service) ReceivedDelivery.goods(body)).result().path("text").asString())
        .isEqualTo(longText);
  }

  @Test
  void aPageIsKeptAsTextWithItsBeginning() {
    var page = ReceivedDelivery.page(answer("text/html", "<p>Tea</p>".repeat(100)), 30);
    var object = ReceivedDelivery.page(answer("application/json", "{\"report\":\"Tea\"}"), 30);
    var twice = ReceivedDelivery.page(answer("application/json", "{\"a\":1,\"a\":2}"), 30);

    assertThat(page.path("media_type").asString()).isEqualTo("text/html");
    assertThat(page.path("content").asString()).isEqualTo("<p>Tea</p>".repeat(3));
    assertThat(object.path("report").asString()).isEqualTo("Tea");
    assertThat(twice.path("content").asString()).isEqualTo("{\"a\":1,\"a\":2}");
  }

  private static OutboundClient.Answer answer(String type, String body) {
    return new OutboundClient.Answer(
        200, Map.of("content-type", List.of(type)), body.getBytes(UTF_8));
  }
}
