package org.actsandbox.scenarios.load;

import static org.actsandbox.scenarios.load.Flow.expect;
import static org.actsandbox.scenarios.load.Flow.paid;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Authority;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.client.Target;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One complete L2 purchase: an intent, an authority for what was found asked for, read and
 * confirmed, then cart, 402, a payment that nobody is asked about, proof, delivery.
 */
final class DelegatedSteps {

  /** From the PIN to the credential. */
  static final String ISSUE = "issue";

  /** From the payment request to the answer: signatures, state, limits, ledger, proof. */
  static final String VERIFICATION = "verification";

  private final PurchaseSteps shopping;
  private final Buyer buyer;
  private final Authority authority;
  private final String principal;
  private final InstantSource clock;

  DelegatedSteps(PurchaseSteps shopping, Buyer buyer, Target target, InstantSource clock) {
    this.shopping = shopping;
    this.buyer = buyer;
    this.authority = new Authority(target, buyer, clock);
    this.principal = target.keys().principal();
    this.clock = clock;
  }

  List<Flow.Step> all() {
    return List.of(
        shopping.intent(),
        draft(),
        Flow.Step.of(
            "confirmation",
            flow ->
                flow.keep(
                    "shown",
                    expect(
                        200, "confirmation", authority.confirmation(intentId(flow), principal)))),
        issue(),
        credential(),
        shopping.cart(),
        shopping.bill(),
        verification(),
        shopping.proof(),
        shopping.deliver());
  }

  private Flow.Step draft() {
    return new Flow.Step(
        "draft",
        flow -> flow.keep("draft", buyer.signed(authority.draft(isr(flow)))),
        flow -> expect(201, "draft", authority.sendDraft(flow.message("draft"))));
  }

  private Flow.Step issue() {
    return new Flow.Step(
        ISSUE,
        flow -> {
          var decision = Json.object().put("decision", "APPROVE").put("pin", Buyer.DEMO_PIN);
          decision.set("digest", flow.paper("shown").path("digest"));
          flow.keep("decision", decision);
        },
        flow ->
            flow.keep(
                "delegation_id",
                expect(
                        200,
                        ISSUE,
                        authority.decide(intentId(flow), flow.paper("decision"), principal))
                    .path("delegation_id")));
  }

  private Flow.Step credential() {
    return Flow.Step.of(
        "credential",
        flow ->
            flow.keep(
                "iac",
                expect(200, "credential", authority.credential(flow.text("delegation_id")))
                    .path("iac")));
  }

  private Flow.Step verification() {
    return new Flow.Step(
        VERIFICATION,
        flow -> {
          var granted = Json.object();
          granted.set("delegation_id", flow.paper("delegation_id"));
          granted.set("iac", flow.paper("iac"));
          granted.set("principal_id", flow.paper("shown").at("/content/principal_id"));
          flow.keep(
              "payment",
              buyer.signed(
                  authority.payment(flow.id(), flow.paper("bill"), flow.paper("order"), granted)));
        },
        flow ->
            flow.keep(
                "trade_no",
                paid(
                        VERIFICATION,
                        expect(
                            201,
                            VERIFICATION,
                            authority.pay(
                                "SPECIFIED", flow.message("payment"), buyer.agent().key())))
                    .path("trade_no")));
  }

  private static String intentId(Flow flow) {
    return "I-" + flow.id();
  }

  private JsonNode isr(Flow flow) {
    var now = clock.instant();
    var isr = Json.object().put("intent_id", intentId(flow)).put("delegation_mode", "SPECIFIED");
    isr.putObject("conversation_history").put("user_intent_raw", "Buy it when you find it");
    isr.put("validity_start_time", now.minus(Duration.ofMinutes(1)).toString());
    isr.put("validity_end_time", now.plus(Duration.ofDays(1)).toString());
    isr.put("max_total_amount", 100_000).put("currency", "CNY");
    isr.putArray("allowed_payment_methods").add("balance");
    isr.put("agent_id", buyer.agent().agentId());
    isr.putObject("ext")
        .putObject("vendor_private")
        .putArray("targets")
        .add(target(shopping.wished(flow).need(), flow.paper("offer")));
    return isr;
  }

  /** The wished journey or stay, or the very thing that was found. */
  private static ObjectNode target(Need need, JsonNode offer) {
    var target = Json.object().put("kind", need.kindOf().code());
    return switch (need) {
      case Need.Train train ->
          target
              .put("from", train.from())
              .put("to", train.to())
              .put("date", train.date().toString())
              .put("seat_class", train.seatClass())
              .put("quantity", train.passengers());
      case Need.Hotel hotel ->
          target
              .put("city", hotel.city())
              .put("date", hotel.checkIn().toString())
              .put("nights", hotel.nights())
              .put("quantity", hotel.rooms());
      case Need.Shop shop ->
          target
              .put("what", offer.at("/details/product/en").asString(shop.terms()))
              .put("item_id", offer.path("item_id").asString())
              .put("quantity", shop.quantity());
    };
  }
}
