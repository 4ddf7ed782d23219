package org.actsandbox.scenarios.engine.expect;

import java.math.BigDecimal;
import java.util.HashSet;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.step.AuthorityActions;
import org.actsandbox.scenarios.engine.step.OutsidePurchaseActions;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the state of a world from its participants over HTTP. */
final class WorldFacts {

  /** Pages, each of dozens: scenarios are small, and a runaway must not be read forever. */
  private static final int MAX_PAGES = 100;

  private WorldFacts() {}

  /**
   * Returns the orders of all merchants inside, without their deliveries, as the lists have them.
   */
  static ArrayNode listedOrders(ScenarioContext scenarioContext) {
    var all = Json.mapper().createArrayNode();
    for (var merchant : scenarioContext.target().keys().merchants().keySet()) {
      pages(cursor -> scenarioContext.getAsMerchant(merchant, "/orders" + cursor))
          .forEach(order -> all.add(order(order)));
    }
    return all;
  }

  /**
   * Returns the orders of all merchants. A merchant outside need not list its own: what counts is
   * what it told the agents, and what the payment service knows since.
   */
  static ArrayNode orders(ScenarioContext scenarioContext) {
    var all = Json.mapper().createArrayNode();
    for (var merchant : scenarioContext.target().keys().merchants().keySet()) {
      pages(cursor -> scenarioContext.getAsMerchant(merchant, "/orders" + cursor))
          .forEach(
              // Lists do not contain the deliveries.
              order ->
                  all.add(
                      order(
                          scenarioContext.getAsMerchant(
                              merchant, "/orders/" + order.path("order_no").asString()))));
    }
    var outside = scenarioContext.merchantsOutside();
    if (!outside.isEmpty()) {
      scenarioContext
          .getAsEachAgent(agent -> pages(cursor -> agent.get("/orders" + cursor)))
          .forEach(
              orders ->
                  orders.forEach(
                      order -> {
                        if (outside.contains(order.path("merchant_id").asString(""))) {
                          all.add(order(order));
                        }
                      }));
    }
    return all;
  }

  /**
   * Returns the orders that the principal's payments name, because merchants do not know the
   * principal of an order.
   */
  static ArrayNode ownOrders(ScenarioContext scenarioContext) {
    var own = new HashSet<String>();
    trades(scenarioContext).forEach(trade -> own.add(key(trade, "merchant_order_no")));
    var orders = Json.mapper().createArrayNode();
    orders(scenarioContext)
        .valueStream()
        .filter(each -> own.contains(key(each, "order_no")))
        .forEach(orders::add);
    return orders;
  }

  private static String key(JsonNode fact, String orderNo) {
    return fact.path("merchant").asString() + " " + fact.path(orderNo).asString();
  }

  static ArrayNode trades(ScenarioContext scenarioContext) {
    var all = Json.mapper().createArrayNode();
    pages(cursor -> scenarioContext.getAsPrincipal("/psp/payments" + cursor))
        .forEach(
            trade -> {
              var copy = ((ObjectNode) trade).deepCopy();
              copy.set("state", trade.path("transaction_state"));
              copy.put("merchant", JournalLines.name(trade.path("payee")));
              all.add(copy);
            });
    return all;
  }

  /** Returns the demo agent's tasks, as it shows them to its principal. */
  static ArrayNode tasks(ScenarioContext scenarioContext) {
    return pages(cursor -> scenarioContext.getAsPrincipal(AuthorityActions.TASKS + cursor));
  }

  /** Returns the demo agent's watches, each with the code that says why it does not go on. */
  static ArrayNode watches(ScenarioContext scenarioContext) {
    var all = Json.mapper().createArrayNode();
    pages(cursor -> scenarioContext.getAsPrincipal("/agents/demo-agent/watches" + cursor))
        .forEach(
            watch -> {
              var copy = ((ObjectNode) watch).deepCopy();
              copy.set("code", watch.at("/progress/code"));
              all.add(copy);
            });
    return all;
  }

  /** Returns the delegations with the sums that the payment service counted under each. */
  static ArrayNode delegations(ScenarioContext scenarioContext) {
    var all = Json.mapper().createArrayNode();
    pages(cursor -> scenarioContext.getAsPrincipal("/delegations/iacs" + cursor))
        .forEach(
            delegation ->
                all.add(withSpentSums(scenarioContext, (ObjectNode) delegation.deepCopy())));
    return all;
  }

  private static ObjectNode withSpentSums(ScenarioContext scenarioContext, ObjectNode delegation) {
    delegation.put("agent", JournalLines.name(delegation.path("agent_id")));
    var total = new BigDecimal(delegation.at("/payload/max_total_amount").asString("0"));
    delegation.put("total", total.setScale(2, java.math.RoundingMode.UNNECESSARY).toPlainString());
    try {
      var sums =
          scenarioContext.getAsPrincipal(
              "/psp/delegations/" + delegation.path("delegation_id").asString());
      for (var field : new String[] {"total", "spent", "left", "payments"}) {
        delegation.set(field, sums.path(field));
      }
    } catch (UnexpectedReply refused) {
      if (refused.status() != 404) {
        throw refused;
      }
      // No payment was made under the delegation yet.
      delegation.put("spent", "0.00").put("payments", 0).set("left", delegation.path("total"));
    }
    return delegation;
  }

