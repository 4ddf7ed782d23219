package org.actsandbox.scenarios.check.suite;

import static org.actsandbox.scenarios.check.model.CheckLevel.GATE;
import static org.actsandbox.scenarios.check.model.CheckLevel.ORDER;
import static org.actsandbox.scenarios.check.model.CheckLevel.SHOP;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;
import static org.actsandbox.scenarios.check.model.MerchantCheck.should;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.scenarios.check.exchange.MerchantSilent;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.model.Goods;
import org.actsandbox.scenarios.check.model.MerchantCheck;

/** Checks the hygiene of HTTP, and that messages of the whole run fit their schemas. */
final class HttpChecks {

  private static final Pattern STACK =
      Pattern.compile(
          "\\bat [\\w.$]+\\([\\w]+\\.java:\\d+\\)|Traceback \\(most recent call last\\)"
              + "|\\bat .+ \\(.+\\.js:\\d+:\\d+\\)|goroutine \\d+ \\[running\\]"
              + "|#\\d+ /.+\\.php\\(\\d+\\)|in <module>");

  static final List<MerchantCheck> ALL =
      List.of(
          should("http.head", GATE, "A402-1.a")
              .says(
                  "Sends HEAD for the paid resource.",
                  "HEAD is answered as the GET it stands for, so that a price costs no body.",
                  "Answer HEAD with the status and headers of GET.")
              .needs(CheckContext.READABLE)
              .runs(
                  context -> {
                    var purchase = GateChecks.purchase(context);
                    if (!purchase.method().equals("GET")) {
                      throw org.actsandbox.scenarios.check.model.CheckEnd.notApplicable(
                          "the paid resource is requested with {0}", purchase.method());
                    }
                    var reply =
                        context.send("HEAD", purchase.resource(), purchase.headers(), new byte[0]);
                    context.require(
                        reply.status() == 402
                            && reply.answer().header(A402Headers.PAYMENT_NEEDED).isPresent(),
                        "402 with Payment-Needed",
                        reply.status());
                  }),
          should("http.not-stored", GATE, "A402-1.a")
              .says(
                  "Looks for Cache-Control at the bill and at the delivery.",
                  "A cache between buyer and seller would sell one delivery many times.",
                  "Send Cache-Control: no-store with every answer of a paid resource.")
              .needs(CheckContext.DELIVERS)
              .runs(
                  context -> {
                    for (var reply :
                        List.of(
                            context.ask(context.purchases().begin()),
                            DeliveryChecks.first(context))) {
                      var said = reply.answer().header("Cache-Control").orElse("absent");
                      context.require(
                          said.contains("no-store") || said.contains("private"),
                          "Cache-Control: no-store",
                          said);
                    }
                  }),
          should("http.long-proof", GATE, "A402-6.e")
              .says(
                  "Shows a proof of 7,900 characters.",
                  "What is too long is refused, and must not end in an error of the server.",
                  "Bound the header and answer a status 4xx.")
              .needs(CheckContext.PAYABLE)
              .playedBy("unreadable-proof-headers")
              .runs(
                  context -> {
                    var reply = context.showHeader(ProofChecks.paid(context), "A".repeat(7_900));
                    context.require(
                        reply.status() >= 400 && reply.status() < 500, "a status 4xx", reply);
                  }),
          should("http.unknown-path", SHOP, "A402-10.a")
              .says(
                  "Requests a path that no merchant has.",
                  "A page with status 200 for everything misleads every program.",
                  "Answer 404.")
              .needs(CheckContext.CARD)
              .runs(
                  context -> {
                    var reply = context.get("/act-check-no-such-path");
                    context.require(reply.status() == 404, "404", reply);
                  }),
          should("http.method", SHOP, "A402-10.a")
              .says(
                  "Sends DELETE to the agent card.",
                  "A method that is not served must not look as if it had worked.",
                  "Answer 405, or another status 4xx.")
              .needs(CheckContext.CARD)
              .runs(
                  context -> {
                    var reply =
                        context.send(
                            "DELETE",
                            context.target().at("/.well-known/agent-card.json"),
                            Map.of(),
                            new byte[0]);
                    context.require(
                        reply.status() >= 400 && reply.status() != 500, "a status 4xx", reply);
                  }),
          should("http.json-type", SHOP, "CID-4.a")
              .says(
                  "Reads the content type of the card.",
                  "Clients parse what the type says.",
                  "Send application/json, or a type that ends with +json.")
              .needs(CheckContext.CARD)
              .runs(
                  context -> {
                    var type =
                        context
                            .get("/.well-known/agent-card.json")
                            .answer()
                            .header("Content-Type")
                            .orElse("absent");
                    context.require(type.contains("json"), "application/json", type);
                  }),
          should("http.malformed-cart", ORDER, "A402-10.a")
              .says(
                  "Sends a cart that breaks off in its middle.",
                  "The sender must learn that the fault is its own.",
                  "Answer a status 4xx with an error object.")
              .needs(Goods.CARTS)
              .runs(
                  context -> {
                    var reply = raw(context, "{\"request_id\":");
                    context.require(
                        reply.status() >= 400
                            && reply.status() < 500
                            && CheckContext.error(reply).isObject(),
                        "a status 4xx with an error object",
                        reply);
                  }),
          should("http.deep-cart", ORDER, "A402-10.a")
              .says(
                  "Sends a cart that is nested ten thousand levels deep.",
                  "A parser without a limit ends with its stack.",
                  "Bound the depth of JSON and answer a status 4xx.")
              .needs(Goods.CARTS)
              .runs(
                  context -> {
                    var reply = raw(context, "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000));
                    context.require(
                        reply.status() >= 400 && reply.status() < 500, "a status 4xx", reply);
                  }),
          should("http.large-cart", ORDER, "A402-10.a")
              .says(
                  "Sends a cart of three megabytes.",
                  "A body without a limit fills the memory.",
                  "Bound the body and answer 413, or end the connection.")
              .needs(Goods.CARTS)
              .runs(
                  context -> {
                    var body = "{\"a\":\"" + "x".repeat(3 * 1024 * 1024) + "\"}";
                    try {
                      // A merchant may end the connection after its answer, so no other request
                      // uses it.
                      var reply = raw(context, body, Map.of("Connection", "close"));
                      context.require(
                          reply.status() >= 400 && reply.status() < 500, "a status 4xx", reply);
                    } catch (MerchantSilent ended) {
                      context.require(
                          context.ask(GateChecks.purchase(context)).status() < 500,
                          "a merchant that still answers",
                          CheckSentence.of(ended));
                    }
                  }),
          should("http.no-stack-trace", GATE, "A402-10.a")
              .says(
                  "Reads all answers of the run for stack traces.",
                  "They tell an attacker what runs inside.",
                  "Log what happened, and answer an error object.")
              .needs(CheckContext.ASKS)
              .runs(context -> observed(context, "a stack trace", RunObserver::stackTraces)),
          must("http.no-secrets", GATE, "CID-2.f")
              .says(
                  "Reads all answers of the run for the keys that it was sent or given.",
                  "A key that comes back in an answer ends up in logs.",
                  "Never echo Authorization, and never show the payment service's key.")
              .needs(CheckContext.ASKS)
              .playedBy("secrets-stay-out-of-the-journal")
              .runs(context -> observed(context, "a key", RunObserver::secrets)),
          should("wire.errors", GATE, "A402-10.b")
              .says(
                  "Validates every error body of the run.",
                  "Phase, retryability and next actions let a program go on by itself.",
                  "Fill error_id, category, phase, retryability, valid_next_actions, message.")
              .needs(CheckContext.ASKS)
              .playedBy("five-ways-to-say-no")
              .runs(context -> observed(context, "an invalid error", RunObserver::errors)),
          should("wire.messages", SHOP, "CID-9.b")
              .says(
                  "Validates every card, catalog page, offer list and order of the run.",
                  "One message in a hundred that does not fit breaks one purchase in a hundred.",
                  "Keep to the schemas in every answer.")
              .needs(CheckContext.CARD)
              .runs(context -> observed(context, "an invalid message", RunObserver::messages)),
          should("wire.headers", GATE, "A402-4")
              .says(
                  "Validates every Payment-Needed and Payment-Validation of the run.",
                  "The bill of an error must be as right as the first one.",
                  "Keep to the published schemas in every answer.")
              .needs(CheckContext.READABLE)
              .runs(context -> observed(context, "an invalid header", RunObserver::headers)));

  private HttpChecks() {}

  static boolean isStackTrace(String text) {
    return STACK.matcher(text).find();
  }

  private static Reply raw(CheckContext context, String body) {
    return raw(context, body, Map.of());
  }

  private static Reply raw(CheckContext context, String body, Map<String, String> more) {
    context.goods().requireCarts();
    var headers = new HashMap<>(context.asAgent(context.goods().buyer()));
    headers.put("Content-Type", "application/json");
    headers.putAll(more);
    return context.send(
        "POST", context.target().at("/carts"), headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void observed(
      CheckContext context,
      String what,
      java.util.function.Function<RunObserver, List<CheckSentence>> kind) {
    var found = kind.apply(RunObserver.of(context));
    context.require(
        found.isEmpty(),
        CheckSentence.of("no answer with {0}", CheckSentence.of(what)),
        CheckSentence.joined(found));
  }
}
