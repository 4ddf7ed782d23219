package org.actsandbox.scenarios.engine;

import java.util.function.Function;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.client.Reply;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages of an outside agent up to its payment request. Each is built as an honest agent
 * builds it, changed as the file says before and after it is signed, and sent.
 */
final class DealActions {

  private DealActions() {}

  static Deal deal(Stage stage, JsonNode arguments) {
    return stage.deal(
        arguments.path("as").asString("deal"), arguments.path("by").asString(Stage.OUTSIDE_AGENT));
  }

  static Buyer buyer(Stage stage, Deal deal, JsonNode arguments) {
    return stage.buyer(arguments.path("by").asString(deal.agent()));
  }

  static ObjectNode intent(Stage stage, JsonNode arguments) {
    var deal = deal(stage, arguments);
    var buyer = buyer(stage, deal, arguments);
    if (arguments.has("merchant")) {
      deal.learn("merchant", arguments.path("merchant"));
    }
    deal.learn("need", arguments.path("need"));
    var result =
        send(
            stage,
            deal,
            buyer,
            Verb.INTENT,
            arguments,
            () -> intentMessage(deal, buyer, arguments),
            message -> buyer.sendIntent(deal.merchant(), message));
    deal.learn("offers", result.at("/body/offers"));
    var offers = result.at("/body/offers");
    if (!offers.isEmpty()) {
      deal.learn("offer", Picks.one(arguments.path("pick"), offers));
      result.set("offer", deal.known().path("offer"));
    }
    return result;
  }

  static ObjectNode cart(Stage stage, JsonNode arguments) {
    var deal = deal(stage, arguments);
    var buyer = buyer(stage, deal, arguments);
    if (arguments.has("pick")) {
      deal.learn("offer", Picks.one(arguments.path("pick"), deal.need("offers", Verb.INTENT)));
    }
    var result =
        send(
            stage,
            deal,
            buyer,
            Verb.CART,
            arguments,
            () -> buyer.cart(deal.nextId(), deal.need("offer", Verb.INTENT)),
            message -> buyer.sendCart(deal.merchant(), message));
    if (result.path("status").asInt() == 201) {
      var order = result.path("body");
      result.set("order", order);
      result.set("order_no", order.path("order_no"));
      deal.learn("order", order);
      deal.learn("order_no", order.path("order_no"));
      deal.learn("resource_url", order.path("resource_url"));
    }
    return result;
  }

  static ObjectNode bill(Stage stage, JsonNode arguments) {
    var deal = deal(stage, arguments);
    var buyer = buyer(stage, deal, arguments);
    var result =
        arguments.has("service")
            ? service(stage, deal, buyer, arguments)
            : Answers.to(() -> buyer.askForResource(deal.resource()));
    var header = result.at("/headers/payment-needed");
    if (header.isString()) {
      var bill = Headers.decode(Headers.PAYMENT_NEEDED, header.stringValue()).path("protocol");
      result.set("bill", bill);
      deal.learn("bill", bill);
      if (arguments.has("service")) {
        // The request is the order (docs/sellers.md).
        deal.learn("order_no", bill.path("out_trade_no"));
      }
    }
    return result;
  }

  /** Work of a seller agent; the same request is sent again with the proof. */
  private static ObjectNode service(Stage stage, Deal deal, Buyer buyer, JsonNode arguments) {
    var path =
        "/merchants/%s/services/%s"
            .formatted(arguments.path("merchant").asString(), arguments.path("service").asString());
    deal.learn("merchant", arguments.path("merchant"));
    deal.learn("resource_url", stage.at(path).toString());
    return send(
        stage,
        deal,
        buyer,
        Verb.BILL,
        arguments,
        () -> buyer.service(deal.nextId(), arguments.path("input")),
        message -> buyer.post(path, null, message));
  }

