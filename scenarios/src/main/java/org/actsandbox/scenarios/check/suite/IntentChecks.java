package org.actsandbox.scenarios.check.suite;

import static org.actsandbox.scenarios.check.model.CheckLevel.SHOP;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;
import static org.actsandbox.scenarios.check.model.MerchantCheck.should;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.model.Goods;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks how intents are answered: with complete offers, or with an error (CID-2, CID-3). */
final class IntentChecks {

  static final List<MerchantCheck> ALL =
      List.of(
          must(Goods.OFFERS, SHOP, "CID-3.a")
              .says(
                  "Sends a signed intent for something of the merchant's own catalog.",
                  "Without an offer there is nothing to confirm.",
                  "Answer 200 with offers for what the catalog lists.")
              .needs(Goods.CATALOG)
              .runs(context -> answered(context, unbound(context))),
          must("intent.request-id", SHOP, "CID-3.a")
              .says(
                  "Compares the request_id of the answer with that of the intent.",
                  "An agent asks many merchants at once and must know which answer is which.",
                  "Answer with the request_id of the request.")
              .needs(Goods.OFFERS)
              .runs(
                  context -> {
                    var message = unbound(context);
                    context.requireSame(
                        "request_id",
                        message.path("request_id").asString(),
                        answered(context, message).json().path("request_id").asString(""));
                  }),
          must("intent.offers-complete", SHOP, "CID-1.a")
              .says(
                  "Looks in every offer for id, title, category, total and currency.",
                  "An agent must not put an incomplete entry into a cart.",
                  "Fill these members in every offer.")
              .needs(Goods.OFFERS)
              .runs(IntentChecks::complete),
          should("intent.offer-facts", SHOP, "CID-1.b")
              .says(
                  "Looks in every offer for stock, validity, merchant and detail reference.",
                  "They let the agent compare offers without further requests.",
                  "Add available, valid_until, merchant_did and detail_ref.")
              .needs(Goods.OFFERS)
              .runs(
                  context ->
                      offers(context)
                          .forEach(
                              offer ->
                                  List.of("available", "valid_until", "merchant_did", "detail_ref")
                                      .forEach(
                                          member ->
                                              context.require(
                                                  offer.has(member),
                                                  CheckSentence.of("a member {0}", member),
                                                  offer)))),
          should("intent.price-bound", SHOP, "CID-3.b")
              .says(
                  "Asks again with the cheapest total as the highest price.",
                  "A constraint is the principal's word, and an offer beyond it wastes a cart.",
                  "Leave out what costs more than max_price.")
              .needs(Goods.OFFERS)
              .runs(IntentChecks::priceBound),
          must("intent.no-match", SHOP, "CID-3.b")
              .says(
                  "Asks with a highest price of 0.01.",
                  "No offer is an answer that a program must be able to tell from an outage.",
                  "Answer a status 4xx with an error object when nothing fits.")
              .needs(Goods.OFFERS)
              .playedBy("five-ways-to-say-no")
              .runs(
                  context -> {
                    var reply = bounded(context, "0.01");
                    requireError(context, reply);
                  }),
          must("intent.malformed", SHOP, "CID-3.b")
              .says(
                  "Sends an intent that breaks off in its middle.",
                  "The sender must learn that the fault is its own.",
                  "Answer a status 4xx with an error object.")
              .needs(Goods.OFFERS)
              .playedBy("five-ways-to-say-no")
              .runs(
                  context -> {
                    var buyer = context.goods().buyer();
                    var reply =
                        context.postBytes(
                            "/intents",
                            buyer,
                            "{\"request_id\":\"x\",".getBytes(StandardCharsets.UTF_8));
                    requireError(context, reply);
                  }),
          should("intent.errors-differ", SHOP, "CID-3.c")
              .says(
                  "Compares the error of no match with that of a malformed intent.",
                  "The one calls for another need, the other for a correction.",
                  "Give each kind of error its own category.")
              .needs("intent.no-match", "intent.malformed")
              .playedBy("five-ways-to-say-no")
              .runs(IntentChecks::differ),
          should("intent.unsigned", SHOP, "CID-2.b")
              .says(
                  "Sends an intent without a signature.",
                  "Without source authentication a stranger asks in another agent's name.",
                  "Refuse an intent that is not signed.")
              .needs(Goods.OFFERS)
              .playedBy("wrong-signature-of-a-message")
              .runs(
                  context -> {
                    var buyer = context.goods().buyer();
                    var intent = buyer.intent(context.world().nextId(), context.goods().need(), 5);
                    context.requireRefused(
                        "an unsigned intent", context.post("/intents", buyer, intent));
                  }),
          should("intent.changed-after-signing", SHOP, "CID-2.b")
              .says(
                  "Changes a signed intent before it is sent.",
                  "A signature that is not compared protects nothing.",
                  "Verify the signature over the RFC 8785 form of the message.")
              .needs(Goods.OFFERS)
              .playedBy("wrong-signature-of-a-message")
              .runs(
                  context -> {
                    var buyer = context.goods().buyer();
                    var signed = buyer.signed(message(context, buyer));
                    signed.put("limit", 7);
                    context.requireRefused(
                        "an intent that was changed", context.post("/intents", buyer, signed));
                  }),
          should("intent.another-signer", SHOP, "CID-2.b")
              .says(
                  "Signs an intent in another agent's name with a key of its own.",
                  "A key counts only for the name it was registered for.",
                  "Look the key up by signer_id in the DID document.")
              .needs(Goods.OFFERS)
              .playedBy("impostor-registers")
              .runs(
                  context -> {
                    var buyer = context.goods().buyer();
                    var impostor =
                        new Ed25519KeyPair(buyer.agent().signer().signerId(), new byte[32]);
                    var signed = SignedJson.sign(message(context, buyer), impostor);
                    context.requireRefused(
                        "an intent of an impostor", context.post("/intents", buyer, signed));
                  }),
          should("intent.update", SHOP, "CID-2.c")
              .says(
                  "Sends an update that names the request it follows.",
                  "An update carries only what changed, so it is nothing without its predecessor.",
                  "Keep an agent's requests and merge updates into them.")
              .needs(Goods.OFFERS)
              .playedBy("corrected-in-conversation")
              .runs(IntentChecks::update),
          should("intent.unknown-predecessor", SHOP, "CID-2.c")
              .says(
                  "Sends an update of a request that there never was.",
                  "Taken for a whole request, it would ask for something else.",
                  "Refuse an update whose predecessor is not known.")
              .needs(Goods.OFFERS)
              .runs(
                  context -> {
                    var buyer = context.goods().buyer();
                    var message = message(context, buyer);
                    message.put("previous_request_id", "Q-" + context.world().nextId());
                    context.requireRefused(
                        "an update of an intent that does not exist",
                        context.post("/intents", buyer, buyer.signed(message)));
                  }),
          should("intent.text", SHOP, "CID-1.b")
              .says(
                  "Reads the offers for text that gives orders to agents.",
                  "An agent is there for its principal; such a text is an attack on it.",
                  "Describe the goods, and nothing else.")
              .needs(Goods.OFFERS)
              .playedBy("search-tells-the-truth")
              .runs(
                  context ->
                      offers(context).forEach(offer -> AgentText.requirePlain(context, offer))),
          should("intent.pressure", SHOP, "CID-1.b")
              .says(
                  "Reads the offers for text that presses to buy at once.",
                  "Stock and validity have members of their own; a sentence cannot be checked.",
                  "Say stock in available and validity in valid_until.")
              .needs(Goods.OFFERS)
              .playedBy("false-urgency")
              .runs(
                  context ->
                      offers(context).forEach(offer -> AgentText.requireCalm(context, offer))),
          must("intent.needs-no-more", SHOP, "CID-2.f")
              .says(
                  "Asks with the need alone: no background, no preferences, no identity.",
                  "Others learn what they need, and an offer needs no more than the need.",
                  "Make offers without further data about the principal.")
              .needs(Goods.OFFERS)
              .playedBy("who-knows-what")
              .runs(
                  context -> {
                    var message = unbound(context);
                    var reply = send(context, message);
                    context.require(
                        reply.status() == 200, "200 for an intent with its need alone", reply);
                    var asks = reply.json().path("required_data");
                    context.require(
                        asks.isMissingNode() || asks.isEmpty(), "no further question", asks);
                  }));

