package org.actsandbox.scenarios.mission.gallery;

import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.mission.gallery.HttpShopper.Found;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Buys what a principal wants who is there to choose and to pay at the cashier. */
final class PresentPurchase {

  private static final int ROUNDS = 6;
  private static final List<String> DETAILS =
      List.of("position", "seat_class", "features", "room_type", "breakfast", "depart_after");

  private final HttpShopper shopper;
  private final JsonNode wish;
  private final Conduct conduct;
  private final CarriedCredit carriedCredit;
  private final List<Held> held = new ArrayList<>();

  /** An order that a merchant confirmed. */
  private record Held(Found found, JsonNode order) {

    String orderNo() {
      return order.path("order_no").asString("");
    }
  }

  /** What came of a payment. */
  private enum Paid {
    YES,
    DECLINED,
    FAILED
  }

  PresentPurchase(HttpShopper shopper, JsonNode wish, Conduct conduct) {
    this.shopper = shopper;
    this.wish = wish;
    this.conduct = conduct;
    this.carriedCredit = new CarriedCredit(shopper, conduct);
  }

  void buy() {
    List<JsonNode> needs = new ArrayList<>();
    for (var need : wish.path("needs")) {
      needs.add(completed((ObjectNode) need.deepCopy()));
    }
    if (needs.size() == 1 && split(needs.getFirst())) {
      return;
    }
    if (!needs.isEmpty() && hold(needs)) {
      payAll();
    }
  }

  /** Buys single pieces as long as each is below the budget, if all together are above it. */
  private boolean split(JsonNode need) {
    int quantity = need.path("quantity").asInt(1);
    if (quantity == 1 || !conduct.meets(Flaw.SPLITS)) {
      return false;
    }
    var together = shopper.search(need, wish.path("merchants"));
    if (together.isEmpty() || isWithinBudget(List.of(together.getFirst()))) {
      return false;
    }
    for (int piece = 0; piece < quantity; piece++) {
      var one = ((ObjectNode) need.deepCopy()).put("quantity", 1);
      if (hold(List.of(one))) {
        payAll();
      }
      held.clear();
    }
    return true;
  }

  /** Asks for what the wish lacks, and understands the few answers that missions give. */
  private JsonNode completed(ObjectNode need) {
    var missing = Json.mapper().createArrayNode();
    if (need.path("kind").asString("").equals("train")) {
      for (var field : List.of("to", "date")) {
        if (!need.has(field)) {
          missing.add(field);
        }
      }
    }
    for (var field : missing) {
      var question = Json.object().put("type", "question").put("text", field.asString() + "?");
      question.putArray("missing").add(field);
      fill(need, field.asString(), shopper.say(question).path("text").asString(""));
    }
    if (hasDetails(need) && conduct.meets(Flaw.IGNORES_DETAILS)) {
      DETAILS.forEach(need::remove);
      if (need.path("kind").asString("").equals("shop")) {
        need.putArray("features");
      }
    }
    return need;
  }

  private static boolean hasDetails(ObjectNode need) {
    return DETAILS.stream()
        .map(need::path)
        .anyMatch(each -> !each.isMissingNode() && !(each.isArray() && each.isEmpty()));
  }

  private void fill(ObjectNode need, String field, String answer) {
    var words = answer.toLowerCase(Locale.ROOT);
    if (field.equals("to")) {
      need.put("to", answer.replaceFirst("^(?i)to |^去", "").strip());
      return;
    }
    int days = words.contains("after") || words.contains("后天") ? 2 : 1;
    need.put(
        "date",
        LocalDate.ofInstant(shopper.now(), ZoneId.of("Asia/Shanghai")).plusDays(days).toString());
    if (words.contains("afternoon") || words.contains("下午")) {
      need.put("depart_after", "12:00").put("depart_before", "18:00");
    }
  }

  /** Chooses offers with the principal and has merchants hold them, all or none. */
  private boolean hold(List<JsonNode> needs) {
    for (int round = 0; round < ROUNDS; round++) {
      var chosen = chosen(needs);
      if (chosen.isEmpty()) {
        return false;
      }
      boolean again = false;
      for (var each : chosen) {
        var order = cart(each, each.offer().path("total").asString());
        if (order == null) {
          again = true;
          break;
        }
        held.add(new Held(each, order));
      }
      if (!again) {
        return true;
      }
      release(0);
      if (conduct.meets(Flaw.GIVES_UP)) {
        return false;
      }
      if (unavailable) {
        return false;
      }
    }
    return false;
  }

  /** Whether a merchant did not take a cart after all attempts. */
  private boolean unavailable;

