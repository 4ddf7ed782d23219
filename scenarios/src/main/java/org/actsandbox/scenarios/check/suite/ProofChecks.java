package org.actsandbox.scenarios.check.suite;

import static org.actsandbox.scenarios.check.model.CheckLevel.GATE;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;
import static org.actsandbox.scenarios.check.model.MerchantCheck.should;
import static org.actsandbox.scenarios.check.suite.ProofForgery.changedClaims;
import static org.actsandbox.scenarios.check.suite.ProofForgery.elsewhere;
import static org.actsandbox.scenarios.check.suite.ProofForgery.encoded;
import static org.actsandbox.scenarios.check.suite.ProofForgery.forged;
import static org.actsandbox.scenarios.check.suite.ProofForgery.forgedFor;
import static org.actsandbox.scenarios.check.suite.ProofForgery.pspKeyId;
import static org.actsandbox.scenarios.check.suite.ProofForgery.unsigned;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.world.CheckPurchase;
import tools.jackson.databind.JsonNode;

/** Checks that no proof but the right one opens the resource (A402-1, A402-6). */
final class ProofChecks {

  private static final String PAID = "paid";

  static final List<MerchantCheck> ALL =
      List.of(
          refused(
              "proof.garbage",
              "A402-6.b",
              "Shows a proof that is not base64url.",
              "unreadable-proof-headers",
              (_, _) -> "!!not-base64url!!"),
          refused(
              "proof.not-json",
              "A402-6.b",
              "Shows a proof that decodes to no JSON.",
              "unreadable-proof-headers",
              (_, _) -> encoded("no json".getBytes(StandardCharsets.UTF_8))),
          advised(
              "proof.one-layer",
              "A402-2.b",
              "Shows a proof without the method layer.",
              "unreadable-proof-headers",
              (_, purchase) -> {
                var half = Json.object();
                half.set("protocol", purchase.proof().path("protocol"));
                return A402Headers.encode(half);
              }),
          refused(
              "proof.forged",
              "A402-6.b",
              "Shows a proof with the payment service's key id, signed by another key.",
              "proof-tampered",
              (context, purchase) ->
                  forged(context, purchase, pspKeyId(context), UnaryOperator.identity())),
          refused(
              "proof.unknown-key",
              "A402-6.b",
              "Shows a proof signed by a key that no payment service has.",
              "proof-tampered",
              (context, purchase) ->
                  forged(
                      context, purchase, "did:act:sandbox-pay#key-99", UnaryOperator.identity())),
          refused(
              "proof.self-issued",
              "A402-6.b",
              "Shows a proof that the agent issued itself, in its own name.",
              "proof-tampered",
              (context, purchase) ->
                  forged(
                      context,
                      purchase,
                      purchase.buyer().agent().signer().signerId(),
                      UnaryOperator.identity())),
          refused(
              "proof.unsigned",
              "A402-6.b",
              "Shows a proof whose header says that it needs no signature (alg none).",
              "proof-tampered",
              (_, purchase) -> unsigned(purchase)),
          refused(
              "proof.changed-claims",
              "A402-6.b",
              "Changes what the payment service signed and keeps its signature.",
              "proof-tampered",
              (_, purchase) -> changedClaims(purchase)),
          refused(
              "proof.echo-order",
              "A402-6.d",
              "Changes out_trade_no beside a good proof.",
              "proof-tampered",
              echo("out_trade_no", "another-order")),
          refused(
              "proof.echo-resource",
              "A402-6.d",
              "Changes resource_id beside a good proof.",
              "proof-tampered",
              echo("resource_id", "another-resource")),
          refused(
              "proof.echo-trade",
              "A402-6.d",
              "Changes trade_no beside a good proof.",
              "proof-tampered",
              echo("trade_no", "another-trade")),
          refused(
              "proof.echo-fingerprint",
              "A402-6.d",
              "Changes request_fingerprint beside a good proof.",
              "proof-tampered",
              echo("request_fingerprint", "sha-256:" + "A".repeat(43))),
          advised(
              "proof.echo-expiry",
              "A402-6.d",
              "Moves expires_at beside a good proof ten years on.",
              "proof-tampered",
              echo("expires_at", "2036-11-26T01:00:00Z")),
          advised(
              "proof.method",
              "A402-6.d",
              "Shows the proof of another payment method.",
              "proof-tampered",
              echo("method_id", "example:another")),
          must("proof.refusal-bills", GATE, "A402-1.b")
              .says(
                  "Looks at the answer to a refused proof.",
                  "An agent whose proof is refused must learn what is to be paid.",
                  "Answer 402 with Payment-Needed to every refused proof.")
              .needs(CheckContext.PAYABLE)
              .playedBy("wrong-proof-gets-its-bill-again")
              .runs(
                  context ->
                      context.decoded(
                          A402Headers.PAYMENT_NEEDED, context.billHeader(refusal(context)))),
          must("proof.refusal-recognizable", GATE, "A402-6.e")
              .says(
                  "Looks for the error in the answer to a refused proof.",
                  "A program cannot read a sentence.",
                  "Say an error with its category in the body, or in Payment-Validation.")
              .needs(CheckContext.PAYABLE)
              .asserts("A402-TEST-008")
              .playedBy("proof-tampered")
              .runs(
                  context -> {
                    var reply = refusal(context);
                    var category =
                        CheckContext.error(reply).path("category").asString("")
                            + validation(context, reply)
                                .at("/protocol/error/category")
                                .asString("");
                    context.require(!category.isEmpty(), "an error with a category", reply);
                  }),
          should("proof.refusal-facts", GATE, "A402-9.a")
              .says(
                  "Reads Payment-Validation of a refused proof.",
                  "It must not claim a payment or a delivery that there was not.",
                  "Say validation_status INVALID and delivery_status NOT_STARTED.")
              .needs(CheckContext.PAYABLE)
              .asserts("A402-TEST-005")
              .runs(
                  context -> {
                    var facts = validation(context, refusal(context)).path("protocol");
                    context.requireSame(
                        "validation_status",
                        "INVALID",
                        facts.path("validation_status").asString(""));
                    context.requireSame(
                        "delivery_status",
                        "NOT_STARTED",
                        facts.path("delivery_status").asString(""));
                  }),
          should("proof.refusal-advice", GATE, "A402-10.b")
              .says(
                  "Reads phase, retryability and next actions of a refused proof's error.",
                  "They tell the agent whether to try again, and how.",
                  "Name all three, with the words of the published error schema.")
              .needs("proof.refusal-recognizable")
              .runs(context -> WireSchemas.require(context, "error", refusal(context).json())),
          must("proof.other-order", GATE, "A402-6.d", "A402-6.c")
              .says(
                  "Shows the proof of one order at another one.",
                  "One payment would open everything.",
                  "Compare out_trade_no and resource_id of the proof with the request's.")
              .needs(CheckContext.PAYABLE)
              .asserts("A402-TEST-006")
              .playedBy("proof-of-another-purchase")
              .runs(
                  context -> {
                    if (context.goods().kind().equals("gate")) {
                      throw CheckEnd.notApplicable("all its orders have one address");
                    }
                    var other = context.billed(context.purchases().begin());
                    context.requireRefused(
                        "the proof of another order", context.show(other, paid(context).proof()));
                  }),
          must("proof.other-order-renamed", GATE, "A402-6.d")
              .says(
                  "Shows the proof of one order at another one, with the other's numbers beside"
                      + " it.",
                  "What stands beside the proof is the buyer's word.",
                  "Compare the signed claims, not what is written beside them.")
              .needs(CheckContext.PAYABLE)
              .asserts("A402-TEST-006")
              .playedBy("proof-of-another-purchase")
              .runs(
                  context -> {
                    var other = context.billed(context.purchases().begin());
                    var renamed = paid(context).proof();
                    for (var field :
                        List.of("out_trade_no", "resource_id", "request_fingerprint")) {
                      renamed =
                          CheckContext.changed(renamed, field, other.bill().path(field).asString());
                    }
                    context.requireRefused(
                        "a renamed proof of another order", context.show(other, renamed));
                  }),
          must("proof.other-target", GATE, "A402-6.d")
              .says(
                  "Shows a good proof with a query that was not billed.",
                  "A proof is for one request.",
                  "Compare the fingerprint of the request with the proof's.")
              .needs(CheckContext.PAYABLE)
              .asserts("A402-TEST-006")
              .playedBy("proof-for-another-request")
              .runs(
                  context -> {
                    var purchase = paid(context);
                    var target =
                        purchase.resource()
                            + (purchase.resource().getRawQuery() == null ? "?" : "&")
                            + "act_check=2";
                    context.requireRefused(
                        "a request with another target",
                        context.showAt(
                            purchase,
                            URI.create(target),
                            purchase.body(),
                            A402Headers.encode(purchase.proof())));
                  }),
          must("proof.other-body", GATE, "A402-6.d")
              .says(
                  "Shows a good proof with a body that was not billed.",
                  "Something dear would be had for the price of something cheap.",
                  "Keep the body in the fingerprint and compare it.")
              .needs(CheckContext.PAYABLE)
              .asserts("A402-TEST-006")
              .playedBy("proof-for-another-request")
              .runs(
                  context -> {
                    var purchase = paid(context);
                    context.requireRefused(
                        "a request with another body",
                        context.showAt(
                            purchase,
                            purchase.resource(),
                            "{\"act_check\":3}".getBytes(StandardCharsets.UTF_8),
                            A402Headers.encode(purchase.proof())));
                  }),
          must("proof.other-merchant", GATE, "A402-6.b")
              .says(
                  "Shows the proof of a purchase at another merchant.",
                  "The money went elsewhere.",
                  "Compare the audience of the proof with the own DID.")
              .needs(CheckContext.PAYABLE)
              .playedBy("proof-of-another-purchase")
              .runs(
                  context -> {
                    var other = context.billed(context.purchases().begin());
                    context.requireRefused(
                        "the proof of another merchant's purchase",
                        context.show(other, elsewhere(context).proof()));
                  }),
          must("proof.expired", GATE, "A402-6.b")
              .says(
                  "Shows a proof after its time.",
                  "An old proof that was copied somewhere opens nothing any more.",
                  "Compare expires_at with the clock.")
              .needs(CheckContext.PAYABLE)
              .asserts("A402-TEST-004")
              .playedBy("proof-expired")
              .movesClock()
              .runs(ProofForgery::expired),
          must("proof.unpaid", GATE, "A402-6.a")
              .says(
                  "Shows a proof made up for a trade that waits for its principal.",
                  "A request to pay is not a payment.",
                  "Deliver on a proof that the payment service confirms, and on nothing else.")
              .needs(CheckContext.PAYABLE)
              .asserts("A402-TEST-003", "PSD-TEST-003")
              .runs(
                  context -> {
                    var waiting = context.requested(context.purchases().begin());
                    context.requireRefused(
                        "a proof for an unpaid trade",
                        context.showHeader(
                            waiting,
                            forgedFor(context, waiting, paid(context), pspKeyId(context))));
                  }),
          must("proof.good-after-bad", GATE, "A402-6.c")
              .says(
                  "Shows wrong proofs first, then the right one.",
                  "A buyer who paid must get the goods, also after others have tried.",
                  "Let a refused proof change nothing.")
              .needs(CheckContext.PAYABLE)
              .playedBy("wrong-proof-gets-its-bill-again")
              .runs(
                  context -> {
                    var purchase = context.paid(context.purchases().begin());
                    context.show(
                        purchase, CheckContext.changed(purchase.proof(), "trade_no", "T-wrong"));
                    context.showHeader(purchase, "!!");
                    var reply = context.show(purchase, purchase.proof());
                    context.require(reply.status() == 200, "200 for the right proof", reply);
                  }));

