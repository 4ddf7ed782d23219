package org.actsandbox.scenarios.engine.step;

import java.util.function.Function;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.scenarios.client.PurchaseClient;
import org.actsandbox.scenarios.client.Reply;
import org.actsandbox.scenarios.engine.context.OutsidePurchase;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages of an outside agent up to its payment request. Each is built as an honest agent
 * builds it, changed as the file says before and after it is signed, and sent.
 */
public final class OutsidePurchaseActions {

  private OutsidePurchaseActions() {}

  static OutsidePurchase deal(ScenarioContext scenarioContext, JsonNode arguments) {
    return scenarioContext.outsidePurchase(
        arguments.path("as").asString("deal"),
        arguments.path("by").asString(ScenarioContext.OUTSIDE_AGENT));
  }

  static PurchaseClient buyer(
      ScenarioContext scenarioContext, OutsidePurchase deal, JsonNode arguments) {
    return scenarioContext.buyer(arguments.path("by").asString(deal.agent()));
  }

  public static ObjectNode intent(ScenarioContext scenarioContext, JsonNode arguments) {
    var deal = deal(scenarioContext, arguments);
    var purchaseClient = buyer(scenarioContext, deal, arguments);
    if (arguments.has("merchant")) {
      deal.learn("merchant", arguments.path("merchant"));
    }
    deal.learn("need", arguments.path("need"));
    var result =
        send(
            scenarioContext,
            deal,
            purchaseClient,
            Verb.INTENT,
            arguments,
            () -> intentMessage(deal, purchaseClient, arguments),
            message -> purchaseClient.sendIntent(deal.merchant(), message));
    deal.learn("offers", result.at("/body/offers"));
    var offers = result.at("/body/offers");
    if (!offers.isEmpty()) {
      deal.learn("offer", OfferSelector.one(arguments.path("pick"), offers));
      result.set("offer", deal.known().path("offer"));
    }
    return result;
  }

