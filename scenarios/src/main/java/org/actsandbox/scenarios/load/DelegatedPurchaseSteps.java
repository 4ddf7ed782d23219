package org.actsandbox.scenarios.load;

import static org.actsandbox.scenarios.load.LoadPurchase.expect;
import static org.actsandbox.scenarios.load.LoadPurchase.paid;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.actsandbox.client.DelegationClient;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the requests of one purchase under an authority of its own: an intent, the draft,
 * confirmation and issuance of the authority, then cart, 402, the payment, proof and delivery. The
 * authority is for what was found (L2), or for anything of its kind within bounds (L3).
 */
final class DelegatedPurchaseSteps {

  /** The name of the step from the PIN to the credential. */
  static final String ISSUE = "issue";

  /**
   * The name of the step from the payment request to its answer: signatures, state, limits, ledger,
   * proof.
   */
  static final String VERIFICATION = "verification";

  private final PurchaseSteps purchaseSteps;
  private final PurchaseClient purchaseClient;
  private final DelegationClient delegationClient;
  private final String principal;
  private final InstantSource clock;
  private final DelegationMode mode;

  DelegatedPurchaseSteps(
      DelegationMode mode,
      PurchaseSteps purchaseSteps,
      PurchaseClient purchaseClient,
      TargetWorld targetWorld,
      InstantSource clock) {
    this.mode = mode;
    this.purchaseSteps = purchaseSteps;
    this.purchaseClient = purchaseClient;
    this.delegationClient = new DelegationClient(targetWorld, purchaseClient, clock);
    this.principal = targetWorld.keys().principal();
    this.clock = clock;
  }

  List<LoadPurchase.Step> all() {
    return List.of(
        purchaseSteps.intent(),
        draft(),
        LoadPurchase.Step.of(
            "confirmation",
            loadPurchase ->
                loadPurchase.keep(
                    "shown",
                    expect(
                        200,
                        "confirmation",
                        delegationClient.confirmation(intentId(loadPurchase), principal)))),
        issue(),
        credential(),
        purchaseSteps.cart(),
        purchaseSteps.bill(),
        verification(),
        purchaseSteps.proof(),
        purchaseSteps.deliver());
  }

  private LoadPurchase.Step draft() {
    return new LoadPurchase.Step(
        "draft",
        loadPurchase ->
            loadPurchase.keep(
                "draft", purchaseClient.signed(delegationClient.draft(isr(loadPurchase)))),
        loadPurchase ->
            expect(201, "draft", delegationClient.sendDraft(loadPurchase.message("draft"))));
  }

  private LoadPurchase.Step issue() {
    return new LoadPurchase.Step(
        ISSUE,
        loadPurchase -> {
          var decision =
              Json.object().put("decision", "APPROVE").put("pin", PurchaseClient.DEMO_PIN);
          decision.set("digest", loadPurchase.kept("shown").path("digest"));
          loadPurchase.keep("decision", decision);
        },
        loadPurchase ->
            loadPurchase.keep(
                "delegation_id",
                expect(
                        200,
                        ISSUE,
                        delegationClient.decide(
                            intentId(loadPurchase), loadPurchase.kept("decision"), principal))
                    .path("delegation_id")));
  }

  private LoadPurchase.Step credential() {
    return LoadPurchase.Step.of(
        "credential",
        loadPurchase ->
            loadPurchase.keep(
                "iac",
                expect(
                        200,
                        "credential",
                        delegationClient.credential(loadPurchase.text("delegation_id")))
                    .path("iac")));
  }

  private LoadPurchase.Step verification() {
    return new LoadPurchase.Step(
        VERIFICATION,
        loadPurchase -> {
          var authority = Json.object();
          authority.set("delegation_id", loadPurchase.kept("delegation_id"));
          authority.set("iac", loadPurchase.kept("iac"));
          authority.set("principal_id", loadPurchase.kept("shown").at("/content/principal_id"));
          loadPurchase.keep(
              "payment",
              purchaseClient.signed(
                  delegationClient.payment(
                      loadPurchase.id(),
                      loadPurchase.kept("bill"),
                      loadPurchase.kept("order"),
                      authority)));
        },
        loadPurchase ->
            loadPurchase.keep(
                "trade_no",
                paid(
                        VERIFICATION,
                        expect(
                            201,
                            VERIFICATION,
                            delegationClient.pay(
                                mode.name(),
                                loadPurchase.message("payment"),
                                purchaseClient.agent().key())))
                    .path("trade_no")));
  }

  private static String intentId(LoadPurchase loadPurchase) {
    return "I-" + loadPurchase.id();
  }

  private JsonNode isr(LoadPurchase loadPurchase) {
    var now = clock.instant();
    var isr =
        Json.object().put("intent_id", intentId(loadPurchase)).put("delegation_mode", mode.name());
    isr.putObject("conversation_history").put("user_intent_raw", "Buy it when you find it");
    isr.put("validity_start_time", now.minus(Duration.ofMinutes(1)).toString());
    isr.put("validity_end_time", now.plus(Duration.ofDays(1)).toString());
    isr.put("max_total_amount", 100_000).put("currency", "CNY");
    isr.putArray("allowed_payment_methods").add("balance");
    isr.put("agent_id", purchaseClient.agent().agentId());
    var need = purchaseSteps.merchantNeed(loadPurchase).need();
    var ext = isr.putObject("ext");
    switch (mode) {
      case SPECIFIED ->
          ext.putObject("vendor_private")
              .putArray("targets")
              .add(target(need, loadPurchase.kept("offer")));
      case BOUNDED ->
          ext.putObject("commerce")
              .put("max_single_amount", 100_000)
              .putArray("allowed_categories")
              .add(need.kindOf().code());
    }
    return isr;
  }

  /**
   * Builds the target of the authority: the journey or the stay of the need, or the item of the
   * offer.
   */
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