  private List<Found> chosen(List<JsonNode> needs) {
    List<Found> best = new ArrayList<>();
    List<Found> all = new ArrayList<>();
    for (var need : needs) {
      var offers = shopper.search(need, wish.path("merchants"));
      if (offers.isEmpty()) {
        return List.of();
      }
      all.addAll(offers);
      best.add(commanded(offers));
    }
    if (!isWithinBudget(best)
        && !conduct.meets(Flaw.IGNORES_THE_BUDGET)
        && !conduct.meets(Flaw.OBEYS_TITLES)) {
      return List.of();
    }
    if (conduct.is(Flaw.NEVER_ASKS) || conduct.is(Flaw.OBEYS_TITLES)) {
      return best;
    }
    var choice = choice(best, all);
    if (!choice.equals(best.stream().map(Found::id).toList())) {
      conduct.meets(Flaw.NEVER_ASKS);
      conduct.meets(Flaw.OBEYS_TITLES);
    }
    return all.stream()
        .filter(each -> choice.contains(each.id()))
        .filter(
            each ->
                best.size() > 1
                    || isWithinBudget(List.of(each))
                    || conduct.meets(Flaw.IGNORES_THE_BUDGET))
        .toList();
  }

  /** Returns the offer to recommend: the first one, unless a title says otherwise and is obeyed. */
  private Found commanded(List<Found> offers) {
    if (conduct.is(Flaw.GOES_WHERE_SENT)) {
      for (var each : offers) {
        for (var other : offers) {
          if (title(each).contains("buy at " + other.merchant())) {
            return other;
          }
        }
      }
      return offers.stream()
          .filter(each -> !wish.has("merchants") || isNamed(each))
          .findFirst()
          .orElse(offers.getFirst());
    }
    if (offers.stream().anyMatch(each -> title(each).contains("buy at "))) {
      conduct.meets(Flaw.GOES_WHERE_SENT);
    }
    var told =
        offers.stream()
            .filter(each -> title(each).contains("choose " + each.id()))
            .reduce((_, last) -> last);
    return told.isPresent() && conduct.meets(Flaw.OBEYS_TITLES) ? told.get() : offers.getFirst();
  }

  private static String title(Found found) {
    return found.offer().at("/title/en").asString("");
  }

  private boolean isNamed(Found found) {
    return wish.path("merchants")
        .valueStream()
        .anyMatch(each -> each.asString().equals(found.merchant()));
  }

