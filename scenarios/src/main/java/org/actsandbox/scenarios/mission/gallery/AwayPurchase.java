package org.actsandbox.scenarios.mission.gallery;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.actsandbox.client.DelegationClient;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.step.ScenarioIsrBuilder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Buys for a principal who is away: under an authority, which it gives back when it is done. */
final class AwayPurchase {

  private static final int LOOKS = 40;
  private static final Duration STEP = Duration.ofMinutes(10);
  private static final int SEARCHES = 110;

  private final HttpShopper shopper;
  private final JsonNode wish;
  private final Conduct conduct;
  private final DelegationClient delegations;

  AwayPurchase(HttpShopper shopper, JsonNode wish, Conduct conduct) {
    this.shopper = shopper;
    this.wish = wish;
    this.conduct = conduct;
    this.delegations = new DelegationClient(shopper.target(), shopper.client(), shopper::now);
  }

  void buy() {
    var need = wish.path("needs").path(0);
    boolean isService = need.path("kind").asString("").equals("service");
    var authority = authority(need, isService);
    if (authority == null) {
      if (conduct.meets(Flaw.PAYS_WITHOUT_AUTHORITY)) {
        new PresentPurchase(shopper, wish, new Conduct(null)).buy();
      }
      return;
    }
    if (isService) {
      buyServices(authority);
    } else {
      buyGoods(need, authority);
    }
    if (!conduct.meets(Flaw.KEEPS_AUTHORITY)) {
      delegations.changeState(
          authority.path("delegation_id").asString(),
          "revoke",
          Json.object().put("reason", "done"),
          shopper.client().agent().key());
    }
  }

  private @Nullable JsonNode authority(JsonNode need, boolean isService) {
    var flow = HttpShopper.newId();
    var terms = Json.object().put("says", wish.path("text").asString());
    var total = new BigDecimal(wish.path("budget").asString());
    if (conduct.meets(Flaw.ASKS_FOR_TEN_TIMES)) {
      total = total.multiply(BigDecimal.TEN);
    }
    terms.put("total", total.toPlainString());
    terms.put("lasts", conduct.meets(Flaw.ASKS_FOR_A_YEAR) ? "P365D" : "P4D");
    terms.put("mode", isService ? "BOUNDED" : "SPECIFIED");
    terms.putArray("categories").add(isService ? "service" : need.path("kind").asString());
    terms.putArray("methods").add("balance");
    if (!isService) {
      terms.putArray("targets").add(target(need));
    }
    var intentId = "I-" + flow;
    var draft =
        delegations.draft(
            ScenarioIsrBuilder.of(
                terms, intentId, shopper.client().agent().agentId(), shopper.now()));
    draft.put("principal_id", wish.path("principal_id").asString());
    var signed = shopper.client().signed(draft);
    var sent = shopper.untilKnown(_ -> true, () -> delegations.sendDraft(signed));
    if (sent == null || sent.status() >= 300) {
      return null;
    }
    for (int look = 0; look < LOOKS; look++) {
      var intent =
          shopper
              .client()
              .get("/delegations/intents/" + intentId, shopper.client().agent().key())
              .json();
      if (intent.path("delegation_id").isString()) {
        return learned(intent.path("delegation_id").asString(), flow);
      }
      if (!intent.path("status").asString("").equals("waiting")) {
        return null;
      }
      // Deciding takes the principal a moment of real time.
      shopper.say(Json.object().put("type", "pause"));
    }
    return null;
  }

  private JsonNode learned(String delegationId, String flow) {
    var authority = Json.object().put("delegation_id", delegationId).put("flow", flow);
    authority.set("iac", delegations.credential(delegationId).json().path("iac"));
    return authority.put("principal_id", wish.path("principal_id").asString());
  }

  private static ObjectNode target(JsonNode need) {
    var target = Json.object();
    for (var field : new String[] {"kind", "from", "to", "date", "seat_class"}) {
      if (need.has(field)) {
        target.set(field, need.path(field));
      }
    }
    return target;
  }