  private ProofChecks() {}

  private static MerchantCheck refused(
      String id,
      String rule,
      String does,
      String scenario,
      BiFunction<CheckContext, CheckPurchase, String> proof) {
    return refused(must(id, GATE, rule), does, scenario, proof);
  }

  /** A proof that the standard does not name, and that a careful seller refuses. */
  private static MerchantCheck advised(
      String id,
      String rule,
      String does,
      String scenario,
      BiFunction<CheckContext, CheckPurchase, String> proof) {
    return refused(should(id, GATE, rule), does, scenario, proof);
  }

  private static MerchantCheck refused(
      MerchantCheck.Builder check,
      String does,
      String scenario,
      BiFunction<CheckContext, CheckPurchase, String> proof) {
    return check
        .says(
            does,
            "A proof is untrusted input until it is validated; one that passes is goods for"
                + " nothing.",
            "Validate form, signature, expiry and consistency of the proof before the delivery.")
        .needs(CheckContext.PAYABLE)
        .asserts("A402-TEST-003", "A402-TEST-004")
        .playedBy(scenario)
        .runs(
            context -> {
              var purchase = paid(context);
              var reply = context.showHeader(purchase, proof.apply(context, purchase));
              if (reply.status() < 400) {
                // It is delivered now, and its stored result would answer the next wrong proof.
                context.forget(PAID);
              }
              context.requireRefused("such a proof", reply);
            });
  }

