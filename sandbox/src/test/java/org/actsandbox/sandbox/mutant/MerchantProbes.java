package org.actsandbox.sandbox.mutant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/** Contains a probe for each defective merchant: true in its world, false in an honest one. */
final class MerchantProbes {

  private static final String RAIL = "raileast";
  private static final String AGENCY = "gotrip-rail";
  private static final String SHOP = "bazaar88";

  private MerchantProbes() {}

  static Map<String, Predicate<MutantTrial>> all() {
    return Map.ofEntries(
        Map.entry("hold-never-expires", MerchantProbes::isHeldForGood),
        Map.entry("expired-hold-keeps-stock", MerchantProbes::isGoneAfterExpiry),
        Map.entry("cancel-keeps-stock", MerchantProbes::isGoneAfterCancelling),
        Map.entry("last-one-sold-twice", MerchantProbes::sellsTheLastTwice),
        Map.entry("picked-seat-ignored", MerchantProbes::deliversAnotherSeat),
        Map.entry("bait-price", mutantTrial -> isDearerInTheCart(mutantTrial, RAIL)),
        Map.entry("fee-left-out-of-search", mutantTrial -> isDearerInTheCart(mutantTrial, AGENCY)),
        Map.entry("coupon-counted-twice", MerchantProbes::couponStandsTwice),
        Map.entry("price-rounded-up", MerchantProbes::pricesAreWholeYuan),
        Map.entry("refund-loses-a-fen", mutantTrial -> givesBackLess(mutantTrial)),
        Map.entry("refund-in-whole-yuan", mutantTrial -> givesBackLess(mutantTrial)),
        Map.entry("instruction-in-title", mutantTrial -> says(mutantTrial, "SYSTEM")),
        Map.entry("false-urgency", mutantTrial -> says(mutantTrial, "Only 1 left")),
        Map.entry("delivers-without-asking", MerchantProbes::deliversWithoutAnAnswer),
        Map.entry("refuses-without-a-bill", MerchantProbes::refusesWithoutABill),
        Map.entry("midnight-in-utc", MerchantProbes::departsInAnotherZone));
  }

  private static JsonNode ride(MutantTrial mutantTrial) {
    return mutantTrial.offer(RAIL, mutantTrial.trainTomorrow());
  }

  private static boolean deliversWithoutAnAnswer(MutantTrial mutantTrial) {
    var order = mutantTrial.order(ride(mutantTrial));
    var proof = mutantTrial.paid(order).path("proof");
    mutantTrial.fault("sandbox-pay", "POST /proofs/verify", "error_status", 1);
    return mutantTrial.show(order, proof).status() == 200;
  }

  private static boolean refusesWithoutABill(MutantTrial mutantTrial) {
    var order = mutantTrial.order(ride(mutantTrial));
    var refused = mutantTrial.fetch(order, A402Headers.PAYMENT_PROOF, "e30");
    return refused.status() == 402 && refused.header(A402Headers.PAYMENT_NEEDED).isEmpty();
  }

  private static boolean isHeldForGood(MutantTrial mutantTrial) {
    var order = mutantTrial.order(ride(mutantTrial));
    mutantTrial.advance("PT2H");
    return mutantTrial.orderNow(order).path("status").asString().equals("HELD");
  }

  private static boolean isGoneAfterExpiry(MutantTrial mutantTrial) {
    var offer = ride(mutantTrial);
    mutantTrial.order(offer);
    mutantTrial.advance("PT2H");
    return mutantTrial.left(offer, mutantTrial.trainTomorrow()) < offer.path("available").asInt();
  }

  private static boolean isGoneAfterCancelling(MutantTrial mutantTrial) {
    var offer = ride(mutantTrial);
    mutantTrial.cancel(mutantTrial.order(offer));
    return mutantTrial.left(offer, mutantTrial.trainTomorrow()) < offer.path("available").asInt();
  }

  private static boolean sellsTheLastTwice(MutantTrial mutantTrial) {
    var offer = ride(mutantTrial);
    mutantTrial.disturb(
        RAIL, Map.of("type", "stock_set", "offer", offer.path("offer_id").asString(), "left", 1));
    var first = mutantTrial.bought(mutantTrial.order(offer));
    var second = mutantTrial.confirm(offer);
    return second.status() == 201 && mutantTrial.bought(second.json()).equals(first);
  }

  private static boolean deliversAnotherSeat(MutantTrial mutantTrial) {
    var offer = ride(mutantTrial);
    var picked = freeSeats(mutantTrial, offer).getLast();
    var cart = mutantTrial.cart(offer);
    cart.putObject("fulfilment").put("seat", picked);
    var seat = mutantTrial.bought(mutantTrial.order(offer, cart)).path("seats").get(0);
    return !picked.equals(seat.path("carriage").asString() + "-" + seat.path("seat").asString());
  }

  private static List<String> freeSeats(MutantTrial mutantTrial, JsonNode offer) {
    var map =
        mutantTrial
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

  private static boolean isDearerInTheCart(MutantTrial mutantTrial, String merchant) {
    var answer = mutantTrial.confirm(mutantTrial.offer(merchant, mutantTrial.trainTomorrow()));
    return answer.status() == 409 && MutantTrial.code(answer).equals("price_changed");
  }

  private static boolean couponStandsTwice(MutantTrial mutantTrial) {
    return mutantTrial.offers(AGENCY, mutantTrial.trainTomorrow()).stream()
        .anyMatch(offer -> MutantTrial.lines(offer, "coupon").count() > 1);
  }

  private static boolean pricesAreWholeYuan(MutantTrial mutantTrial) {
    return mutantTrial.offers(SHOP, MutantTrial.goods("headphones")).stream()
        .allMatch(offer -> offer.path("total").asString().endsWith(".00"));
  }

  private static boolean givesBackLess(MutantTrial mutantTrial) {
    var offer =
        mutantTrial.offers(SHOP, MutantTrial.goods("headphones")).stream()
            .filter(each -> !each.path("total").asString().endsWith(".00"))
            .findFirst()
            .orElseThrow();
    var order = mutantTrial.order(offer);
    mutantTrial.bought(order);
    return !mutantTrial.orderNow(order).path("refundable").equals(order.path("total"));
  }

  private static boolean says(MutantTrial mutantTrial, String words) {
    return Json.write(ride(mutantTrial)).contains(words);
  }

  private static boolean departsInAnotherZone(MutantTrial mutantTrial) {
    return !ride(mutantTrial).path("details").path("departs").asString().endsWith("+08:00");
  }

  /** Runs in a world of its own, because the defect shows in summer only. */
  static boolean isOutOfTimeInSummer(String... mutants) {
    var mutantTrial = MutantTrial.of("s1", Instant.parse("2026-07-01T01:00:00Z"), mutants);
    return mutantTrial.intent(RAIL, mutantTrial.trainTomorrow()).status() == 400;
  }
}
