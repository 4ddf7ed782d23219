package org.actsandbox.scenarios.engine.step;

import java.util.function.Function;
import java.util.function.Supplier;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.scenarios.engine.context.OutsidePurchase;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays the messages of an outside agent up to its payment request. Each message is built as an
 * honest agent builds it, changed as the file says before and after it is signed, and sent.
 */
public final class OutsidePurchaseActions {

  private OutsidePurchaseActions() {}

  static OutsidePurchase purchase(ScenarioContext scenarioContext, JsonNode arguments) {
    return scenarioContext.outsidePurchase(
        arguments.path("as").asString("deal"),
        arguments.path("by").asString(ScenarioContext.OUTSIDE_AGENT));
  }

  static PurchaseClient purchaseClient(
      ScenarioContext scenarioContext, OutsidePurchase purchase, JsonNode arguments) {
    return scenarioContext.purchaseClient(arguments.path("by").asString(purchase.agent()));
  }

  public static ObjectNode intent(ScenarioContext scenarioContext, JsonNode arguments) {
    var purchase = purchase(scenarioContext, arguments);
    var purchaseClient = purchaseClient(scenarioContext, purchase, arguments);
    if (arguments.has("merchant")) {
      purchase.learn("merchant", arguments.path("merchant"));
    }
    purchase.learn("need", arguments.path("need"));
    var result =
        send(
            scenarioContext,
            purchase,
            purchaseClient,
            Verb.INTENT,
            arguments,
            () -> intentMessage(purchase, purchaseClient, arguments),
            message -> purchaseClient.sendIntent(purchase.merchant(), message));
    purchase.learn("offers", result.at("/body/offers"));
    var offers = result.at("/body/offers");
    if (!offers.isEmpty()) {
      purchase.learn("offer", OfferSelector.one(arguments.path("pick"), offers));
      result.set("offer", purchase.known().path("offer"));
    }
    return result;
  }

  static ObjectNode cart(ScenarioContext scenarioContext, JsonNode arguments) {
    var purchase = purchase(scenarioContext, arguments);
    var purchaseClient = purchaseClient(scenarioContext, purchase, arguments);
    if (arguments.has("pick")) {
      purchase.learn(
          "offer", OfferSelector.one(arguments.path("pick"), purchase.need("offers", Verb.INTENT)));
    }
    var result =
        send(
            scenarioContext,
            purchase,
            purchaseClient,
            Verb.CART,
            arguments,
            () -> purchaseClient.cart(purchase.nextId(), purchase.need("offer", Verb.INTENT)),
            message -> purchaseClient.sendCart(purchase.merchant(), message));
    if (result.path("status").asInt() == 201) {
      var order = result.path("body");
      result.set("order", order);
      result.set("order_no", order.path("order_no"));
      purchase.learn("order", order);
      purchase.learn("order_no", order.path("order_no"));
      purchase.learn("resource_url", order.path("resource_url"));
    }
    return result;
  }

  static ObjectNode bill(ScenarioContext scenarioContext, JsonNode arguments) {
    var purchase = purchase(scenarioContext, arguments);
    var purchaseClient = purchaseClient(scenarioContext, purchase, arguments);
    var result =
        arguments.has("service")
            ? service(scenarioContext, purchase, purchaseClient, arguments)
            : ReplyFacts.ofCall(() -> purchaseClient.askForResource(purchase.resource()));
    var header = result.at("/headers/payment-needed");
    if (header.isString()) {
      var bill =
          A402Headers.decode(A402Headers.PAYMENT_NEEDED, header.stringValue()).path("protocol");
      result.set("bill", bill);
      purchase.learn("bill", bill);
      if (arguments.has("service")) {
        // The request is the order (docs/sellers.md).
        purchase.learn("order_no", bill.path("out_trade_no"));
      }
    }
    return result;
  }

  /** Requests a service of a seller agent; the same request is sent again with the proof. */
  private static ObjectNode service(
      ScenarioContext scenarioContext,
      OutsidePurchase purchase,
      PurchaseClient purchaseClient,
      JsonNode arguments) {
    var path =
        "/merchants/%s/services/%s"
            .formatted(arguments.path("merchant").asString(), arguments.path("service").asString());
    purchase.learn("merchant", arguments.path("merchant"));
    purchase.learn("resource_url", scenarioContext.at(path).toString());
    return send(
        scenarioContext,
        purchase,
        purchaseClient,
        Verb.BILL,
        arguments,
        () -> purchaseClient.service(purchase.nextId(), arguments.path("input")),
        message -> purchaseClient.post(path, null, message));
  }