  /** A purchase that is paid and never delivered: all wrong proofs are shown for it. */
  static CheckPurchase paid(CheckContext context) {
    var purchase = context.once(PAID, () -> context.paid(context.purchases().begin()));
    // Proofs last ten minutes; checks that moved the clock since need a new one.
    var expires = purchase.proof().at("/protocol/expires_at").asString("");
    return java.time.Instant.parse(expires)
            .isAfter(context.world().now().plus(Duration.ofMinutes(1)))
        ? purchase
        : context.paid(context.purchases().begin());
  }

  private static Reply refusal(CheckContext context) {
    var purchase = paid(context);
    // A signature that does not match is what every seller refuses.
    var reply = context.showHeader(purchase, changedClaims(purchase));
    return context.step(
        "proof.changed-claims",
        () -> {
          context.requireRefused("such a proof", reply);
          return reply;
        });
  }

  static JsonNode validation(CheckContext context, Reply reply) {
    return reply
        .answer()
        .header(A402Headers.PAYMENT_VALIDATION)
        .map(value -> context.decoded(A402Headers.PAYMENT_VALIDATION, value))
        .orElseGet(Json::object);
  }

  private static BiFunction<CheckContext, CheckPurchase, String> echo(String field, String value) {
    return (_, purchase) ->
        A402Headers.encode(CheckContext.changed(purchase.proof(), field, value));
  }
}