  static ObjectNode pay(Stage stage, JsonNode arguments) {
    var deal = deal(stage, arguments);
    var buyer = buyer(stage, deal, arguments);
    var result =
        send(
            stage,
            deal,
            buyer,
            Verb.PAY,
            arguments,
            () -> paying(stage, deal, buyer, arguments),
            message -> sent(stage, buyer, arguments, message));
    var tradeNo = result.at("/body/trade_no");
    if (tradeNo.isString()) {
      result.set("trade_no", tradeNo);
      deal.learn("trade_no", tradeNo);
    }
    return result;
  }

  /** Alone, or under a delegation, whose credential comes along then. */
  private static ObjectNode paying(Stage stage, Deal deal, Buyer buyer, JsonNode arguments) {
    var bill = deal.need("bill", Verb.BILL);
    if (!arguments.has("under")) {
      return buyer.payment(deal.nextId(), bill);
    }
    var grant = stage.existingGrant(arguments.path("under").asString());
    grant.needText("iac", Verb.DELEGATE);
    var authority = stage.authority(buyer);
    var message = authority.payment(deal.nextId(), bill, deal.known().get("order"), grant.known());
    if (arguments.has("from")) {
      var purse = stage.existingGrant(arguments.path("from").asString());
      authority.from(purse.needText("sub_account_id", Verb.SUB_ACCOUNT), message);
    }
    return message;
  }

  private static Reply sent(Stage stage, Buyer buyer, JsonNode arguments, ObjectNode message) {
    var key =
        arguments.has("key") ? stage.key(arguments.path("key").asString()) : buyer.agent().key();
    if (!arguments.has("under")) {
      return buyer.post("/psp/payments", key, message);
    }
    var grant = stage.existingGrant(arguments.path("under").asString());
    var mode = arguments.path("mode").asString(grant.needText("mode", Verb.DELEGATE));
    return stage.authority(buyer).pay(mode, message, key);
  }

  /** Signed after {@code with}, spoiled after signing by {@code tamper}, or the last one again. */
  private static ObjectNode send(
      Stage stage,
      Deal deal,
      Buyer buyer,
      Verb verb,
      JsonNode arguments,
      java.util.function.Supplier<ObjectNode> honest,
      Function<ObjectNode, Reply> sender) {
    var message = message(stage, deal, buyer, verb, arguments, honest);
    deal.sent(verb, message);
    return Answers.to(() -> sender.apply(message));
  }

  private static ObjectNode message(
      Stage stage,
      Deal deal,
      Buyer buyer,
      Verb verb,
      JsonNode arguments,
      java.util.function.Supplier<ObjectNode> honest) {
    if (arguments.path("same").asBoolean(false)) {
      if (deal.lastSent(verb) instanceof ObjectNode before) {
        Edits.apply(arguments.path("tamper"), before);
        return before;
      }
      throw new CannotPlay(
          "the purchase %s has sent no %s yet".formatted(deal.name(), verb.code()));
    }
    // Its own copy: what is edited here must not change the bill or offer it was made from.
    var message = honest.get().deepCopy();
    // One purchase, one intent, whatever number of messages it takes; under a delegation the
    // credential names it.
    if (!message.has("iac")) {
      message.put("intent_id", deal.intentId());
      inFlow(stage, verb, arguments, message);
    }
    Edits.apply(arguments.path("with"), message);
    var signed = buyer.signed(message);
    Edits.apply(arguments.path("tamper"), signed);
    return signed;
  }

  /** What is to be paid under a delegation is asked for and confirmed in its flow (ACT TSD-2). */
  private static void inFlow(Stage stage, Verb verb, JsonNode arguments, ObjectNode message) {
    if (!arguments.has("under")) {
      return;
    }
    var grant = stage.existingGrant(arguments.path("under").asString());
    message.put("intent_id", grant.needText("intent_id", Verb.DELEGATE));
    if (verb != Verb.INTENT) {
      message.put("delegation_id", grant.needText("delegation_id", Verb.DELEGATE));
    }
  }

  private static ObjectNode intentMessage(Deal deal, Buyer buyer, JsonNode arguments) {
    return buyer.intent(
        deal.nextId(),
        Needs.complete(deal.need("need", Verb.INTENT)),
        arguments.path("limit").asInt(20));
  }
}