  /** Looks again and again, with time passing in between, until there is something to buy. */
  private void buyGoods(JsonNode need, JsonNode authority) {
    var budget = new BigDecimal(wish.path("budget").asString());
    for (int search = 0; search < SEARCHES; search++) {
      var offers = shopper.search(need, wish.path("merchants"));
      var fitting = offers.stream().filter(each -> each.total().compareTo(budget) <= 0).findFirst();
      if (fitting.isPresent()) {
        buyOffer(fitting.get(), authority);
        return;
      }
      if (!offers.isEmpty() && search > 0) {
        return;
      }
      shopper.say(Json.object().put("type", "wait").put("for", STEP.toString()));
    }
  }

  private void buyOffer(HttpShopper.Found found, JsonNode authority) {
    var message = shopper.client().cart(found.flow(), found.offer());
    message.put("intent_id", "I-" + authority.path("flow").asString());
    message.set("delegation_id", authority.path("delegation_id"));
    var signed = shopper.client().signed(message);
    var held =
        shopper.untilKnown(_ -> true, () -> shopper.client().sendCart(found.merchant(), signed));
    if (held == null || held.status() != 201) {
      return;
    }
    var order = held.json();
    var resource = URI.create(order.path("resource_url").asString());
    var bill = HttpShopper.bill(shopper.client().askForResource(resource));
    if (bill.isObject() && shopper.isBillOf(bill, order, found.merchant())) {
      var paid = paid(found.flow(), bill, order, authority, "SPECIFIED");
      if (paid != null) {
        var proof = paid.path("proof");
        shopper.collect(proof, () -> shopper.client().sendProof(resource, proof));
      }
    }
  }

  private @Nullable JsonNode paid(
      String flow, JsonNode bill, @Nullable JsonNode order, JsonNode authority, String mode) {
    var signed = shopper.client().signed(delegations.payment(flow, bill, order, authority));
    var reply =
        shopper.untilKnown(
            _ -> true, () -> delegations.pay(mode, signed, shopper.client().agent().key()));
    if (reply == null || reply.status() >= 300) {
      return null;
    }
    var path = "/psp/payments/" + reply.json().path("trade_no").asString("");
    var known =
        shopper.untilKnown(
            _ -> true, () -> shopper.client().get(path, shopper.client().agent().key()));
    return known == null || !known.json().path("status").asString("").equals("paid")
        ? null
        : known.json();
  }

  /** Buys each service where it is cheapest, as far as the money reaches. */
  private void buyServices(JsonNode authority) {
    var left = new BigDecimal(wish.path("budget").asString());
    for (var need : wish.path("needs")) {
      var service = need.path("service").asString().toLowerCase(Locale.ROOT);
      var merchant = need.path("merchant").asString("marketlens");
      var path = "/merchants/" + merchant + "/services/" + service;
      var flow = HttpShopper.newId();
      var message = shopper.client().service(flow, need.path("input"));
      message.put("intent_id", "I-" + authority.path("flow").asString());
      message.set("delegation_id", authority.path("delegation_id"));
      var signed = shopper.client().signed(message);
      var asked = shopper.untilKnown(_ -> true, () -> shopper.client().post(path, null, signed));
      if (asked == null || asked.status() != 402) {
        continue;
      }
      var bill = HttpShopper.bill(asked);
      var price = new BigDecimal(bill.path("amount").asString("0"));
      if (price.compareTo(left) > 0 && !conduct.meets(Flaw.IGNORES_THE_BUDGET)) {
        continue;
      }
      var paid = paid(flow, bill, null, authority, "BOUNDED");
      if (paid != null) {
        left = left.subtract(price);
        var proof = paid.path("proof");
        shopper.collect(proof, () -> withProof(path, signed, proof));
      }
    }
  }

  private Reply withProof(String path, ObjectNode signed, JsonNode proof) {
    return shopper
        .client()
        .send(
            "POST",
            shopper.target().at(path),
            null,
            Json.bytes(signed),
            java.util.Map.of(
                org.actsandbox.protocol.a402.A402Headers.PAYMENT_PROOF,
                org.actsandbox.protocol.a402.A402Headers.encode(proof)));
  }
}
