package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.DefectAnswers.jws;
import static org.actsandbox.scenarios.MerchantDefect.fault;
import static org.actsandbox.scenarios.MerchantDefect.mutant;
import static org.actsandbox.scenarios.MerchantDefect.wire;
import static org.actsandbox.scenarios.WireDefect.hasProof;
import static org.actsandbox.scenarios.WireDefect.json;
import static org.actsandbox.scenarios.WireDefect.on;
import static org.actsandbox.scenarios.WireDefect.opensOn;
import static org.actsandbox.scenarios.WireDefect.path;
import static org.actsandbox.scenarios.WireDefect.protocol;
import static org.actsandbox.scenarios.WireDefect.stateful;
import static org.actsandbox.scenarios.WireDefect.status;
import static org.actsandbox.scenarios.WireDefect.validation;
import static org.actsandbox.scenarios.WireDefect.withBody;
import static org.actsandbox.scenarios.WireDefect.withHeader;
import static org.actsandbox.scenarios.WireDefect.withProof;
import static org.actsandbox.scenarios.WireDefect.withStatus;
import static org.actsandbox.scenarios.WireDefect.withoutHeader;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.a402.A402Headers;
import tools.jackson.databind.node.ObjectNode;

/** Lists the stand-ins that are wrong in proofs and deliveries. */
final class ProofDefects {

  private static final String GOODS = "{\"kind\":\"shop\",\"goods\":\"for nothing\"}";

  static final List<MerchantDefect> ALL =
      List.of(
          // Proofs
          wire(
              "unreadable-proof-opens",
              "Delivers on a proof that it cannot read.",
              headerOpens(),
              "proof.garbage",
              "proof.not-json",
              "proof.one-layer"),
          wire(
              "proof-signature-unread",
              "Delivers on a proof with any signature.",
              opensOn("proof_invalid", "payment_proof"),
              "proof.forged",
              "proof.unknown-key",
              "proof.self-issued",
              "proof.unsigned",
              "proof.changed-claims",
              "proof.unpaid"),
          wire(
              "order-of-proof-unread",
              "Does not compare the order of a proof.",
              opensOn("proof_mismatch", "out_trade_no"),
              "proof.echo-order",
              "proof.other-order",
              "proof.other-order-renamed"),
          wire(
              "resource-of-proof-unread",
              "Does not compare the resource of a proof.",
              opensOn("proof_mismatch", "resource_id"),
              "proof.echo-resource"),
          wire(
              "trade-of-proof-unread",
              "Does not compare the trade of a proof.",
              opensOn("proof_mismatch", "trade_no"),
              "proof.echo-trade"),
          wire(
              "request-of-proof-unread",
              "Does not compare the request of a proof.",
              opensOn("proof_mismatch", "request_fingerprint"),
              "proof.echo-fingerprint",
              "proof.other-target",
              "proof.other-body"),
          wire(
              "expiry-beside-proof-believed",
              "Believes the expiry beside a proof.",
              opensOn("proof_mismatch", "expires_at"),
              "proof.echo-expiry"),
          wire(
              "method-of-proof-unread",
              "Takes the proof of any payment method.",
              opensOn("method_unsupported", "method_id"),
              "proof.method"),
          wire(
              "buyer-of-proof-unread",
              "Does not compare the buyer of a proof.",
              opensOn("proof_mismatch", "buyer_unique_id"),
              "delivery.other-buyer"),
          wire(
              "audience-of-proof-unread",
              "Delivers on what was paid elsewhere.",
              opensOn("proof_mismatch", "payment_proof"),
              "proof.other-merchant"),
          wire(
              "expired-proof-opens",
              "Delivers on a proof after its time.",
              opensOn("proof_expired", "expires_at"),
              "proof.expired"),
          mutant("refuses-without-a-bill", "raileast", "proof.refusal-bills"),
          wire(
              "refuses-in-prose",
              "Refuses a proof with a sentence and nothing else.",
              on(
                  withProof(),
                  (answer, _) ->
                      answer.status() == 402
                          ? withBody(
                              withoutHeader(answer, A402Headers.PAYMENT_VALIDATION),
                              "Sorry.".getBytes(StandardCharsets.UTF_8))
                          : answer),
              "proof.refusal-recognizable"),
          wire(
              "refusal-says-valid",
              "Calls a refused proof valid.",
              validation(
                  answer -> answer.status() == 402,
                  layers -> protocol(layers).put("validation_status", "VALID")),
              "proof.refusal-facts"),
          wire(
              "refusal-without-advice",
              "Does not say whether to try again.",
              on(
                  withProof(),
                  json(
                      each -> {
                        if (each.path("error") instanceof ObjectNode error) {
                          error.remove("retryability");
                        }
                      })),
              "proof.refusal-advice"),
          wire(
              "wrong-proof-burns-order",
              "Delivers nothing any more after a wrong proof.",
              burns(402),
              "proof.good-after-bad"),
          // Deliveries
          wire(
              "paid-and-refused",
              "Refuses every proof.",
              on(withProof(), (_, _) -> status(402, "{}")),
              "delivery.accepted"),
          wire(
              "old-keys-forgotten",
              "Knows the newest key of the payment service alone.",
              afterRotation(true),
              "delivery.old-key"),
          wire(
              "new-keys-unknown",
              "Never fetches the keys of the payment service again.",
              afterRotation(false),
              "delivery.new-key"),
          wire(
              "goods-in-the-bill",
              "Shows the goods in the body of the 402.",
              goodsInBill(),
              "delivery.not-before"),
          wire(
              "delivers-again",
              "Delivers something else each time.",
              stateful(
                  () -> {
                    var count = new AtomicInteger();
                    return (call, answer) ->
                        hasProof(call) && answer.status() == 200
                            ? withBody(
                                answer,
                                ("{\"parcel\":" + count.incrementAndGet() + "}")
                                    .getBytes(StandardCharsets.UTF_8))
                            : answer;
                  }),
              "delivery.repeated",
              "delivery.raced"),
          wire(
              "lost-answer-burns-proof",
              "Refuses a proof whose delivery was lost.",
              lostBurns(),
              "delivery.after-lost-answer"),
          mutant("delivers-without-asking", "raileast", "delivery.asks", "delivery.unknown-waits"),
          wire(
              "unknown-is-valid",
              "Delivers when the payment service does not answer.",
              opensOn("proof_unverified", "payment_proof"),
              "delivery.unknown-waits"),
          wire(
              "unknown-is-unpaid",
              "Bills again when the payment service does not answer.",
              on(
                  withProof(),
                  (answer, _) ->
                      new Reply(answer).code().equals("proof_unverified")
                          ? withHeader(withStatus(answer, 402), A402Headers.PAYMENT_NEEDED, "e30")
                          : answer),
              "delivery.unknown-told"),
          wire(
              "unknown-for-ever",
              "Asks the payment service once and never again.",
              burns(503),
              "delivery.unknown-ends",
              "delivery.lost-verification"),
          fault(
              "never-confirms",
              "Confirms no delivery to the payment service.",
              "{\"name\":\"error_status\",\"participant\":\"sandbox-pay\","
                  + "\"operation\":\"POST /fulfilments\",\"parameters\":{\"status\":503}}",
              "delivery.confirms",
              "delivery.confirms-later"),
          wire(
              "delivery-without-verdict",
              "Delivers without Payment-Validation.",
              on(withProof(), (answer, _) -> withoutHeader(answer, A402Headers.PAYMENT_VALIDATION)),
              "validation.present"),
          wire(
              "verdict-without-delivery",
              "Says nothing about the delivery in its verdict.",
              validation(
                  answer -> answer.status() == 200,
                  layers -> protocol(layers).remove("delivery_status")),
              "validation.facts"),
          wire(
              "state-of-its-own",
              "Has a word of its own for the state of the trade.",
              validation(
                  answer -> answer.status() == 200,
                  layers -> protocol(layers).put("transaction_state", "PAID")),
              "validation.state",
              "validation.schema"),
          wire(
              "verdict-about-another",
              "Gives a verdict about another trade.",
              validation(
                  answer -> answer.status() == 200,
                  layers -> protocol(layers).put("trade_no", "T-other")),
              "validation.same-purchase"));

