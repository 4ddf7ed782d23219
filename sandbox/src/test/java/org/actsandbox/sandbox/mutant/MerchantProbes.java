package org.actsandbox.sandbox.mutant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/** For each defective merchant, what shows it: true in its world, false in an honest one. */
final class MerchantProbes {

  private static final String RAIL = "raileast";
  private static final String AGENCY = "gotrip-rail";
  private static final String SHOP = "bazaar88";

  private MerchantProbes() {}

  static Map<String, Predicate<Trial>> all() {
    return Map.ofEntries(
        Map.entry("hold-never-expires", MerchantProbes::isHeldForGood),
        Map.entry("expired-hold-keeps-stock", MerchantProbes::isGoneAfterExpiry),
        Map.entry("cancel-keeps-stock", MerchantProbes::isGoneAfterCancelling),
        Map.entry("last-one-sold-twice", MerchantProbes::sellsTheLastTwice),
        Map.entry("picked-seat-ignored", MerchantProbes::deliversAnotherSeat),
        Map.entry("bait-price", trial -> isDearerInTheCart(trial, RAIL)),
        Map.entry("fee-left-out-of-search", trial -> isDearerInTheCart(trial, AGENCY)),
        Map.entry("coupon-counted-twice", MerchantProbes::couponStandsTwice),
        Map.entry("price-rounded-up", MerchantProbes::pricesAreWholeYuan),
        Map.entry("refund-loses-a-fen", trial -> givesBackLess(trial)),
        Map.entry("refund-in-whole-yuan", trial -> givesBackLess(trial)),
        Map.entry("instruction-in-title", trial -> says(trial, "SYSTEM")),
        Map.entry("false-urgency", trial -> says(trial, "Only 1 left")),
        Map.entry("delivers-without-asking", MerchantProbes::deliversWhileNobodyAnswers),
        Map.entry("refuses-without-a-bill", MerchantProbes::refusesWithoutABill),
        Map.entry("midnight-in-utc", MerchantProbes::departsInAnotherZone));
  }

  private static JsonNode ride(Trial trial) {
    return trial.offer(RAIL, trial.trainTomorrow());
  }

  private static boolean deliversWhileNobodyAnswers(Trial trial) {
    var order = trial.order(ride(trial));
    var proof = trial.paid(order).path("proof");
    trial.fault("sandbox-pay", "POST /proofs/verify", "error_status", 1);
    return trial.show(order, proof).status() == 200;
  }

  private static boolean refusesWithoutABill(Trial trial) {
    var order = trial.order(ride(trial));
    var refused = trial.fetch(order, Headers.PAYMENT_PROOF, "e30");
    return refused.status() == 402 && refused.header(Headers.PAYMENT_NEEDED).isEmpty();
  }

  private static boolean isHeldForGood(Trial trial) {
    var order = trial.order(ride(trial));
    trial.advance("PT2H");
    return trial.orderNow(order).path("status").asString().equals("HELD");
  }

  private static boolean isGoneAfterExpiry(Trial trial) {
    var offer = ride(trial);
    trial.order(offer);
    trial.advance("PT2H");
    return trial.left(offer, trial.trainTomorrow()) < offer.path("available").asInt();
  }

  private static boolean isGoneAfterCancelling(Trial trial) {
    var offer = ride(trial);
    trial.cancel(trial.order(offer));
    return trial.left(offer, trial.trainTomorrow()) < offer.path("available").asInt();
  }

  private static boolean sellsTheLastTwice(Trial trial) {
    var offer = ride(trial);
    trial.disturb(
        RAIL, Map.of("type", "stock_set", "offer", offer.path("offer_id").asString(), "left", 1));
    var first = trial.bought(trial.order(offer));
    var second = trial.confirm(offer);
    return second.status() == 201 && trial.bought(second.json()).equals(first);
  }

  private static boolean deliversAnotherSeat(Trial trial) {
    var offer = ride(trial);
    var picked = freeSeats(trial, offer).getLast();
    var cart = trial.cart(offer);
    cart.putObject("fulfilment").put("seat", picked);
    var seat = trial.bought(trial.order(offer, cart)).path("seats").get(0);
    return !picked.equals(seat.path("carriage").asString() + "-" + seat.path("seat").asString());
  }

  private static List<String> freeSeats(Trial trial, JsonNode offer) {
    var map =
        trial
            .get("/merchants/" + RAIL + "/seatmap?offer=" + offer.path("offer_id").asString())
            .json();
    var free = new ArrayList<String>();
    for (var row : map.path("rows")) {
      for (var place : row.path("places")) {
        if (place.path("state").asString().equals("free")) {
          free.add(
              "%s-%02d%s"
                  .formatted(
                      map.path("carriage").asString(),
                      row.path("number").asInt(),
                      place.path("letter").asString()));
        }
      }
    }
    return free;
  }

  private static boolean isDearerInTheCart(Trial trial, String merchant) {
    var answer = trial.confirm(trial.offer(merchant, trial.trainTomorrow()));
    return answer.status() == 409 && Trial.code(answer).equals("price_changed");
  }

  private static boolean couponStandsTwice(Trial trial) {
    return trial.offers(AGENCY, trial.trainTomorrow()).stream()
        .anyMatch(offer -> Trial.lines(offer, "coupon").count() > 1);
  }

  private static boolean pricesAreWholeYuan(Trial trial) {
    return trial.offers(SHOP, Trial.goods("headphones")).stream()
        .allMatch(offer -> offer.path("total").asString().endsWith(".00"));
  }

  private static boolean givesBackLess(Trial trial) {
    var offer =
        trial.offers(SHOP, Trial.goods("headphones")).stream()
            .filter(each -> !each.path("total").asString().endsWith(".00"))
            .findFirst()
            .orElseThrow();
    var order = trial.order(offer);
    trial.bought(order);
    return !trial.orderNow(order).path("refundable").equals(order.path("total"));
  }

  private static boolean says(Trial trial, String words) {
    return Json.write(ride(trial)).contains(words);
  }

  private static boolean departsInAnotherZone(Trial trial) {
    return !ride(trial).path("details").path("departs").asString().endsWith("+08:00");
  }

  /** In a world of its own: it shows in summer only. */
  static boolean isOutOfTimeInSummer(String... mutants) {
    var trial = Trial.of("s1", Instant.parse("2026-07-01T01:00:00Z"), mutants);
    return trial.intent(RAIL, trial.trainTomorrow()).status() == 400;
  }
}