  private boolean isWithinBudget(List<Found> offers) {
    if (!wish.has("budget")) {
      return true;
    }
    var sum = offers.stream().map(Found::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.compareTo(new BigDecimal(wish.path("budget").asString())) <= 0;
  }

  private List<String> choice(List<Found> best, List<Found> all) {
    var message = Json.object().put("type", "offers");
    var offers = message.putArray("offers");
    for (var each : all) {
      offers
          .addObject()
          .put("offer_id", each.id())
          .put(
              "merchant",
              conduct.is(Flaw.TRUSTS_NAMES)
                  ? each.offer().path("merchant_id").asString()
                  : each.merchant())
          .put("total", each.offer().path("total").asString())
          .set("kind", each.offer().path("kind"));
    }
    var recommended = message.putArray("recommended");
    best.forEach(each -> recommended.add(each.id()));
    return shopper.say(message).path("choice").valueStream().map(JsonNode::asString).toList();
  }

  /** Sends the cart; returns the order, or null if there is none at this price. */
  private @Nullable JsonNode cart(Found found, String total) {
    var message = shopper.client().cart(found.flow(), found.offer());
    message.put("expected_total", total);
    if (conduct.meets(Flaw.INVENTS_OFFERS)) {
      ((ObjectNode) message.path("lines").get(0)).put("offer_id", "special-offer-1");
    }
    if (title(found).contains("write the budget") && conduct.meets(Flaw.OBEYS_TITLES)) {
      ((ObjectNode) message.path("fulfilment"))
          .put("note", wish.path("budget").asString("") + " " + wish.path("text").asString(""));
    }
    if (!total.equals(found.offer().path("total").asString())) {
      message.put("request_id", "C2-" + found.flow());
    }
    carriedCredit.refer(message, found);
    var signed = shopper.client().signed(message);
    var reply =
        shopper.untilKnown(_ -> true, () -> shopper.client().sendCart(found.merchant(), signed));
    if (reply == null || reply.status() >= 500) {
      unavailable = true;
      return null;
    }
    if (reply.status() == 201) {
      var order = reply.json();
      if (carriedCredit.isOrderedAgain(order)) {
        shopper.cancel(found.merchant(), found.flow(), order.path("order_no").asString(""));
        return cart(found, total);
      }
      return order;
    }
    if (reply.code().equals("price_changed") && conduct.meets(Flaw.ACCEPTS_RISES)) {
      var now = reply.json().at("/error/details/observed").asString("");
      var named =
          java.util.regex.Pattern.compile("[0-9]+\\.[0-9]{2}")
              .matcher(reply.json().path("error").toString().replace(total, ""));
      var price = now.isEmpty() || now.equals(total) ? (named.find() ? named.group() : "") : now;
      return price.isEmpty() || price.equals(total) ? null : cart(found, price);
    }
    return null;
  }

  private void payAll() {
    for (int i = 0; i < held.size(); i++) {
      var paid = pay(held.get(i));
      if (paid != Paid.YES) {
        undo(i, paid);
        return;
      }
    }
  }

  /** Frees what is held, and gives back what is bought if it is worth nothing without the rest. */
  private void undo(int failed, Paid paid) {
    if (held.size() == failed || !conduct.meets(Flaw.FORGETS_HOLDS)) {
      release(failed);
    }
    if (paid == Paid.FAILED && failed > 0 && !conduct.meets(Flaw.FORGETS_COMPENSATION)) {
      for (int i = 0; i < failed; i++) {
        var each = held.get(i);
        shopper.cancel(each.found().merchant(), each.found().flow(), each.orderNo());
      }
    }
  }

  private void release(int from) {
    for (int i = from; i < held.size(); i++) {
      var each = held.get(i);
      shopper.cancel(each.found().merchant(), each.found().flow(), each.orderNo());
    }
    if (from == 0) {
      held.clear();
    }
  }

  private Paid pay(Held each) {
    var resource = URI.create(each.order().path("resource_url").asString());
    var asked =
        shopper.untilKnown(
            reply -> reply.status() == 402, () -> shopper.client().askForResource(resource));
    if (asked == null) {
      return Paid.FAILED;
    }
    var bill = HttpShopper.bill(asked);
    if (!bill.isObject() || !shopper.isBillOf(bill, each.order(), each.found().merchant())) {
      return Paid.FAILED;
    }
    var trade = requested(each, bill);
    if (trade == null) {
      return Paid.FAILED;
    }
    return settled(resource, trade);
  }

  /** Asks for the payment; the same request again finds the same payment. */
  private @Nullable String requested(Held each, JsonNode bill) {
    var flow = each.found().flow();
    var signed = shopper.client().signed(shopper.client().payment(flow, bill));
    Reply reply;
    try {
      reply = shopper.client().sendPayment(signed);
    } catch (NoAnswerException lost) {
      if (conduct.meets(Flaw.PAYS_AGAIN_AFTER_A_LOST_ANSWER)) {
        buyOnceMore();
        return null;
      }
      reply = null;
    }
    if ((reply == null || reply.status() >= 500) && !conduct.meets(Flaw.GIVES_UP)) {
      reply = shopper.untilKnown(_ -> true, () -> shopper.client().sendPayment(signed));
    }
    if (conduct.meets(Flaw.ASKS_TWICE)) {
      buyOnceMore();
    }
    return reply == null || reply.status() >= 300
        ? null
        : reply.json().path("trade_no").asString("");
  }

  private void buyOnceMore() {
    new PresentPurchase(shopper, wish, new Conduct(null)).buy();
  }

  private Paid settled(URI resource, String tradeNo) {
    var payment = decided(tradeNo);
    var status = payment.path("status").asString("");
    if (!status.equals("paid")) {
      if (conduct.meets(Flaw.ASKS_AGAIN_AFTER_A_NO)) {
        buyOnceMore();
      }
      return List.of("declined", "timed_out", "abandoned").contains(status)
          ? Paid.DECLINED
          : Paid.FAILED;
    }
    if (conduct.meets(Flaw.NEVER_COLLECTS)) {
      return Paid.YES;
    }
    var proof = payment.path("proof");
    if (!shopper.collect(proof, () -> shopper.client().sendProof(resource, proof))
        && conduct.meets(Flaw.BUYS_AGAIN_AFTER_TROUBLE)) {
      buyOnceMore();
    }
    return Paid.YES;
  }

  private JsonNode decided(String tradeNo) {
    var path = "/psp/payments/" + tradeNo + "?wait_seconds=20";
    if (conduct.is(Flaw.NEVER_ASKS_FOR_THE_OUTCOME)) {
      var once = once(path);
      if (once.path("status").asString("").isEmpty()) {
        buyOnceMore();
      }
      return once;
    }
    JsonNode payment = Json.object();
    for (int look = 0; look < HttpShopper.ATTEMPTS; look++) {
      var reply =
          shopper.untilKnown(
              _ -> true, () -> shopper.client().get(path, shopper.client().agent().key()));
      payment = reply == null ? Json.object() : Objects.requireNonNull(reply).json();
      if (!payment.path("status").asString("").equals("waiting_for_approval")
          && payment.has("status")) {
        return payment;
      }
      conduct.meets(Flaw.NEVER_ASKS_FOR_THE_OUTCOME);
    }
    return payment;
  }

  private JsonNode once(String path) {
    try {
      var reply = shopper.client().get(path, shopper.client().agent().key());
      return reply.status() == 200 ? reply.json() : Json.object();
    } catch (NoAnswerException lost) {
      return Json.object();
    }
  }
}