  private ProofDefects() {}

  private static WireDefect headerOpens() {
    return on(
        withProof(),
        (answer, _) ->
            new Reply(answer).code().equals("header_malformed") ? status(200, GOODS) : answer);
  }

  /** Refuses all proofs of a resource after one was answered with this status. */
  private static WireDefect burns(int status) {
    return stateful(
        () -> {
          var burnt = new HashSet<String>();
          return (call, answer) -> {
            if (!hasProof(call)) {
              return answer;
            }
            var refused = burnt.contains(call.target().getPath());
            if (answer.status() == status) {
              burnt.add(call.target().getPath());
            }
            return refused ? status(402, "{}") : answer;
          };
        });
  }

  private static WireDefect afterRotation(boolean refusesOld) {
    var rotated = new AtomicBoolean();
    return (call, honest, _) -> {
      if (path("/participants/sandbox-pay/keys").test(call)) {
        rotated.set(true);
      }
      if (hasProof(call) && rotated.get()) {
        boolean old = jws(call, 0).path("kid").asString("").endsWith("#key-1");
        if (old == refusesOld) {
          return status(402, "{}");
        }
      }
      return honest.send(call);
    };
  }

  private static WireDefect goodsInBill() {
    return stateful(
        () -> {
          var goods = new AtomicReference<byte[]>(new byte[0]);
          return (call, answer) -> {
            if (hasProof(call) && answer.status() == 200) {
              goods.set(answer.body());
            }
            return answer.status() == 402 ? withBody(answer, goods.get()) : answer;
          };
        });
  }

  private static WireDefect lostBurns() {
    var lost = new HashSet<String>();
    return (call, honest, _) -> {
      if (hasProof(call) && lost.contains(call.target().getPath())) {
        return status(402, "{}");
      }
      try {
        return honest.send(call);
      } catch (org.actsandbox.protocol.http.NoAnswerException noAnswer) {
        lost.add(call.target().getPath());
        throw noAnswer;
      }
    };
  }
}