  static ObjectNode pay(ScenarioContext scenarioContext, JsonNode arguments) {
    var purchase = purchase(scenarioContext, arguments);
    var purchaseClient = purchaseClient(scenarioContext, purchase, arguments);
    var result =
        send(
            scenarioContext,
            purchase,
            purchaseClient,
            Verb.PAY,
            arguments,
            () -> paymentMessage(scenarioContext, purchase, purchaseClient, arguments),
            message -> sendPayment(scenarioContext, purchaseClient, arguments, message));
    var tradeNo = result.at("/body/trade_no");
    if (tradeNo.isString()) {
      result.set("trade_no", tradeNo);
      purchase.learn("trade_no", tradeNo);
    }
    return result;
  }

  /** Builds a payment request, with the credential if it is made under a delegation. */
  private static ObjectNode paymentMessage(
      ScenarioContext scenarioContext,
      OutsidePurchase purchase,
      PurchaseClient purchaseClient,
      JsonNode arguments) {
    var bill = purchase.need("bill", Verb.BILL);
    if (!arguments.has("under")) {
      return purchaseClient.payment(purchase.nextId(), bill);
    }
    var authority = scenarioContext.existingAuthority(arguments.path("under").asString());
    authority.needText("iac", Verb.DELEGATE);
    var delegationClient = scenarioContext.delegationClient(purchaseClient);
    var message =
        delegationClient.payment(
            purchase.nextId(), bill, purchase.known().get("order"), authority.known());
    if (arguments.has("from")) {
      var subAccount = scenarioContext.existingAuthority(arguments.path("from").asString());
      delegationClient.payFromSubAccount(
          subAccount.needText("sub_account_id", Verb.SUB_ACCOUNT), message);
    }
    return message;
  }

  private static Reply sendPayment(
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
    var authority = scenarioContext.existingAuthority(arguments.path("under").asString());
    var mode = arguments.path("mode").asString(authority.needText("mode", Verb.DELEGATE));
    return scenarioContext.delegationClient(purchaseClient).pay(mode, message, key);
  }

  /**
   * Builds and sends a message: {@code with} changes it before it is signed, {@code tamper}
   * afterwards, and {@code same} sends the last one again.
   */
  private static ObjectNode send(
      ScenarioContext scenarioContext,
      OutsidePurchase purchase,
      PurchaseClient purchaseClient,
      Verb verb,
      JsonNode arguments,
      Supplier<ObjectNode> honest,
      Function<ObjectNode, Reply> sender) {
    var message = message(scenarioContext, purchase, purchaseClient, verb, arguments, honest);
    purchase.rememberSent(verb, message);
    return ReplyFacts.ofCall(() -> sender.apply(message));
  }

  private static ObjectNode message(
      ScenarioContext scenarioContext,
      OutsidePurchase purchase,
      PurchaseClient purchaseClient,
      Verb verb,
      JsonNode arguments,
      Supplier<ObjectNode> honest) {
    if (arguments.path("same").asBoolean(false)) {
      if (purchase.lastSent(verb) instanceof ObjectNode before) {
        MessageEdits.apply(arguments.path("tamper"), before);
        return before;
      }
      throw new UnplayableStep(
          "the purchase %s has sent no %s yet".formatted(purchase.name(), verb.code()));
    }
    // A copy: the edits below must not change the bill or the offer that the message contains.
    var message = honest.get().deepCopy();
    // All messages of a purchase have one intent id; under a delegation the credential names it.
    if (!message.has("iac")) {
      message.put("intent_id", purchase.intentId());
      addDelegation(scenarioContext, verb, arguments, message);
    }
    MessageEdits.apply(arguments.path("with"), message);
    var signed = purchaseClient.signed(message);
    MessageEdits.apply(arguments.path("tamper"), signed);
    return signed;
  }

  /**
   * Puts a message about a purchase under a delegation into the flow of that delegation (ACT
   * TSD-2).
   */
  private static void addDelegation(
      ScenarioContext scenarioContext, Verb verb, JsonNode arguments, ObjectNode message) {
    if (!arguments.has("under")) {
      return;
    }
    var authority = scenarioContext.existingAuthority(arguments.path("under").asString());
    message.put("intent_id", authority.needText("intent_id", Verb.DELEGATE));
    if (verb != Verb.INTENT) {
      message.put("delegation_id", authority.needText("delegation_id", Verb.DELEGATE));
    }
  }

  private static ObjectNode intentMessage(
      OutsidePurchase purchase, PurchaseClient purchaseClient, JsonNode arguments) {
    return purchaseClient.intent(
        purchase.nextId(),
        NeedDefaults.complete(purchase.need("need", Verb.INTENT)),
        arguments.path("limit").asInt(20));
  }
}
