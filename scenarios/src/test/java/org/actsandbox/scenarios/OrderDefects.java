package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.MerchantDefect.fault;
import static org.actsandbox.scenarios.MerchantDefect.mutant;
import static org.actsandbox.scenarios.MerchantDefect.wire;
import static org.actsandbox.scenarios.WireDefect.accepts;
import static org.actsandbox.scenarios.WireDefect.hasProof;
import static org.actsandbox.scenarios.WireDefect.json;
import static org.actsandbox.scenarios.WireDefect.method;
import static org.actsandbox.scenarios.WireDefect.on;
import static org.actsandbox.scenarios.WireDefect.opensOn;
import static org.actsandbox.scenarios.WireDefect.path;
import static org.actsandbox.scenarios.WireDefect.resource;
import static org.actsandbox.scenarios.WireDefect.stateful;
import static org.actsandbox.scenarios.WireDefect.status;
import static org.actsandbox.scenarios.WireDefect.withProof;
import static org.actsandbox.scenarios.WireDefect.withStatus;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.client.Reply;

/** Lists the stand-ins that are wrong in orders and notifications. */
final class OrderDefects {

  private static final String ORDER = "/orders/[^/]+";
  private static final String GOODS = "{\"kind\":\"shop\",\"goods\":\"for nothing\"}";
  private static final org.actsandbox.protocol.identity.Signer UNUSED_SIGNER =
      new org.actsandbox.protocol.identity.Ed25519KeyPair("did:act:unused#key-1", new byte[32]);

  static final List<MerchantDefect> ALL =
      List.of(
          // Orders
          wire(
              "orders-hidden",
              "Shows no order to its buyer.",
              on(method("GET").and(path(ORDER)), (_, _) -> status(404, "{}")),
              "order.readable"),
          wire(
              "orders-public",
              "Shows an order to every agent that knows its number.",
              on(
                  method("GET").and(path(ORDER)).and(path("/orders/no-such-order").negate()),
                  (answer, _) ->
                      answer.status() == 404
                          ? status(200, "{\"order_no\":\"X\",\"lines\":[]}")
                          : answer),
              "order.private"),
          wire(
              "unknown-order-crashes",
              "Breaks on an order that there is not.",
              on(path("/orders/no-such-order"), (_, _) -> status(500, "{}")),
              "order.unknown"),
          wire(
              "any-agent-cancels",
              "Lets any agent cancel an order.",
              on(
                  path(ORDER + "/cancel"),
                  (answer, _) -> answer.status() == 404 ? status(200, "{}") : answer),
              "order.foreign-cancel"),
          wire(
              "cancelled-still-billed",
              "Bills an order that was cancelled.",
              on(
                  resource().and(withProof().negate()),
                  (answer, _) ->
                      new Reply(answer).code().equals("payment_closed")
                          ? withStatus(answer, 402)
                          : answer),
              "order.cancel-unpaid"),
          mutant("cancel-keeps-stock", "luma-mart", "order.cancel-returns-stock"),
          wire(
              "refund-promised-only",
              "Promises a refund that does not come.",
              on(
                  method("GET").and(path(ORDER)),
                  json(
                      order -> {
                        if (order.has("refunded")) {
                          order.put("refunded", "1000.00");
                        }
                      })),
              "order.cancel-paid"),
          wire(
              "refund-shown-otherwise",
              "Shows a cent more than it gives back.",
              on(
                  method("GET").and(path(ORDER)),
                  json(
                      order -> {
                        if (order.has("refundable")) {
                          order.put(
                              "refundable",
                              new BigDecimal(order.path("refundable").asString())
                                  .add(new BigDecimal("0.01"))
                                  .toString());
                        }
                      })),
              "order.refund-as-shown"),
          wire(
              "revoked-proof-opens",
              "Delivers for money that went back.",
              opensOn("proof_revoked", "trade_no"),
              "order.cancelled-delivers-nothing"),
          wire(
              "final-state-moves",
              "Opens a cancelled order again.",
              stateful(
                  () -> {
                    var cancelled = new AtomicInteger();
                    return (call, answer) -> {
                      if (path(ORDER + "/cancel").test(call)) {
                        cancelled.incrementAndGet();
                      }
                      return cancelled.get() > 1 && method("GET").and(path(ORDER)).test(call)
                          ? json(order -> order.put("status", "HELD")).apply(answer, UNUSED_SIGNER)
                          : answer;
                    };
                  }),
              "order.final-states"),
          // Notifications
          fault(
              "deaf",
              "Takes no notification.",
              "{\"name\":\"error_status\",\"participant\":\"raileast\","
                  + "\"operation\":\"POST /notifications\",\"parameters\":{\"status\":503}}",
              "notification.acknowledged"),
          wire(
              "notified-and-unmoved",
              "Acknowledges the payment and does not book it.",
              on(
                  method("GET").and(path(ORDER)),
                  json(
                      order -> {
                        if (order.path("status").asString("").equals("PAID")) {
                          order.put("status", "HELD");
                        }
                      })),
              "notification.moves-order",
              "notification.late"),
          wire(
              "second-word-undoes-first",
              "Loses the payment when it is told twice.",
              afterResend("HELD"),
              "notification.twice"),
          wire(
              "late-word-revives",
              "Opens a refunded order when the payment is told late.",
              afterResend("PAID"),
              "notification.after-refund"),
          wire(
              "unsigned-word-believed",
              "Believes an unsigned notification.",
              accepts("/notifications", "signature_missing", "{}"),
              "notification.unsigned"),
          wire(
              "forged-word-believed",
              "Believes a notification whose signature is wrong.",
              accepts("/notifications", "signature_invalid", "{}"),
              "notification.forged"),
          wire(
              "any-signer-believed",
              "Believes a notification of any signer.",
              on(
                  path("/notifications"),
                  (answer, _) ->
                      new Reply(answer).code().matches("signer_unknown|access_restricted")
                          ? status(200, "{}")
                          : answer),
              "notification.of-an-agent"),
          wire(
              "paid-order-open",
              "Delivers a paid order without a proof.",
              paidOpens(),
              "notification.opens-nothing"));

  private OrderDefects() {}

  private static WireDefect afterResend(String status) {
    var again = new AtomicBoolean();
    var changed =
        on(
            method("GET").and(path(ORDER)),
            json(
                order -> {
                  if (again.get()) {
                    order.put("status", status);
                  }
                }));
    return (call, honest, merchant) -> {
      if (path("/resend").test(call)) {
        again.set(true);
      }
      return changed.answer(call, honest, merchant);
    };
  }

  /** Opens a resource that is asked for a second time without a proof. */
  private static WireDefect paidOpens() {
    return stateful(
        () -> {
          var asked = new HashSet<String>();
          return (call, answer) ->
              resource().test(call) && !hasProof(call) && !asked.add(call.target().getPath())
                  ? status(200, GOODS)
                  : answer;
        });
  }
}