  static ObjectNode cart(ScenarioContext scenarioContext, JsonNode arguments) {
    var deal = deal(scenarioContext, arguments);
    var purchaseClient = buyer(scenarioContext, deal, arguments);
    if (arguments.has("pick")) {
      deal.learn(
          "offer", OfferSelector.one(arguments.path("pick"), deal.need("offers", Verb.INTENT)));
    }
    var result =
        send(
            scenarioContext,
            deal,
            purchaseClient,
            Verb.CART,
            arguments,
            () -> purchaseClient.cart(deal.nextId(), deal.need("offer", Verb.INTENT)),
            message -> purchaseClient.sendCart(deal.merchant(), message));
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

  static ObjectNode bill(ScenarioContext scenarioContext, JsonNode arguments) {
    var deal = deal(scenarioContext, arguments);
    var purchaseClient = buyer(scenarioContext, deal, arguments);
    var result =
        arguments.has("service")
            ? service(scenarioContext, deal, purchaseClient, arguments)
            : ReplyFacts.ofCall(() -> purchaseClient.askForResource(deal.resource()));
    var header = result.at("/headers/payment-needed");
    if (header.isString()) {
      var bill =
          A402Headers.decode(A402Headers.PAYMENT_NEEDED, header.stringValue()).path("protocol");
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
  private static ObjectNode service(
      ScenarioContext scenarioContext,
      OutsidePurchase deal,
      PurchaseClient purchaseClient,
      JsonNode arguments) {
    var path =
        "/merchants/%s/services/%s"
            .formatted(arguments.path("merchant").asString(), arguments.path("service").asString());
    deal.learn("merchant", arguments.path("merchant"));
    deal.learn("resource_url", scenarioContext.at(path).toString());
    return send(
        scenarioContext,
        deal,
        purchaseClient,
        Verb.BILL,
        arguments,
        () -> purchaseClient.service(deal.nextId(), arguments.path("input")),
        message -> purchaseClient.post(path, null, message));
  }

  static ObjectNode pay(ScenarioContext scenarioContext, JsonNode arguments) {
    var deal = deal(scenarioContext, arguments);
    var purchaseClient = buyer(scenarioContext, deal, arguments);
    var result =
        send(
            scenarioContext,
            deal,
            purchaseClient,
            Verb.PAY,
            arguments,
            () -> paying(scenarioContext, deal, purchaseClient, arguments),
            message -> sent(scenarioContext, purchaseClient, arguments, message));
    var tradeNo = result.at("/body/trade_no");
    if (tradeNo.isString()) {
      result.set("trade_no", tradeNo);
      deal.learn("trade_no", tradeNo);
    }
    return result;
  }

  /** Alone, or under a delegation, whose credential comes along then. */
  private static ObjectNode paying(
      ScenarioContext scenarioContext,
      OutsidePurchase deal,
      PurchaseClient purchaseClient,
      JsonNode arguments) {
    var bill = deal.need("bill", Verb.BILL);
    if (!arguments.has("under")) {
      return purchaseClient.payment(deal.nextId(), bill);
    }
    var outsideAuthority = scenarioContext.existingAuthority(arguments.path("under").asString());
    outsideAuthority.needText("iac", Verb.DELEGATE);
    var delegationClient = scenarioContext.authority(purchaseClient);
    var message =
        delegationClient.payment(
            deal.nextId(), bill, deal.known().get("order"), outsideAuthority.known());
    if (arguments.has("from")) {
      var purse = scenarioContext.existingAuthority(arguments.path("from").asString());
      delegationClient.payFromSubAccount(
          purse.needText("sub_account_id", Verb.SUB_ACCOUNT), message);
    }
    return message;
  }

  private static Reply sent(
      ScenarioContext scenarioContext,
      PurchaseClient purchaseClient,
      JsonNode arguments,
      ObjectNode message) {
    var key =
        arguments.has("key")
            ? scenarioContext.key(arguments.path("key").asString())
            : purchaseClient.agent().key();
    if (!arguments.has("under")) {
      return purchaseClient.post("/psp/payments", key, message);
    }
    var outsideAuthority = scenarioContext.existingAuthority(arguments.path("under").asString());
    var mode = arguments.path("mode").asString(outsideAuthority.needText("mode", Verb.DELEGATE));
    return scenarioContext.authority(purchaseClient).pay(mode, message, key);
  }

  /** Signed after {@code with}, spoiled after signing by {@code tamper}, or the last one again. */
  private static ObjectNode send(
      ScenarioContext scenarioContext,
      OutsidePurchase deal,
      PurchaseClient purchaseClient,
      Verb verb,
      JsonNode arguments,
      java.util.function.Supplier<ObjectNode> honest,
      Function<ObjectNode, Reply> sender) {
    var message = message(scenarioContext, deal, purchaseClient, verb, arguments, honest);
    deal.sent(verb, message);
    return ReplyFacts.ofCall(() -> sender.apply(message));
  }

  private static ObjectNode message(
      ScenarioContext scenarioContext,
      OutsidePurchase deal,
      PurchaseClient purchaseClient,
      Verb verb,
      JsonNode arguments,
      java.util.function.Supplier<ObjectNode> honest) {
    if (arguments.path("same").asBoolean(false)) {
      if (deal.lastSent(verb) instanceof ObjectNode before) {
        MessageEdits.apply(arguments.path("tamper"), before);
        return before;
      }
      throw new UnplayableStep(
          "the purchase %s has sent no %s yet".formatted(deal.name(), verb.code()));
    }
    // Its own copy: what is edited here must not change the bill or offer it was made from.
    var message = honest.get().deepCopy();
    // One purchase, one intent, whatever number of messages it takes; under a delegation the
    // credential names it.
    if (!message.has("iac")) {
      message.put("intent_id", deal.intentId());
      inFlow(scenarioContext, verb, arguments, message);
    }
    MessageEdits.apply(arguments.path("with"), message);
    var signed = purchaseClient.signed(message);
    MessageEdits.apply(arguments.path("tamper"), signed);
    return signed;
  }

  /** What is to be paid under a delegation is asked for and confirmed in its flow (ACT TSD-2). */
  private static void inFlow(
      ScenarioContext scenarioContext, Verb verb, JsonNode arguments, ObjectNode message) {
    if (!arguments.has("under")) {
      return;
    }
    var outsideAuthority = scenarioContext.existingAuthority(arguments.path("under").asString());
    message.put("intent_id", outsideAuthority.needText("intent_id", Verb.DELEGATE));
    if (verb != Verb.INTENT) {
      message.put("delegation_id", outsideAuthority.needText("delegation_id", Verb.DELEGATE));
    }
  }

  private static ObjectNode intentMessage(
      OutsidePurchase deal, PurchaseClient purchaseClient, JsonNode arguments) {
    return purchaseClient.intent(
        deal.nextId(),
        NeedDefaults.complete(deal.need("need", Verb.INTENT)),
        arguments.path("limit").asInt(20));
  }
}