  /**
   * Returns the disputes with the finding's codes and the silent parties as fields, so that files
   * need no pointers.
   */
  static ArrayNode disputes(ScenarioContext scenarioContext) {
    var all = Json.mapper().createArrayNode();
    pages(cursor -> scenarioContext.getAsPrincipal("/trust/disputes" + cursor))
        .forEach(
            dispute -> {
              var copy = ((ObjectNode) dispute).deepCopy();
              copy.put("merchant", JournalLines.name(dispute.path("merchant")));
              var reasons = copy.putArray("reasons");
              dispute.at("/finding/reasons").forEach(each -> reasons.add(each.path("code")));
              var silent = copy.putArray("silent");
              var answered = copy.putArray("answered");
              for (var party : dispute.path("parties")) {
                var list =
                    switch (party.path("answer").asString("")) {
                      case "silent" -> silent;
                      case "answered" -> answered;
                      default -> null;
                    };
                if (list != null) {
                  list.add(JournalLines.name(party.path("party")));
                }
              }
              copy.set("refund", dispute.at("/refund/state"));
              copy.set("amount", dispute.at("/refund/amount"));
              copy.set("refunded", dispute.at("/refund/refunded"));
              all.add(copy);
            });
    return all;
  }

  static ArrayNode holds(ScenarioContext scenarioContext, String merchant) {
    return pages(cursor -> scenarioContext.getAsMerchant(merchant, "/holds" + cursor));
  }

  static ArrayNode notifications(ScenarioContext scenarioContext, String merchant) {
    return pages(
        cursor ->
            scenarioContext
                .client()
                .get(
                    scenarioContext.at("/psp/notifications" + cursor),
                    scenarioContext.key("merchant:" + merchant)));
  }

  static ObjectNode ledger(ScenarioContext scenarioContext) {
    var books =
        scenarioContext
            .client()
            .get(
                scenarioContext.at("/psp/ledger/balance"),
                scenarioContext.target().keys().operator());
    var wallet = scenarioContext.getAsPrincipal("/psp/wallet");
    var facts = Json.object();
    facts.set("sum", books.path("sum"));
    facts.put("balanced", new BigDecimal(books.path("sum").asString("1")).signum() == 0);
    var accounts = facts.putObject("accounts");
    for (var line : books.path("accounts")) {
      accounts.set(line.path("account").asString(), line.path("balance"));
    }
    for (var line : wallet.path("accounts")) {
      var account = line.path("account").asString();
      facts.set(account.equals("balance") ? "wallet" : account, line.path("amount"));
    }
    facts.set("pin_attempts_left", wallet.path("pin_attempts_left"));
    return facts;
  }

  /** Returns the faults by their names in the file. */
  static ObjectNode faults(ScenarioContext scenarioContext) {
    var facts = Json.object();
    var list = scenarioContext.getAsOperator("/faults").path("items");
    scenarioContext
        .faults()
        .forEach(
            (name, id) ->
                list.valueStream()
                    .filter(fault -> fault.at("/fault/id").asString().equals(id))
                    .forEach(fault -> facts.set(name, fault)));
    return facts;
  }

  /** Returns one offer of a merchant at present; {@code available: 0} if there is none. */
  static ObjectNode stock(ScenarioContext scenarioContext, JsonNode question) {
    var ask =
        Json.object().put("as", "stock_" + question.path("merchant").asString().replace('-', '_'));
    ask.set("merchant", question.path("merchant"));
    var outsidePurchase =
        question.path("of").isString()
            ? scenarioContext.existingPurchase(question.path("of").asString())
            : null;
    ask.set(
        "need",
        outsidePurchase == null ? question.path("need") : outsidePurchase.known().path("need"));
    var offers = OutsidePurchaseActions.intent(scenarioContext, ask).at("/body/offers");
    var wanted =
        question.path("offer").isString()
            ? question.path("offer").asString()
            : outsidePurchase == null
                ? ""
                : outsidePurchase.known().at("/offer/offer_id").asString("");
    var hit =
        offers
            .valueStream()
            .filter(offer -> wanted.isEmpty() || offer.path("offer_id").asString().equals(wanted))
            .findFirst();
    var facts =
        hit.isPresent() ? ((ObjectNode) hit.get()).deepCopy() : Json.object().put("available", 0);
    if (facts.has("details")) {
      facts.set("seats_left", facts.at("/details/seats_left"));
    }
    facts.set("offers", offers.isMissingNode() ? Json.mapper().createArrayNode() : offers);
    return facts;
  }

  /** Returns the facts with only the fields that explain a mismatch. */
  static ArrayNode identifyingFields(JsonNode facts) {
    var brief = Json.mapper().createArrayNode();
    for (var fact : facts) {
      var line = Json.object();
      for (var field :
          new String[] {
            "merchant",
            "status",
            "state",
            "total",
            "amount",
            "order_no",
            "trade_no",
            "event",
            "result",
            "reason",
            "code",
            "delegation_id",
            "spent",
            "kind",
            "outcome",
            "reasons",
            "silent",
            "refund",
            "refunded"
          }) {
        if (fact.has(field)) {
          line.set(field, fact.path(field));
        }
      }
      brief.add(line);
    }
    return brief;
  }

  private static ObjectNode order(JsonNode order) {
    var copy = ((ObjectNode) order).deepCopy();
    copy.set("merchant", order.path("merchant_id"));
    if (order.at("/delivery/seats").isArray()) {
      copy.set("seats", order.at("/delivery/seats"));
    }
    return copy;
  }

  interface Paged {
    JsonNode page(String cursor);
  }

  static ArrayNode pages(Paged source) {
    var all = Json.mapper().createArrayNode();
    var query = "";
    for (int page = 0; page < MAX_PAGES; page++) {
      var answer = source.page(query);
      answer.path("items").forEach(all::add);
      if (!answer.path("next").isString()) {
        return all;
      }
      query =
          "?cursor="
              + java.net.URLEncoder.encode(
                  answer.path("next").stringValue(), java.nio.charset.StandardCharsets.UTF_8);
    }
    throw new UnplayableStep("a list of more than " + MAX_PAGES + " pages");
  }
}
