package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How agents from outside pay: under an authority or asking, and what the principal decided. */
final class OutsidePayments {

  /** What a payment request has from the bill, and how the bill calls it. */
  private static final Map<String, String> AS_BILLED =
      Map.of("amount", "amount", "currency", "currency", "payee", "seller_unique_id");

  private final Deals deals;
  private final Grants grants;
  private final Purses purses;
  private final Bindings bindings;

  /** The last payment request of each purchase. */
  private final Map<String, JsonNode> sent = new HashMap<>();

  OutsidePayments(Deals deals, Grants grants, Purses purses, Bindings bindings) {
    this.deals = deals;
    this.grants = grants;
    this.purses = purses;
    this.bindings = bindings;
  }

  void pay(Exchange exchange) {
    var request = exchange.request();
    var deal = deals.ofOrder(request.path("merchant_order_no").asString());
    var grant = grants.under(request.path("delegation_id").asString("")).orElse(null);
    var arguments = Json.object().put("as", deal).put("by", exchange.from());
    boolean again = deal != null && request.equals(sent.get(deal));
    int usual = again && exchange.isGood() ? exchange.status() : 201;
    if (deal == null
        || !Deals.isPlayable(exchange, usual)
        || (grant == null && !exchange.delegatedMode().isEmpty())
        || isWithAnothersInstrument(exchange)) {
      deals.leaveOut(exchange, "a payment request");
      return;
    }
    sent.put(deal, request);
    if (grant != null) {
      under(exchange, grant, arguments);
    }
    if (again) {
      arguments.put("same", true);
    } else {
      liberties(request, grant, arguments);
    }
    deals.step(exchange, "pay", arguments, usual);
    deals.learnTrade(exchange.answer().path("trade_no"), deal);
  }

  /** Refused for the instrument, and the agent has been given no such one: it cannot be named. */
  private boolean isWithAnothersInstrument(Exchange exchange) {
    var instrument = exchange.request().path("instrument_ref").asString("");
    return exchange.code().equals("instrument_mismatch")
        && !bindings.isOf(exchange.from(), instrument);
  }

  private void under(Exchange exchange, Grants.Grant grant, ObjectNode arguments) {
    arguments.put("under", grant.name());
    var mode = exchange.delegatedMode();
    if (!mode.equals(grant.mode())) {
      arguments.put("mode", mode);
    }
    var account = exchange.request().at("/sub_account_authorization/sub_account_id");
    var purse = purses.name(account.asString(""));
    if (purse != null) {
      arguments.put("from", purse);
    }
  }

  /** Where the request says something else than the bill, or of itself, before it was signed. */
  private void liberties(JsonNode request, Grants.@Nullable Grant grant, ObjectNode arguments) {
    var with = Json.object();
    bindings
        .reference(request.path("instrument_ref").asString(""))
        .ifPresent(ref -> with.put("/instrument_ref", ref));
    var bill = request.path("bill");
    AS_BILLED.forEach(
        (field, billed) -> {
          if (!request.path(field).equals(bill.path(billed))) {
            with.set("/" + field, request.path(field));
          }
        });
    var principal = request.path("principal_id");
    if (principal.isString() && (grant == null || !grant.isOf(principal.stringValue()))) {
      with.set("/principal_id", principal);
    }
    if (request.has("fulfilment_at")) {
      with.set("/fulfilment_at", request.path("fulfilment_at"));
    }
    if (!with.isEmpty()) {
      arguments.set("with", with);
    }
  }

  void decided(Exchange exchange, String deal) {
    if (!Deals.isPlayable(exchange, 200)) {
      deals.leaveOut(exchange, "a decision at the cashier");
      return;
    }
    var arguments = Json.object().put("as", deal);
    var decision = exchange.request().path("decision").asString();
    if (!decision.equals("APPROVE")) {
      arguments.put("decision", decision);
    }
    if (exchange.code().equals("pin_wrong")) {
      arguments.put("pin", "000000");
    }
    deals.step(exchange, "cashier", arguments, 200);
  }

  /** Polling is nobody's story; the first answer with a proof in it is. */
  boolean queried(Exchange exchange) {
    var trade = exchange.part("GET", "/psp/payments/*");
    var deal = trade.map(deals::ofTrade).orElse(null);
    if (deal != null && exchange.answer().path("proof").isObject() && deals.proven(deal)) {
      deals.step(exchange, "proof", deals.by(exchange, deal), 200);
    }
    return deal != null;
  }
}
