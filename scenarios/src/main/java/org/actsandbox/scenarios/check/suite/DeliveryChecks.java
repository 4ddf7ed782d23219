package org.actsandbox.scenarios.check.suite;

import static org.actsandbox.scenarios.check.model.CheckLevel.GATE;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;
import static org.actsandbox.scenarios.check.model.MerchantCheck.should;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.scenarios.check.exchange.MerchantSilent;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.world.CheckPurchase;
import org.actsandbox.scenarios.check.world.CheckWorld;
import tools.jackson.databind.JsonNode;

/** Checks that a good proof delivers, once, and what the merchant says about it. */
final class DeliveryChecks {

  private static final String VERIFY = "POST /proofs/verify";
  private static final String FULFILMENTS = "POST /fulfilments";

  private static final List<String> STATES =
      List.of(
          "CREATE",
          "WAIT_BUYER_PAY",
          "WAIT_SELLER_FULFILLMENT",
          "WAIT_BUYER_RECEIPT",
          "TRADE_FINISHED",
          "TRADE_CLOSED");

  /** Ours: real time in which a merchant outside confirms a delivery, with its first repeats. */
  private static final Duration CONFIRMATION = Duration.ofSeconds(10);

  static final List<MerchantCheck> ALL =
      List.of(
          must(CheckContext.DELIVERS, GATE, "A402-6.b")
              .says(
                  "Pays and shows the proof.",
                  "The buyer has paid and must get the goods.",
                  "Answer 200 and the resource for a proof that validates.")
              .needs(CheckContext.PAYABLE)
              .asserts("A402-TEST-004")
              .runs(DeliveryChecks::first),
          must("delivery.old-key", GATE, "A402-6.b")
              .says(
                  "Pays, gives the payment service a new key, and shows the older proof.",
                  "A proof stays good when the key that signed it is succeeded.",
                  "Keep older keys of the key set as long as it lists them.")
              .needs(CheckContext.DELIVERS)
              .playedBy("key-rotated-away")
              .runs(
                  context -> {
                    var purchase = context.paid(context.purchases().begin());
                    rotate(context);
                    var reply = context.show(purchase, purchase.proof());
                    context.require(
                        reply.status() == 200, "200 for a proof of the older key", reply);
                  }),
          must("delivery.new-key", GATE, "A402-6.b")
              .says(
                  "Gives the payment service a new key and buys.",
                  "Keys rotate; a merchant that keeps the old set sells nothing any more.",
                  "Fetch the payment service's keys again when a key id is not known.")
              .needs(CheckContext.DELIVERS)
              .playedBy("key-rotated-away")
              .runs(
                  context -> {
                    rotate(context);
                    var purchase = context.paid(context.purchases().begin());
                    var reply = context.show(purchase, purchase.proof());
                    context.require(
                        reply.status() == 200, "200 for a proof of the newer key", reply);
                  }),
          must("delivery.not-before", GATE, "A402-1.c")
              .says(
                  "Compares the body of the 402 answer with the delivered goods.",
                  "The body of a 402 is for people; goods in it are given away.",
                  "Leave the resource out of every answer but the delivery.")
              .needs(CheckContext.DELIVERS)
              .runs(
                  context -> {
                    var goods = first(context).text();
                    var asked =
                        context.once("402 body", () -> context.ask(context.purchases().begin()));
                    context.require(
                        goods.isEmpty() || !asked.text().contains(goods),
                        "no goods in the 402 answer",
                        asked);
                  }),
          must("delivery.repeated", GATE, "A402-6.c")
              .says(
                  "Shows the same proof a second time.",
                  "The answer may have been lost; a second delivery would be a gift.",
                  "Answer the stored result, or a clear conflict.")
              .needs(CheckContext.DELIVERS)
              .asserts("A402-TEST-007")
              .playedBy("delivered-once-on-retry")
              .runs(
                  context -> {
                    var first = first(context);
                    var purchase = bought(context);
                    var again = context.show(purchase, purchase.proof());
                    if (again.status() == 200) {
                      context.requireSame("delivery", first.text(), again.text());
                    } else {
                      context.require(
                          again.status() >= 400 && again.status() < 500,
                          "the stored result or a conflict",
                          again);
                    }
                  }),
          must("delivery.raced", GATE, "A402-6.c")
              .says(
                  "Shows one proof eight times at once.",
                  "Two threads that both see an undelivered order deliver twice.",
                  "Take the delivery key atomically.")
              .needs(CheckContext.DELIVERS)
              .asserts("A402-TEST-007")
              .playedBy("delivered-once-on-retry")
              .runs(DeliveryChecks::raced),
          must("delivery.after-lost-answer", GATE, "A402-6.c")
              .says(
                  "Loses the answer of the delivery and shows the proof again.",
                  "A buyer that paid and got nothing is the worst end of a purchase.",
                  "Deliver the stored result to the same proof.")
              .needs("delivery.repeated")
              .asserts("A402-TEST-007")
              .playedBy("every-answer-lost-once")
              .runs(DeliveryChecks::lostAnswer),
          should("delivery.other-buyer", GATE, "A402-6.d")
              .says(
                  "Shows a delivered proof in the name of another agent.",
                  "Who copied a proof must not get the goods.",
                  "Compare the buyer of the proof with that of the order.")
              .needs(CheckContext.DELIVERS)
              .playedBy("proof-replayed-by-another")
              .runs(
                  context -> {
                    var purchase = bought(context);
                    first(context);
                    context.requireRefused(
                        "the proof in another buyer's name",
                        context.show(
                            purchase,
                            CheckContext.changed(
                                purchase.proof(),
                                "buyer_unique_id",
                                context.world().nextAgent().agentId() + "-x")));
                  }),
          must("delivery.asks", GATE, "A402-6.a")
              .says(
                  "Counts the merchant's calls to the payment service before a delivery.",
                  "A signature does not say that the money is still there.",
                  "Call POST /psp/proofs/verify before each delivery.")
              .needs(CheckContext.DELIVERS)
              .playedBy("payment-service-silent-before-delivery")
              .runs(
                  context -> {
                    var probe = context.world().probe(CheckWorld.PSP, VERIFY);
                    context.delivered(context.purchases().begin());
                    context.require(
                        context.world().matched(probe) > 0,
                        "a call to POST /psp/proofs/verify",
                        CheckSentence.of("none"));
                  }),
          must("delivery.unknown-waits", GATE, "A402-6.a")
              .says(
                  "Silences the payment service and shows a good proof.",
                  "Unknown is not paid; goods would go out for a payment that was taken back.",
                  "Deliver nothing while the payment service does not answer.")
              .needs("delivery.asks")
              .asserts("A402-TEST-008")
              .playedBy("payment-service-silent-before-delivery")
              .runs(
                  context -> {
                    var reply = silent(context);
                    context.requireRefused("a proof that was not confirmed", reply);
                  }),
          should("delivery.unknown-told", GATE, "A402-9.b")
              .says(
                  "Looks at the answer while the payment service is silent.",
                  "A 402 would ask the buyer to pay again; unknown is neither paid nor unpaid.",
                  "Answer 503 with Retry-After, and no Payment-Needed.")
              .needs("delivery.unknown-waits")
              .asserts("A402-TEST-008")
              .playedBy("payment-service-silent-before-delivery")
              .runs(
                  context -> {
                    var reply = silent(context);
                    context.require(
                        reply.status() >= 500
                            && reply.answer().header(A402Headers.PAYMENT_NEEDED).isEmpty(),
                        "a status 5xx without a bill",
                        reply);
                  }),
          must("delivery.unknown-ends", GATE, "A402-6.a")
              .says(
                  "Shows the same proof again when the payment service answers.",
                  "An outage must not cost the buyer what was paid.",
                  "Ask the payment service again at the next request.")
              .needs("delivery.unknown-waits")
              .playedBy("payment-service-silent-before-delivery")
              .runs(
                  context -> {
                    var purchase = silence(context).purchase();
                    var reply = context.show(purchase, purchase.proof());
                    context.require(reply.status() == 200, "200 after the outage", reply);
                  }),
          must("delivery.lost-verification", GATE, "A402-9.b", "A402-6.a")
              .says(
                  "Loses the payment service's answer about the proof.",
                  "A lost answer proves nothing.",
                  "Treat a lost answer as unknown, and ask again.")
              .needs("delivery.unknown-waits")
              .playedBy("slow-payment-service-before-delivery")
              .runs(
                  context -> {
                    var purchase = context.paid(context.purchases().begin());
                    context.world().fault("lost_answer", CheckWorld.PSP, VERIFY, 1, Map.of());
                    context.show(purchase, purchase.proof());
                    var reply = context.show(purchase, purchase.proof());
                    context.require(reply.status() == 200, "200 when the answer arrives", reply);
                  }),
          must("delivery.confirms", GATE, "A402-7")
              .says(
                  "Looks at the trade after the delivery.",
                  "Until the seller confirms, the payment service cannot finish the trade.",
                  "Send POST /psp/fulfilments after each delivery.")
              .needs(CheckContext.DELIVERS)
              .playedBy("issued-and-acknowledged")
              .runs(
                  context -> {
                    first(context);
                    context.world().advance(Duration.ofSeconds(5));
                    requireConfirmed(
                        context, bought(context), "a trade whose delivery the seller confirmed");
                  }),
          must("delivery.confirms-later", GATE, "A402-7")
              .says(
                  "Refuses the first confirmation of a delivery and waits.",
                  "A confirmation that is lost leaves the trade open for ever.",
                  "Repeat the confirmation until the payment service takes it.")
              .needs("delivery.confirms")
              .playedBy("payment-service-down-at-the-end")
              .movesClock()
              .runs(
                  context -> {
                    context.requireWorldTime();
                    context
                        .world()
                        .fault(
                            "error_status", CheckWorld.PSP, FULFILMENTS, 1, Map.of("status", 503));
                    var purchase = context.paid(context.purchases().begin());
                    context.show(purchase, purchase.proof());
                    context.world().advance(Duration.ofHours(1));
                    if (!context.target().mock()) {
                      // A merchant outside learns from the next request how late it is.
                      context.ask(context.purchases().begin());
                    }
                    requireConfirmed(context, purchase, "a confirmation that is repeated");
                  }),
          should("validation.present", GATE, "A402-9.a")
              .says(
                  "Looks for Payment-Validation at the delivery.",
                  "It is the seller's word about payment, delivery and fulfilment.",
                  "Send Payment-Validation with every answer to a proof.")
              .needs(CheckContext.DELIVERS)
              .runs(DeliveryChecks::validation),
          should("validation.facts", GATE, "A402-9.a")
              .says(
                  "Reads the separate facts of Payment-Validation at the delivery.",
                  "A payment that succeeded is no delivery, and a delivery no receipt.",
                  "Say VALID, DELIVERED, a fulfillment_status and a transaction_state.")
              .needs("validation.present")
              .asserts("A402-TEST-005")
              .runs(
                  context -> {
                    var facts = validation(context).path("protocol");
                    context.requireSame(
                        "validation_status", "VALID", facts.path("validation_status").asString(""));
                    context.requireSame(
                        "delivery_status", "DELIVERED", facts.path("delivery_status").asString(""));
                    context.require(
                        facts.path("fulfillment_status").isString(), "a fulfillment_status", facts);
                  }),
          must("validation.state", GATE, "A402-8.a")
              .says(
                  "Reads the state of the trade in Payment-Validation.",
                  "Others see one of six states, and no other word.",
                  "Say one of " + String.join(", ", STATES) + ".")
              .needs("validation.present")
              .runs(
                  context -> {
                    var state = validation(context).at("/protocol/transaction_state").asString("");
                    context.require(STATES.contains(state), "one of the six states", state);
                  }),
          must("validation.same-purchase", GATE, "A402-6.d")
              .says(
                  "Compares trade, order and resource of Payment-Validation with the proof's.",
                  "A verdict about another purchase is none about this one.",
                  "Copy trade_no, out_trade_no and resource_id from the validated proof.")
              .needs("validation.present")
              .runs(
                  context -> {
                    var facts = validation(context).path("protocol");
                    for (var field : List.of("trade_no", "out_trade_no", "resource_id")) {
                      context.requireSame(
                          field,
                          bought(context).proof().path("protocol").path(field).asString(""),
                          facts.path(field).asString(""));
                    }
                  }),
          should("validation.schema", GATE, "A402-4")
              .says(
                  "Validates the decoded Payment-Validation against the published schema.",
                  "Other people's programs validate it, too.",
                  "Fill the members that the schema requires, and no others in protocol.")
              .needs("validation.present")
              .runs(context -> WireSchemas.require(context, "validation", validation(context))));

