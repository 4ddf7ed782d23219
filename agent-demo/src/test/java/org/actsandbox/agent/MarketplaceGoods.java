package org.actsandbox.agent;

import java.time.LocalDate;
import java.util.List;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the offers and deliveries of the test marketplace. */
final class MarketplaceGoods {

  private static final LocalDate TRAVEL = TestMarketplace.TRAVEL;

  private final TestMarketplace testMarketplace;

  MarketplaceGoods(TestMarketplace testMarketplace) {
    this.testMarketplace = testMarketplace;
  }

  ObjectNode hotelOffer(String id, JsonNode need) {
    var offer = offer(id, "hotel", id + "-bund", id.equals("stayhub") ? "420.00" : "460.00");
    line(offer, "base", offer.path("total").asString());
    var checkIn = LocalDate.parse(need.path("check_in").asString());
    int nights = need.path("nights").asInt();
    var details = offer.putObject("details").put("kind", "hotel").put("stars", 4);
    for (var field : List.of("hotel", "city", "district", "room", "near")) {
      text(details, field, field + " of the Bund View");
    }
    details.put("check_in", checkIn.toString());
    details.put("check_out", checkIn.plusDays(nights).toString()).put("nights", nights);
    details.put("guests", need.path("guests").asInt()).put("rooms", need.path("rooms").asInt());
    details.put("breakfast", true).put("metres_to_near", 300);
    details.put("quietness", 7).put("score", "4.6");
    return offer;
  }

  ObjectNode trainOffer(String id, String departs, String train) {
    boolean fee = id.startsWith("gotrip");
    var offer = offer(id, "train", id + "-" + train, fee ? "83.00" : "73.00");
    if (fee) {
      line(offer, "base", "73.00");
      line(offer, "fee", "10.00");
    } else {
      line(offer, "base", "73.00");
    }
    if (testMarketplace.does(id, "lines")) {
      offer.put("total", "70.00");
    }
    var details = offer.putObject("details").put("kind", "train").put("train_no", train);
    text(details, "from", "Hangzhou East");
    text(details, "to", "Shanghai Hongqiao");
    details
        .put("departs", TRAVEL + "T" + departs + ":00+08:00")
        .put("arrives", TRAVEL + "T23:30:00+08:00")
        .put("minutes", 60)
        .put("seat_class", "second");
    details.putObject("seats_left").put("window", 3).put("aisle", 2);
    return offer;
  }

  ObjectNode shopOffer(String id) {
    var offer = offer(id, "shop", id + "-charger", id.equals("luma-mart") ? "99.00" : "109.00");
    line(offer, "base", offer.path("total").asString());
    var details = offer.putObject("details").put("kind", "shop").put("brand", "Volta");
    text(details, "product", "Phone charger");
    text(details, "variant", "white");
    text(details, "shipping", "standard");
    details.putObject("attributes");
    details.put("quantity", 1).put("promised_by", TRAVEL + "T18:00:00+08:00").put("rating", "4.5");
    return offer;
  }

  private ObjectNode offer(String id, String kind, String offerId, String total) {
    var offer =
        Json.object().put("offer_id", offerId).put("item_id", "item").put("merchant_id", id);
    offer.put(
        "merchant_did", Did.of(testMarketplace.does(id, "did") ? "somebody-else" : id).value());
    offer.put("kind", kind);
    text(
        offer,
        "title",
        switch (kind) {
          case "train" -> testMarketplace.title;
          case "hotel" -> "Bund View Hotel";
          default -> testMarketplace.shopTitle;
        });
    text(offer, "category", kind.equals("shop") ? "Electronics" : kind);
    offer.put("quantity", 1);
    offer.putArray("lines");
    offer.put("total", total).put("currency", "CNY").put("available", 5);
    offer
        .put("valid_until", TestMarketplace.NOW.plusSeconds(3600).toString())
        .put("detail_ref", "/catalog/item");
    return offer;
  }

  private static void line(ObjectNode offer, String type, String amount) {
    var line = ((ArrayNode) offer.path("lines")).addObject();
    line.put("type", type).put("amount", amount);
    text(line, "label", type);
  }

  static void text(ObjectNode node, String field, String value) {
    node.putObject(field).put("en", value).put("zh", value);
  }

  /** Makes the delivery that the buyer receives. */
  static ObjectNode delivery(@Nullable MerchantKind merchantKind) {
    var delivery = Json.object();
    if (merchantKind == MerchantKind.HOTEL) {
      delivery.put("kind", "hotel").put("check_in", TRAVEL.toString()).put("nights", 1);
      delivery.put("check_out", TRAVEL.plusDays(1).toString()).put("guests", 1);
      delivery.put("breakfast", true).put("confirmation_no", "C1");
      for (var field : List.of("hotel", "city", "room")) {
        text(delivery, field, field + " of the Bund View");
      }
    } else if (merchantKind == MerchantKind.SHOP) {
      delivery.put("kind", "shop").put("ship_to", "home").put("parcel_no", "P1");
      delivery.put("promised_by", TRAVEL + "T18:00:00+08:00").putArray("items");
    } else {
      delivery.put("kind", "train").put("train_no", "G7301").put("seat_class", "second");
      text(delivery, "from", "Hangzhou East");
      text(delivery, "to", "Shanghai Hongqiao");
      delivery
          .put("departs", TRAVEL + "T07:10:00+08:00")
          .put("arrives", TRAVEL + "T09:00:00+08:00");
      delivery
          .putArray("seats")
          .addObject()
          .put("carriage", "05")
          .put("seat", "11F")
          .put("position", "window");
    }
    return delivery;
  }
}