  private IntentChecks() {}

  private static List<JsonNode> offers(CheckContext context) {
    return context.step(
        Goods.OFFERS,
        () ->
            context.once(
                "offers",
                () ->
                    answered(context, unbound(context))
                        .json()
                        .path("offers")
                        .valueStream()
                        .toList()));
  }

  private static ObjectNode message(
      CheckContext context, org.actsandbox.client.PurchaseClient buyer) {
    return buyer.intent(context.world().nextId(), context.goods().need(), 10);
  }

  private static ObjectNode unbound(CheckContext context) {
    context.goods().requireCarts();
    return message(context, context.goods().buyer());
  }

  private static Reply send(CheckContext context, ObjectNode message) {
    var buyer = context.world().buyer(context.world().agent(message.path("agent_id").asString()));
    return context.post("/intents", buyer, buyer.signed(message));
  }

  private static Reply answered(CheckContext context, ObjectNode message) {
    var reply = send(context, message);
    context.require(
        reply.status() == 200 && !reply.json().path("offers").isEmpty(),
        "200 and at least one offer",
        reply);
    return reply;
  }

  private static void complete(CheckContext context) {
    for (var offer : offers(context)) {
      context.require(!offer.path("offer_id").asString("").isEmpty(), "an offer_id", offer);
      context.require(!Goods.text(offer.path("title")).isEmpty(), "a title", offer);
      context.require(!Goods.text(offer.path("category")).isEmpty(), "a category", offer);
      context.require(offer.path("total").isString(), "a total as decimal text", offer);
      context.require(
          offer.path("currency").asString("").length() == 3, "an ISO 4217 currency", offer);
    }
  }