  private DeliveryChecks() {}

  static CheckPurchase bought(CheckContext context) {
    return context.once("bought", () -> context.paid(context.purchases().begin()));
  }

  /** The first answer with goods, once for the run. */
  static Reply first(CheckContext context) {
    return context.step(
        CheckContext.DELIVERS,
        () -> context.once("delivery", () -> context.delivered(bought(context))));
  }

  /**
   * Requires that the seller confirmed the delivery. A merchant outside may do so in the background
   * and wait before it repeats a confirmation, in real time, because the standard names no moment.
   */
  private static void requireConfirmed(
      CheckContext context, CheckPurchase purchase, String expected) {
    long end = System.nanoTime() + (context.target().mock() ? 0 : CONFIRMATION.toNanos());
    var state = state(purchase);
    while (!isConfirmed(state) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      state = state(purchase);
    }
    context.require(isConfirmed(state), expected, state);
  }

  private static String state(CheckPurchase purchase) {
    return trade(purchase).path("transaction_state").asString("");
  }

  private static boolean isConfirmed(String state) {
    return state.equals("WAIT_BUYER_RECEIPT") || state.equals("TRADE_FINISHED");
  }

  static JsonNode trade(CheckPurchase purchase) {
    return purchase.buyer().payment(purchase.tradeNo()).json();
  }

