package org.actsandbox.scenarios.check.suite;

import static org.actsandbox.scenarios.check.model.CheckLevel.GATE;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.actsandbox.client.DelegationClient;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.model.Goods;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.world.CheckPurchase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the published assertions about payment services executable. They judge the ground that the
 * other checks stand on, while the merchant that is checked sells on it.
 */
final class PaymentServiceChecks {

  private static final Map<ActComponent, String> COMPONENTS =
      Map.of(
          ActComponent.PSD_PMT_BND, "/psp/bindings/none",
          ActComponent.PSD_AGT_SUB, "/psp/sub-accounts",
          ActComponent.PSD_PAY_INS, "/psp/payments",
          ActComponent.PSD_PAY_DEL, "/psp/delegated-payments",
          ActComponent.PSD_PAY_AUP, "/psp/autonomous-payments",
          ActComponent.PSD_PAY_A402, "/psp/proofs/verify");

  static final List<MerchantCheck> ALL =
      List.of(
          must("assertion.three-levels", GATE, "A402-3.a")
              .says(
                  "Buys from the merchant by instant, directed and autonomous payment.",
                  "A402 belongs to none of the three, so a gate must open for each.",
                  "Validate the proof of every kind of payment alike.")
              .needs(CheckContext.DELIVERS)
              .asserts("A402-TEST-001")
              .playedBy("autonomous-errands")
              .runs(PaymentServiceChecks::threeLevels),
          must("assertion.six-components", GATE, "A402-2.c")
              .says(
                  "Looks for the six components of the payment service at addresses of their own.",
                  "A payment service that merges A402 into one of the levels owns the gate.",
                  "Serve the six components apart.")
              .asserts("PSD-TEST-001")
              .ofPaymentService()
              .runs(
                  context ->
                      COMPONENTS.forEach(
                          (component, path) -> {
                            var reply = context.world().send("GET", path, null, null);
                            context.require(
                                reply.status() == 401
                                    || reply.status() == 403
                                    || reply.status() == 405,
                                CheckSentence.of("{0} at {1}", component.code(), path),
                                reply);
                          })),
          must("assertion.reference-only", GATE, "PSD-1.a")
              .says(
                  "Reads what the agent sees of its payment instruments.",
                  "The agent pays with a reference and never sees the account.",
                  "Show agents the reference, its state and its limits, and no account.")
              .asserts("PSD-TEST-002")
              .ofPaymentService()
              .playedBy("who-knows-the-account")
              .runs(PaymentServiceChecks::referenceOnly),
          must("assertion.no-debit-before-approval", GATE, "PSD-3.e")
              .says(
                  "Requests a payment, declines it, and compares the wallet.",
                  "Money moves when the principal says so, and not before.",
                  "Debit or freeze after the confirmation only.")
              .needs(CheckContext.PAYABLE)
              .asserts("PSD-TEST-003")
              .ofPaymentService()
              .playedBy("five-ways-to-say-no")
              .runs(PaymentServiceChecks::noDebit),
          must("assertion.directed-bounds", GATE, "PSD-5.e")
              .says(
                  "Requests a payment above its authority, rightly signed by the agent.",
                  "The agent's own check is a promise; the payment service decides.",
                  "Check amount, merchant and state of the credential at the payment service.")
              .needs(CheckContext.PAYABLE)
              .asserts("PSD-TEST-004")
              .ofPaymentService()
              .playedBy("to-the-cent")
              .runs(
                  context -> {
                    if (!context.goods().hasCarts()) {
                      throw CheckEnd.notApplicable("what it sells is no target of an authority");
                    }
                    requireOverLimit(
                        context, underAuthority(context, "SPECIFIED", new BigDecimal("0.01")));
                  }),
          must("assertion.autonomous-bounds", GATE, "PSD-5.d", "PSD-7.a")
              .says(
                  "Pays under a bounded authority until its total is used up.",
                  "Several decisions share one budget.",
                  "Count the cumulative amount on the payment service's own history.")
              .needs(CheckContext.PAYABLE)
              .asserts("PSD-TEST-005")
              .ofPaymentService()
              .playedBy("budget-exhausted-by-a-race")
              .runs(PaymentServiceChecks::bounds));

  private PaymentServiceChecks() {}

  private static void threeLevels(CheckContext context) {
    DeliveryChecks.first(context);
    var total = new BigDecimal("90000");
    var bounded = underAuthority(context, "BOUNDED", total);
    context.require(bounded.status() == 200, "200 for an autonomous payment", bounded);
    if (context.goods().hasCarts()) {
      // What a service is asked for is no target that an authority could name.
      var specified = underAuthority(context, "SPECIFIED", total);
      if (specified.code().equals("goods_not_stated")) {
        // The order states no facts to compare with an authority, which it need not.
        return;
      }
      context.require(specified.status() == 200, "200 for a directed payment", specified);
    }
  }

  private static void referenceOnly(CheckContext context) {
    var agent = context.world().nextAgent();
    var seen = context.world().send("GET", "/psp/instruments", agent.key(), null);
    context.require(seen.status() == 200, "200", seen);
    for (var instrument : seen.json().path("items")) {
      context.require(instrument.has("instrument_ref"), "an instrument_ref", instrument);
      for (var secret : List.of("account", "account_no", "card_number")) {
        context.require(
            !instrument.has(secret), CheckSentence.of("no field {0}", secret), instrument);
      }
      context.require(
          !instrument.toString().matches(".*\\b\\d{12,19}\\b.*"), "no account number", instrument);
    }
  }

