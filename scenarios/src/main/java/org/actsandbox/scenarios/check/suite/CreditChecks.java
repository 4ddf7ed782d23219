package org.actsandbox.scenarios.check.suite;

import static org.actsandbox.scenarios.check.model.CheckLevel.SHOP;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;
import static org.actsandbox.scenarios.check.model.MerchantCheck.should;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.model.Goods;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a merchant that takes a deposit and asks for the credit behind a buyer before it takes
 * less (CRD-3, CRD-9, CRD-10).
 */
final class CreditChecks {

  private static final String LINE = "deposit";

  static final List<MerchantCheck> ALL =
      List.of(
          must("credit.asks-only-when-referred", SHOP, "CRD-3.b")
              .says(
                  "Confirms a cart that refers to no credit, and looks who asked the verifier.",
                  "Credit is asked for with the subject’s permission alone.",
                  "Ask the verifier only about a cart with credit, and take the deposit otherwise.")
              .needs(Goods.CARTS)
              .playedBy("deposit-without-authorization")
              .runs(with(CreditChecks::withoutReference)),
          must("credit.asks-the-minimum", SHOP, "CRD-10.b")
              .says(
                  "Permits exactly what a deposit needs, and looks whether the query is within it.",
                  "What is asked for beyond the need is what leaks.",
                  "Request associatedCreditValue and mappingPolicy, and nothing else.")
              .needs("credit.asks-only-when-referred")
              .playedBy("deposit-waived-by-credit")
              .runs(with(CreditChecks::minimum)),
          should("credit.pass-lowers", SHOP, "CRD-10.d")
              .says(
                  "Refers to good credit, and compares the deposit with that of a stranger.",
                  "Who asks for credit and ignores the answer asked for nothing.",
                  "Lower the deposit after a PASS, or do not ask.")
              .needs("credit.asks-the-minimum")
              .playedBy("deposit-waived-by-credit")
              .runs(with(CreditChecks::pass)),
          must("credit.revoked-lowers-nothing", SHOP, "CRD-4.a")
              .says(
                  "Refers to an authorization that its subject has revoked.",
                  "A permission that was taken back is none.",
                  "Take the whole deposit unless the answer is PASS.")
              .needs("credit.asks-only-when-referred")
              .playedBy("deposit-after-a-fail")
              .runs(with(CreditChecks::revoked)),
          must("credit.silence-is-no-fail", SHOP, "CRD-9.c")
              .says(
                  "Silences the verifier, and confirms a cart that refers to credit.",
                  "A verifier that is down says nothing bad about a buyer.",
                  "Confirm the cart with the whole deposit and the result INCONCLUSIVE.")
              .needs("credit.asks-only-when-referred")
              .playedBy("deposit-while-credit-is-silent")
              .runs(with(CreditChecks::silence)),
          must("credit.order-tells-no-credit", SHOP, "CRD-10.e")
              .says(
                  "Looks in the order for what the verifier told about the buyer.",
                  "The answer is for this decision alone, and an order is read by many.",
                  "Keep the decision, the result and the ids of the query, and nothing else.")
              .needs("credit.asks-the-minimum")
              .playedBy("deposit-waived-by-credit")
              .runs(with(CreditChecks::nothingKept)));

  private CreditChecks() {}

  /** Has a mock hotel take a deposit for the check, and ends that afterwards. */
  private static Consumer<CheckContext> with(BiConsumer<CheckContext, CheckCredit> check) {
    return context -> {
      if (!context.goods().kind().equals("hotel")) {
        throw CheckEnd.notApplicable("it takes no deposit, and asks for no credit");
      }
      var credit = new CheckCredit(context.world());
      credit.takeDeposit(context.target());
      try {
        check.accept(context, credit);
      } finally {
        credit.endDeposit(context.target());
      }
    };
  }

  private static String merchant(CheckContext context) {
    return "did:act:" + context.target().id();
  }

  private static JsonNode offer(CheckContext context, PurchaseClient buyer) {
    var offer = context.goods().offer(buyer, context.world().nextId());
    if (deposit(offer.path("lines")).signum() == 0) {
      throw CheckEnd.notApplicable("its offers have no price line deposit");
    }
    return offer;
  }

