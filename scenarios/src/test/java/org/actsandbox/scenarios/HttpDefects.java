package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.DefectAnswers.jws;
import static org.actsandbox.scenarios.MerchantDefect.mutant;
import static org.actsandbox.scenarios.MerchantDefect.wire;
import static org.actsandbox.scenarios.WireDefect.json;
import static org.actsandbox.scenarios.WireDefect.method;
import static org.actsandbox.scenarios.WireDefect.on;
import static org.actsandbox.scenarios.WireDefect.path;
import static org.actsandbox.scenarios.WireDefect.resource;
import static org.actsandbox.scenarios.WireDefect.stateful;
import static org.actsandbox.scenarios.WireDefect.status;
import static org.actsandbox.scenarios.WireDefect.withBody;
import static org.actsandbox.scenarios.WireDefect.withHeader;
import static org.actsandbox.scenarios.WireDefect.withProof;
import static org.actsandbox.scenarios.WireDefect.withStatus;
import static org.actsandbox.scenarios.WireDefect.withoutHeader;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.http.OutboundClient;
import tools.jackson.databind.node.ObjectNode;

/** Lists the stand-ins that are wrong about levels of payment, HTTP or the form of messages. */
final class HttpDefects {

  private static final String CARD = "/.well-known/agent-card.json";
  private static final String CONFIRMED =
      "{\"order_no\":\"X-1\",\"total\":\"1.00\",\"resource_url\":\"fulfilment/X-1\"}";
  private static final org.actsandbox.protocol.identity.Signer UNUSED_SIGNER =
      new org.actsandbox.protocol.identity.Ed25519KeyPair("did:act:unused#key-1", new byte[32]);

  static final List<MerchantDefect> ALL =
      List.of(
          // Payment service and levels
          wire(
              "delegated-proofs-refused",
              "Opens for instant payments alone.",
              on(withProof().and(HttpDefects::isDelegated), (_, _) -> status(402, "{}")),
              "assertion.three-levels"),
          wire(
              "components-merged",
              "Has no place to verify a proof.",
              on(path("/psp/proofs/verify"), (_, _) -> status(404, "{}")),
              "assertion.six-components"),
          mutant("account-shown-to-agent", "raileast", "assertion.reference-only"),
          wire(
              "debits-at-once",
              "Debits with the request, before the approval.",
              stateful(
                  () -> {
                    var asked = new AtomicInteger();
                    return (call, answer) -> {
                      if (method("POST").and(path("/psp/payments")).test(call)) {
                        asked.incrementAndGet();
                      }
                      return path("/psp/wallet").test(call)
                          ? json(wallet -> wallet.put("debited", asked.get()))
                              .apply(answer, UNUSED_SIGNER)
                          : answer;
                    };
                  }),
              "assertion.no-debit-before-approval"),
          wire(
              "limits-unread",
              "Pays all that the agent signs.",
              on(
                  path("/psp/delegated-payments"),
                  (answer, _) ->
                      answer.status() == 422 ? status(201, "{\"trade_no\":\"T-1\"}") : answer),
              "assertion.directed-bounds"),
          mutant("delegation-limit-not-cumulative", "raileast", "assertion.autonomous-bounds"),
          // HTTP and wire
          wire(
              "no-head",
              "Does not know HEAD.",
              on(method("HEAD"), (_, _) -> status(405, "")),
              "http.head"),
          wire(
              "cached-goods",
              "Lets caches keep what was paid for.",
              on(resource(), (answer, _) -> withoutHeader(answer, "cache-control")),
              "http.not-stored"),
          wire(
              "long-proof-crashes",
              "Breaks on a long proof.",
              on(
                  withProof(),
                  (answer, _) ->
                      answer.header(A402Headers.PAYMENT_NEEDED).isPresent()
                              && answer.body().length > 0
                          ? withStatus(answer, 500)
                          : answer),
              "http.long-proof"),
          wire(
              "page-for-everything",
              "Answers 200 at every path.",
              on(path("/act-check.*"), (_, _) -> status(200, "{}")),
              "http.unknown-path"),
          wire(
              "any-method",
              "Answers 200 to every method.",
              on(method("DELETE"), (_, _) -> status(200, "{}")),
              "http.method"),
          wire(
              "card-as-html",
              "Calls its card HTML.",
              on(path(CARD), (answer, _) -> withHeader(answer, "content-type", "text/html")),
              "http.json-type"),
          wire(
              "malformed-cart-crashes",
              "Breaks on a cart that is no JSON.",
              on(path("/carts").and(call -> call.body().length < 100), (_, _) -> status(500, "{}")),
              "http.malformed-cart"),
          wire(
              "deep-cart-crashes",
              "Breaks on a deep cart.",
              on(
                  path("/carts").and(call -> call.body().length > 10_000),
                  (_, _) -> status(500, "{}")),
              "http.deep-cart"),
          wire("any-size-confirmed", "Takes a cart of any size.", large(), "http.large-cart"),
          wire(
              "stack-trace-shown",
              "Shows where in its code it failed.",
              on(
                  resource(),
                  (answer, _) ->
                      withBody(
                          answer,
                          "at com.example.Cart.confirm(Cart.java:12)"
                              .getBytes(StandardCharsets.UTF_8))),
              "http.no-stack-trace"),
          wire(
              "keys-shown",
              "Repeats the key that it was called with.",
              (call, honest, _) -> {
                var answer = honest.send(call);
                var key = call.headers().getOrDefault("Authorization", "");
                return key.isEmpty() || !path("/orders/.*").test(call)
                    ? answer
                    : withBody(
                        answer,
                        ("{\"you_sent\":\"" + key + "\"}").getBytes(StandardCharsets.UTF_8));
              },
              "http.no-secrets"),
          wire(
              "error-without-phase",
              "Does not say in which phase an error happened.",
              on(
                  path(".*"),
                  json(
                      each -> {
                        if (each.path("error") instanceof ObjectNode error) {
                          error.remove("phase");
                        }
                      })),
              "wire.errors"),
          wire(
              "stock-in-words",
              "Writes the stock of an offer in words.",
              on(
                  path("/intents"),
                  json(
                      each ->
                          each.path("offers")
                              .forEach(offer -> ((ObjectNode) offer).put("available", "many")))),
              "wire.messages"));

  private HttpDefects() {}

  /** Says whether the proof of a call was paid under a delegation. */
  private static boolean isDelegated(OutboundClient.Call call) {
    return jws(call, 1).has("delegation_id");
  }

  private static WireDefect large() {
    return (call, honest, _) ->
        path("/carts").test(call) && call.body().length > 1_000_000
            ? status(201, CONFIRMED)
            : honest.send(call);
  }
}