  /**
   * Rotates once in a run: a merchant may wait a while before it fetches the keys again for another
   * unknown id, so that invented ids cause no flood of calls.
   */
  private static void rotate(CheckContext context) {
    context.once(
        "rotation",
        () -> {
          context.world().rotatePaymentServiceKey();
          return true;
        });
  }

  private static JsonNode validation(CheckContext context) {
    return context.step(
        "validation.present",
        () -> {
          var header = first(context).answer().header(A402Headers.PAYMENT_VALIDATION);
          context.require(
              header.isPresent(), "the header Payment-Validation", CheckSentence.of("none"));
          return context.decoded(A402Headers.PAYMENT_VALIDATION, header.orElseThrow());
        });
  }

  private static void raced(CheckContext context) {
    var purchase = context.paid(context.purchases().begin());
    Callable<Reply> show = () -> context.show(purchase, purchase.proof());
    var replies =
        ConcurrentRequests.all(IntStream.range(0, 8).<Callable<Reply>>mapToObj(_ -> show).toList());
    var goods =
        replies.stream()
            .filter(reply -> reply.status() == 200)
            .map(Reply::text)
            .distinct()
            .toList();
    context.require(
        goods.size() == 1,
        "one delivery in all answers",
        CheckSentence.of("{0} different deliveries", goods.size()));
    var again = context.show(purchase, purchase.proof());
    if (again.status() == 200) {
      context.requireSame("delivery", goods.getFirst(), again.text());
    }
  }