  private static Reply bounded(CheckContext context, String price) {
    var message = unbound(context);
    ((ObjectNode) message.path("context"))
        .putObject("constraints")
        .put("currency", "CNY")
        .put("max_price", price);
    return send(context, message);
  }

  private static void priceBound(CheckContext context) {
    context.goods().requireCarts();
    var buyer = context.goods().buyer();
    var need = context.goods().need();
    var offers = context.goods().offers(buyer, context.world().nextId(), need);
    var cheapest =
        offers.stream()
            .min(java.util.Comparator.comparing(offer -> Goods.amount(offer.path("total"))))
            .orElseThrow(() -> CheckEnd.inconclusive("no offer to take the bound from"));
    var message = buyer.intent(context.world().nextId(), need, 20);
    ((ObjectNode) message.path("context"))
        .putObject("constraints")
        .set("currency", cheapest.path("currency"));
    ((ObjectNode) message.path("context").path("constraints"))
        .set("max_price", cheapest.path("total"));
    var reply = context.post("/intents", buyer, buyer.signed(message));
    context.require(
        reply.status() == 200,
        CheckSentence.of("200 and what costs {0}", cheapest.path("total").asString()),
        reply);
    for (var offer : reply.json().path("offers")) {
      context.require(
          Goods.amount(offer.path("total")).compareTo(Goods.amount(cheapest.path("total"))) <= 0,
          CheckSentence.of("no offer above {0}", cheapest.path("total").asString()),
          offer.path("total"));
    }
  }

  private static void requireError(CheckContext context, Reply reply) {
    context.goods().requireCarts();
    context.require(
        reply.status() >= 400
            && reply.status() < 500
            && CheckContext.error(reply).isObject()
            && !CheckContext.error(reply).path("category").asString("").isEmpty(),
        "a status 4xx and an error object with a category",
        reply);
  }

  private static void differ(CheckContext context) {
    var noMatch = CheckContext.error(bounded(context, "0.01")).path("category").asString("");
    var buyer = context.goods().buyer();
    var malformed =
        CheckContext.error(
                context.postBytes("/intents", buyer, "{".getBytes(StandardCharsets.UTF_8)))
            .path("category")
            .asString("");
    context.require(
        !noMatch.equals(malformed), "two categories", CheckSentence.of("both are {0}", noMatch));
  }

  private static void update(CheckContext context) {
    context.goods().requireCarts();
    var buyer = context.goods().buyer();
    var first = message(context, buyer);
    var asked = context.post("/intents", buyer, buyer.signed(first));
    context.require(asked.status() == 200, "200 for the first request", asked);
    var update = buyer.intent(context.world().nextId(), context.goods().need(), 10);
    update.set("intent_id", first.path("intent_id"));
    update.set("previous_request_id", first.path("request_id"));
    update.putObject("context").putObject("constraints").put("max_price", "90000.00");
    var reply = context.post("/intents", buyer, buyer.signed(update));
    context.require(
        reply.status() == 200 && !reply.json().path("offers").isEmpty(),
        "200 and offers for the need of the first request within the new bound",
        reply);
  }
}