  private static BigDecimal deposit(JsonNode lines) {
    return lines
        .valueStream()
        .filter(line -> line.path("type").asString("").equals(LINE))
        .map(line -> new BigDecimal(line.path("amount").asString("0")))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static ObjectNode cart(CheckContext context, PurchaseClient buyer, JsonNode offer) {
    return buyer.cart(context.world().nextId(), offer);
  }

  private static JsonNode confirmed(CheckContext context, PurchaseClient buyer, ObjectNode cart) {
    Reply reply = context.post("/carts", buyer, buyer.signed(cart));
    context.require(
        reply.status() == 201 || reply.status() == 200, "201 and an order for the cart", reply);
    return reply.json();
  }

  private static void withoutReference(CheckContext context, CheckCredit credit) {
    var buyer = context.goods().buyer();
    var offer = offer(context, buyer);
    var order = confirmed(context, buyer, cart(context, buyer, offer));
    var asked = credit.asked(merchant(context), buyer.agent());
    context.require(asked.isEmpty(), "no query without a reference", asked);
    context.require(!order.path("deposit").has("query_id"), "an order that names no query", order);
    requireWhole(context, offer, order);
  }

  private static void requireWhole(CheckContext context, JsonNode offer, JsonNode order) {
    context.requireSame("total", offer.path("total").asString(), order.path("total").asString(""));
  }

  private static JsonNode query(CheckContext context, CheckCredit credit, PurchaseClient buyer) {
    var asked = credit.asked(merchant(context), buyer.agent());
    if (asked.isEmpty()) {
      throw CheckEnd.notApplicable("it takes a deposit and never asks for credit");
    }
    return asked.getFirst();
  }

  private static JsonNode referred(
      CheckContext context, PurchaseClient buyer, JsonNode offer, JsonNode reference) {
    var cart = cart(context, buyer, offer);
    cart.set("credit", reference);
    return confirmed(context, buyer, cart);
  }

  private static void minimum(CheckContext context, CheckCredit credit) {
    var buyer = context.goods().buyer();
    var offer = offer(context, buyer);
    referred(context, buyer, offer, credit.grant(buyer.agent(), merchant(context)));
    var query = query(context, credit, buyer);
    context.requireSame("reason", "VERIFIED", query.path("reason").asString(""));
  }

  private static void pass(CheckContext context, CheckCredit credit) {
    var buyer = context.goods().buyer();
    var offer = offer(context, buyer);
    var order = referred(context, buyer, offer, credit.grant(buyer.agent(), merchant(context)));
    query(context, credit, buyer);
    context.require(
        new BigDecimal(order.path("total").asString("0"))
                .compareTo(new BigDecimal(offer.path("total").asString()))
            < 0,
        CheckSentence.of("a total below {0}", offer.path("total").asString()),
        order.path("total").asString(""));
  }

  private static void revoked(CheckContext context, CheckCredit credit) {
    var buyer = context.goods().buyer();
    var offer = offer(context, buyer);
    var reference = credit.grant(buyer.agent(), merchant(context));
    credit.revoke(reference);
    requireWhole(context, offer, referred(context, buyer, offer, reference));
  }

  private static void silence(CheckContext context, CheckCredit credit) {
    var buyer = context.goods().buyer();
    var offer = offer(context, buyer);
    var reference = credit.grant(buyer.agent(), merchant(context));
    credit.silence();
    var order = referred(context, buyer, offer, reference);
    context.requireSame(
        "deposit.result", "INCONCLUSIVE", order.at("/deposit/result").asString("INCONCLUSIVE"));
    requireWhole(context, offer, order);
  }

  private static void nothingKept(CheckContext context, CheckCredit credit) {
    var buyer = context.goods().buyer();
    var offer = offer(context, buyer);
    var order = referred(context, buyer, offer, credit.grant(buyer.agent(), merchant(context)));
    query(context, credit, buyer);
    var text = Json.write(order);
    for (var told : List.of("associatedCreditValue", "associated_credit_value", "-ASSOCIATED")) {
      context.require(!text.contains(told), "an order without the value of the credit", order);
    }
  }
}
