package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.DefectAnswers.dearer;
import static org.actsandbox.scenarios.MerchantDefect.wire;
import static org.actsandbox.scenarios.WireDefect.bill;
import static org.actsandbox.scenarios.WireDefect.first;
import static org.actsandbox.scenarios.WireDefect.on;
import static org.actsandbox.scenarios.WireDefect.protocol;
import static org.actsandbox.scenarios.WireDefect.resource;
import static org.actsandbox.scenarios.WireDefect.withHeader;
import static org.actsandbox.scenarios.WireDefect.withoutHeader;

import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.http.OutboundClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Lists the stand-ins that are wrong in the answer 402 and its bill. */
final class BillDefects {

  static final List<MerchantDefect> ALL =
      List.of(
          // Bills
          wire(
              "gate-without-bill",
              "Answers 402 without a bill.",
              on(resource(), (answer, _) -> withoutHeader(answer, A402Headers.PAYMENT_NEEDED)),
              "gate.asks-payment"),
          wire(
              "bill-padded",
              "Pads the base64 of its bills.",
              on(
                  resource(),
                  (answer, _) ->
                      answer
                          .header(A402Headers.PAYMENT_NEEDED)
                          .map(
                              value -> withHeader(answer, A402Headers.PAYMENT_NEEDED, value + "=="))
                          .orElse(answer)),
              "bill.readable"),
          wire(
              "bill-without-pay-before",
              "Does not say until when its bill can be paid.",
              bill(needed -> protocol(needed).remove("pay_before")),
              "bill.base-fields"),
          wire(
              "bill-amount-as-number",
              "Writes the amount as a number.",
              bill(needed -> protocol(needed).put("amount", 12.5)),
              "bill.amount-text"),
          wire(
              "bill-in-no-currency",
              "Bills in a currency that there is not.",
              bill(needed -> protocol(needed).put("currency", "XXX")),
              "bill.payable"),
          wire(
              "bill-of-another-payee",
              "Bills for another payee.",
              bill(needed -> protocol(needed).put("seller_unique_id", "did:act:another")),
              "bill.seller"),
          wire(
              "bill-signature-wrong",
              "Signs a bill and changes it afterwards.",
              on(
                  resource(),
                  (answer, _) ->
                      rewritten(
                          answer, needed -> protocol(needed).put("replay_window_seconds", 1))),
              "bill.signature"),
          wire(
              "method-layer-of-another-bill",
              "Joins the layers of two bills.",
              on(
                  resource(),
                  (answer, _) ->
                      rewritten(
                          answer,
                          needed ->
                              ((ObjectNode) needed.path("method"))
                                  .put("bill_digest", "sha-256:AA"))),
              "bill.method-layer"),
          wire(
              "method-layer-says-otherwise",
              "Names another amount in the method layer.",
              bill(needed -> ((ObjectNode) needed.path("method")).put("amount", "0.01")),
              "bill.same-meaning"),
          wire(
              "bill-over-when-made",
              "Makes bills that can no longer be paid.",
              bill(needed -> protocol(needed).put("pay_before", "2020-01-01T00:00:00Z")),
              "bill.payable-until"),
          wire(
              "fingerprint-of-nothing",
              "Writes one fingerprint into all bills.",
              bill(
                  needed ->
                      protocol(needed).put("request_fingerprint", "sha-256:" + "A".repeat(43))),
              "bill.fingerprint"),
          wire(
              "fingerprint-of-cookies",
              "Takes cookies into the fingerprint.",
              bill(
                  (call, needed) -> {
                    if (call.headers().containsKey("Cookie")) {
                      protocol(needed).put("request_fingerprint", "sha-256:" + "B".repeat(43));
                    }
                  }),
              "bill.fingerprint-credentials"),
          wire(
              "fingerprint-without-query",
              "Leaves the query out of the fingerprint.",
              sameFingerprint(),
              "bill.fingerprint-target"),
          wire(
              "bill-rewritten",
              "Raises the amount of a bill under its number.",
              secondBillDearer(),
              "bill.not-rewritten"),
          wire(
              "bill-with-more",
              "Adds members of its own to the protocol layer.",
              bill(needed -> protocol(needed).put("note", "thank you")),
              "bill.schema",
              "wire.headers"),
          wire(
              "bill-led-elsewhere",
              "Names another endpoint than it declares.",
              bill(
                  needed ->
                      ((ObjectNode) needed.path("method"))
                          .put("endpoint", "http://localhost:1/pay")),
              "bill.payment-service"));

  private BillDefects() {}

  private static OutboundClient.Answer rewritten(
      OutboundClient.Answer answer, java.util.function.Consumer<ObjectNode> change) {
    return answer
        .header(A402Headers.PAYMENT_NEEDED)
        .map(
            value -> {
              var needed =
                  (ObjectNode) A402Headers.decode(A402Headers.PAYMENT_NEEDED, value).deepCopy();
              change.accept(needed);
              return withHeader(answer, A402Headers.PAYMENT_NEEDED, A402Headers.encode(needed));
            })
        .orElse(answer);
  }

  private static WireDefect sameFingerprint() {
    var first = new AtomicReference<@Nullable String>();
    return bill(
        needed -> {
          var bill = protocol(needed);
          first.compareAndSet(null, bill.path("request_fingerprint").asString());
          bill.put("request_fingerprint", first.get());
        });
  }

  private static WireDefect secondBillDearer() {
    var seen = new HashMap<String, Integer>();
    return bill(
        (call, needed) -> {
          if (seen.merge(call.target().toString(), 1, Integer::sum) > 1) {
            dearer(protocol(needed));
          }
        });
  }
}