  private static void lostAnswer(CheckContext context) {
    var purchase = context.paid(context.purchases().begin());
    context.armAtMerchant("lost_answer", "**", Map.of());
    try {
      // At its place in the world a request meets the faults that are armed for the merchant.
      context.showAt(
          purchase,
          context.target().inWorld(purchase.resource()),
          purchase.body(),
          A402Headers.encode(purchase.proof()));
      throw CheckEnd.inconclusive("the fault did not lose the answer");
    } catch (MerchantSilent lost) {
      var again = context.show(purchase, purchase.proof());
      context.require(
          again.status() == 200,
          CheckSentence.of("the stored result after {0}", CheckSentence.of(lost)),
          again);
    }
  }

  /** A good proof that was shown while the payment service was silent. */
  private record Silence(CheckPurchase purchase, Reply reply) {}

  private static Reply silent(CheckContext context) {
    return silence(context).reply();
  }

  /** Shows a good proof while the payment service is silent, once for the run. */
  private static Silence silence(CheckContext context) {
    return context.step(
        "delivery.unknown-waits",
        () ->
            context.once(
                "silence",
                () -> {
                  var purchase = context.paid(context.purchases().begin());
                  context
                      .world()
                      .fault("error_status", CheckWorld.PSP, VERIFY, 0, Map.of("status", 503));
                  var reply = context.show(purchase, purchase.proof());
                  context.world().clearFaults();
                  return new Silence(purchase, reply);
                }));
  }
}
