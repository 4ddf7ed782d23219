package org.actsandbox.agent.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.actsandbox.agent.Platform;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests what becomes of the offers of a merchant that wants to cheat. */
class ReceivedOfferCheckTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");

  private static final String HONEST =
      """
      {"offer_id": "kite-red", "item_id": "kite-red", "merchant_id": "kites",
       "merchant_did": "did:act:kites", "kind": "shop", "title": {"en": "Red kite", "zh": "风筝"},
       "category": {"en": "Kites", "zh": "风筝"}, "quantity": 1,
       "lines": [{"type": "base", "label": {"en": "Red kite", "zh": "风筝"}, "amount": "58.00"}],
       "total": "58.00", "currency": "CNY", "available": 12,
       "valid_until": "2026-03-02T01:15:00Z", "detail_ref": "catalog/kite-red",
       "details": {"kind": "shop", "product": {"en": "Red kite", "zh": "风筝"},
         "variant": {"en": "one size", "zh": "均码"}, "brand": "Aeolus", "attributes": {},
         "quantity": 1, "shipping": {"en": "Parcel", "zh": "快递"},
         "promised_by": "2026-03-05T01:00:00Z", "rating": "4.6"}}
      """;

  private final ReceivedOfferCheck check =
      new ReceivedOfferCheck(
          new Platform(
              "kites",
              Did.of("kites"),
              MerchantKind.SHOP,
              Text.untranslated("Kites"),
              URI.create("http://localhost:1/kites")),
          Json.read(
              Json.parse(
                  "{\"kind\": \"shop\", \"terms\": \"kite\", \"features\": [], \"quantity\": 1}"),
              Need.class),
          NOW);

  private static JsonNode offer(String changed, String into) {
    assertThat(HONEST).contains(changed);
    return Json.parse(HONEST.replace(changed, into));
  }

  @Test
  void anHonestOfferIsTaken() {
    assertThat(check.check(Json.parse(HONEST)).problem()).isEmpty();
  }

  /** A price below zero would pay the buyer, and the wallet with it. */
  @ParameterizedTest
  @CsvSource({
    "58.00, -58.00, malformed",
    "58.00, 0.00, price lines do not add up",
    "'\"total\": \"58.00\"', '\"total\": \"57.00\"', price lines do not add up",
    "58.00, 5.8E1, malformed",
    // A letter that looks like the merchant's, and one that looks like the offer's.
    "did:act:kites, did:act:k\u0456tes, foreign merchant",
    "'\"offer_id\": \"kite-red\"', '\"offer_id\": \"k\u0456te-red\"', malformed: offer_id",
    "'\"quantity\": 1,', '\"quantity\": 2,', not what was asked for",
    "CNY, USD, foreign currency",
  })
  void aChangedOfferIsDropped(String changed, String into, String problem) {
    var verdict = check.check(offer(changed, into));

    assertThat(verdict.offer()).isEmpty();
    assertThat(verdict.problem()).isEqualTo(problem);
  }

  @Test
  void aHugeTitleIsCutShort() {
    var verdict = check.check(offer("\"title\": {\"en\": \"Red kite\"", huge()));

    assertThat(verdict.offer().orElseThrow().title().en()).hasSizeLessThan(130);
  }

  private static String huge() {
    return "\"title\": {\"en\": \"%s\"".formatted("x".repeat(60_000));
  }
}