  private static void noDebit(CheckContext context) {
    var before = context.world().wallet().toString();
    var purchase = context.requested(context.purchases().begin());
    context.requireSame("wallet", before, context.world().wallet().toString());
    var digest = purchase.buyer().cashier(purchase.tradeNo()).json().path("digest").asString("");
    purchase.buyer().decide(purchase.tradeNo(), Map.of("decision", "DECLINE", "digest", digest));
    context.requireSame("wallet", before, context.world().wallet().toString());
    context.require(
        !purchase.buyer().payment(purchase.tradeNo()).json().has("proof"),
        "no proof of a declined payment",
        CheckSentence.of("a proof"));
  }

  private static void bounds(CheckContext context) {
    var wish = context.goods().wish();
    var agent = context.world().nextAgent();
    var look = authority(context, agent, "BOUNDED", new BigDecimal("90000"), wish);
    var price = Goods.amount(again(context, agent, look, wish).bill().path("amount"));
    var authority = authority(context, agent, "BOUNDED", price, wish);
    var paid = pay(context, "BOUNDED", authority, again(context, agent, authority, wish));
    context.require(paid.status() < 300, "a first payment inside the total", paid);
    requireOverLimit(
        context, pay(context, "BOUNDED", authority, again(context, agent, authority, wish)));
  }

  private static void requireOverLimit(CheckContext context, Reply reply) {
    context.require(
        reply.status() >= 400 && reply.code().contains("limit_exceeded"),
        "a refusal because of the limit",
        reply);
  }

  /** Gives an authority, buys under it and shows the proof; a refusal ends it earlier. */
  private static Reply underAuthority(CheckContext context, String mode, BigDecimal total) {
    var agent = context.world().nextAgent();
    var wish = context.goods().wish();
    var authority = authority(context, agent, mode, total, wish);
    var purchase = again(context, agent, authority, wish);
    var paid = pay(context, mode, authority, purchase);
    if (paid.status() >= 300) {
      return paid;
    }
    purchase.trade(paid.json().path("trade_no").asString());
    var proof = purchase.buyer().payment(purchase.tradeNo()).json().path("proof");
    purchase.paid(proof);
    return context.show(purchase, proof);
  }

  private static JsonNode authority(
      CheckContext context, ExternalAgent agent, String mode, BigDecimal total, Goods.Wish wish) {
    var buyer = context.world().buyer(agent);
    var delegations = new DelegationClient(context.world().target(), buyer, context.world()::now);
    var intentId = "I-" + context.world().nextId();
    var now = context.world().now().truncatedTo(ChronoUnit.MILLIS);
    var isr = Json.object();
    isr.putObject("conversation_history")
        .put("user_intent_raw", "Buy it when you find it")
        .putArray("input_mode")
        .add("TEXT");
    isr.put("intent_id", intentId).put("delegation_mode", mode);
    isr.put("validity_start_time", now.toString());
    isr.put("validity_end_time", now.plus(Duration.ofDays(1)).toString());
    isr.put("max_total_amount", total).put("currency", "CNY");
    isr.putArray("allowed_payment_methods").add("balance");
    isr.put("agent_id", agent.agentId());
    var ext = isr.putObject("ext");
    ext.putObject("commerce").putArray("allowed_merchants").add(context.target().did());
    if (mode.equals("SPECIFIED")) {
      ext.putObject("vendor_private").putArray("targets").add(wish.target(context.goods().kind()));
    }
    var asked = delegations.sendDraft(buyer.signed(delegations.draft(isr)));
    var shown =
        delegations.confirmation(intentId, context.world().target().keys().principal()).json();
    var decision = Json.object().put("decision", "APPROVE").put("pin", PurchaseClient.DEMO_PIN);
    decision.put("digest", shown.path("digest").asString(""));
    var decided =
        delegations.decide(intentId, decision, context.world().target().keys().principal());
    var id = decided.json().path("delegation_id").asString("");
    if (id.isEmpty()) {
      throw CheckEnd.inconclusive("the world issued no authority: {0}, then {1}", asked, decided);
    }
    var authority = Json.object().put("intent_id", intentId).put("delegation_id", id);
    authority.set("iac", delegations.credential(id).json().path("iac"));
    authority.set(
        "principal_id", delegations.delegation(id).json().at("/payload/delegator_identity"));
    return authority;
  }

  /** Begins a purchase whose cart or request names the authority. */
  private static CheckPurchase again(
      CheckContext context, ExternalAgent agent, JsonNode authority, Goods.Wish wish) {
    return context.billed(
        context.purchases().beginUnder(context.world().buyer(agent), authority, wish));
  }

  private static Reply pay(
      CheckContext context, String mode, JsonNode authority, CheckPurchase purchase) {
    var buyer = purchase.buyer();
    var delegations = new DelegationClient(context.world().target(), buyer, context.world()::now);
    ObjectNode message =
        delegations.payment(purchase.id(), purchase.bill(), purchase.order(), authority);
    message.set("bill_method", purchase.needed().path("method"));
    var reply = delegations.pay(mode, buyer.signed(message), buyer.agent().key());
    CheckContext.requireFunds(reply.code());
    if (reply.code().equals("goods_not_stated")
        && purchase.order() != null
        && !purchase.bill().has("commerce_confirmation")) {
      throw CheckEnd.deviates(
          "commerce_confirmation in the bill, with the digest of the signed order: without it no"
              + " payment under an authority is made",
          CheckSentence.of("a bill without it: {0}", reply));
    }
    return reply;
  }
}
