package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Purchases of agents from outside. Their messages are signed with keys nobody else has, so each is
 * written as the verb that makes the same one; what was refused because it was bent is left out.
 */
final class OutsideDeals {

  /** Refusals that come from the state of the world: honest messages meet them again. */
  private static final Set<String> NATURAL =
      Set.of(
          "no_match",
          "constraint_conflict",
          "sold_out",
          "price_changed",
          "offer_expired",
          "hold_expired",
          "bill_expired",
          "insufficient_balance",
          "limit_exceeded",
          "paid_too_late",
          "user_declined",
          "confirmation_timed_out",
          "proof_expired",
          "payment_closed",
          "pin_wrong",
          "pin_locked",
          // Under a delegation
          "iac_not_yet_valid",
          "iac_suspended",
          "iac_revoked",
          "iac_expired",
          "iac_agent_mismatch",
          "iac_principal_mismatch",
          "delegation_mode_mismatch",
          "delegation_state_unknown",
          "instrument_mismatch",
          "sub_account_mismatch",
          "sub_account_invalid",
          "category_not_allowed",
          "merchant_not_allowed",
          "payment_method_not_allowed",
          "currency_not_allowed",
          "fulfilment_time_not_allowed",
          "price_deviation_exceeded",
          "single_limit_exceeded",
          "cumulative_limit_exceeded",
          "not_in_plan",
          "retries_exhausted");

  /** What a payment request has from the bill, and how the bill calls it. */
  private static final Map<String, String> AS_BILLED =
      Map.of("amount", "amount", "currency", "currency", "payee", "seller_unique_id");

  private static final Pattern SERVICE = Pattern.compile("/merchants/([^/]+)/services/([^/]+)");
  private static final Set<String> PLAIN_LINE = Set.of("offer_id", "quantity");
  private static final JsonNode USUAL_FULFILMENT = Json.object().put("ship_to", "home");

  private final Draft draft;
  private final Grants grants;
  private final Purses purses;
  private final Map<JsonNode, String> byRequest = new HashMap<>();
  private final Map<String, String> byIntent = new HashMap<>();
  private final Map<String, String> byOrder = new HashMap<>();
  private final Map<String, String> byTrade = new HashMap<>();
  private final Map<String, String> agents = new HashMap<>();
  private final Map<String, String> picked = new HashMap<>();
  private final Set<String> proven = new HashSet<>();

  /** The last payment request of each purchase. */
  private final Map<String, JsonNode> sent = new HashMap<>();

  private final Set<String> ordered = new HashSet<>();

  /** The last purchase that was told an offer. */
  private final Map<String, String> seen = new HashMap<>();

  private final Bindings bindings;
  private int deals;

  OutsideDeals(Draft draft, Grants grants, Purses purses) {
    this.draft = draft;
    this.grants = grants;
    this.purses = purses;
    this.bindings = new Bindings(draft);
  }

  /** Whether it was part of such a purchase. */
  boolean read(Exchange exchange) {
    var approval = exchange.part("POST", "/psp/payments/*/approval");
    if (approval.isPresent()) {
      var deal = byTrade.get(approval.get());
      if (deal != null && exchange.isByPrincipal()) {
        decided(exchange, deal);
      }
      return deal != null;
    }
    var merchant = exchange.part("POST", "/merchants/*/intents");
    if (merchant.isPresent()) {
      intent(exchange, merchant.get());
      return true;
    }
    if (exchange.part("POST", "/merchants/*/carts").isPresent()) {
      cart(exchange);
      return true;
    }
    if (exchange.isPayment()) {
      pay(exchange);
      return true;
    }
    return bindings.read(exchange) || service(exchange) || resource(exchange) || queried(exchange);
  }

  /** Whether somebody of that name has shopped here. */
  boolean isBuyer(String agent) {
    return agents.containsValue(agent);
  }

  /** Gives names to the instruments that this text has in it. */
  void nameWhatIsIn(String text) {
    bindings.nameWhatIsIn(text);
  }

  private void intent(Exchange exchange, String merchant) {
    var needs = exchange.request().at("/context/explicit_needs");
    if (needs.size() != 1 || !isPlayable(exchange, 200)) {
      leaveOut(exchange, "an intent");
      return;
    }
    var deal = byIntent.computeIfAbsent(intentId(exchange), _ -> "deal_" + ++deals);
    agents.putIfAbsent(deal, exchange.from());
    var arguments = by(exchange, deal).put("merchant", merchant);
    arguments.set("need", needs.get(0));
    var limit = exchange.request().path("limit");
    if (limit.isInt()) {
      arguments.set("limit", limit);
    }
    step(exchange, "intent", arguments, 200);
    exchange
        .answer()
        .path("offers")
        .forEach(offer -> seen.put(offer.path("offer_id").asString(), deal));
  }

  private void cart(Exchange exchange) {
    var lines = exchange.request().path("lines");
    var offer = lines.path(0).path("offer_id").asString("");
    if (lines.size() != 1 || !seen.containsKey(offer) || !isPlayable(exchange, 201)) {
      leaveOut(exchange, "a cart");
      return;
    }
    var deal = byIntent.get(intentId(exchange));
    if (deal == null || ordered.contains(deal)) {
      deal = another(exchange, offer);
    } else {
      var arguments = by(exchange, deal);
      if (!offer.equals(picked.put(deal, offer))) {
        arguments.putObject("pick").put("offer_id", offer);
      }
      wishes(exchange.request(), arguments);
      step(exchange, "cart", arguments, 201);
    }
    if (exchange.isGood()) {
      ordered.add(deal);
    }
    learn(byOrder, exchange.answer().path("order_no"), deal, "order_no");
  }

  /** What the cart says about the offer beyond taking it: a seat, another address. */
  private static void wishes(JsonNode cart, ObjectNode arguments) {
    var with = Json.object();
    cart.path("lines")
        .path(0)
        .properties()
        .forEach(
            field -> {
              if (!PLAIN_LINE.contains(field.getKey())) {
                with.set("/lines/0/" + field.getKey(), field.getValue());
              }
            });
    if (!cart.path("fulfilment").equals(USUAL_FULFILMENT)) {
      with.set("/fulfilment", cart.path("fulfilment"));
    }
    if (!with.isEmpty()) {
      arguments.set("with", with);
    }
  }

  /** Somebody takes an offer that another purchase was told. */
  private String another(Exchange exchange, String offer) {
    var deal = "deal_" + ++deals;
    agents.put(deal, exchange.from());
    var arguments = by(exchange, deal);
    arguments.put("of", seen.get(offer)).put("offer", offer).put("until", "cart");
    step(exchange, "buy", arguments, 201);
    return deal;
  }

  private void pay(Exchange exchange) {
    var request = exchange.request();
    var deal = byOrder.get(request.path("merchant_order_no").asString());
    var grant = grants.under(request.path("delegation_id").asString("")).orElse(null);
    var arguments = Json.object().put("as", deal).put("by", exchange.from());
    boolean again = deal != null && request.equals(sent.get(deal));
    int usual = again && exchange.isGood() ? exchange.status() : 201;
    if (deal == null
        || !isPlayable(exchange, usual)
        || (grant == null && !exchange.delegatedMode().isEmpty())
        || isWithAnothersInstrument(exchange)) {
      leaveOut(exchange, "a payment request");
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
    step(exchange, "pay", arguments, usual);
    learn(byTrade, exchange.answer().path("trade_no"), deal, "trade_no");
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

  private void decided(Exchange exchange, String deal) {
    if (!isPlayable(exchange, 200)) {
      leaveOut(exchange, "a decision at the cashier");
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
    step(exchange, "cashier", arguments, 200);
  }

  /** The bill without a proof, the delivery with one. */
  private boolean resource(Exchange exchange) {
    if (!exchange.bare().matches("/merchants/[^/]+/fulfilment/.*")) {
      return false;
    }
    var order = exchange.bare().substring(exchange.bare().lastIndexOf('/') + 1);
    var deal = byOrder.get(order);
    boolean proof = exchange.data().at("/request_headers/payment-proof").isString();
    if (deal == null || !exchange.method().equals("GET")) {
      leaveOut(exchange, "a request for a resource");
    } else if (!proof && exchange.status() == 402) {
      step(exchange, "bill", by(exchange, deal), 402);
    } else if (proof && proven.contains(deal) && isPlayable(exchange, 200)) {
      step(exchange, "fetch", by(exchange, deal), 200);
    } else {
      leaveOut(exchange, "a request for a resource");
    }
    return true;
  }

  /** Work of a seller agent: the request is the order, and the same one fetches the result. */
  private boolean service(Exchange exchange) {
    var path = SERVICE.matcher(exchange.bare());
    if (!exchange.method().equals("POST") || !path.matches()) {
      return false;
    }
    var request = exchange.request();
    var deal = byRequest.get(request);
    if (exchange.data().at("/request_headers/payment-proof").isString()) {
      if (deal != null && proven.contains(deal) && isPlayable(exchange, 200)) {
        step(exchange, "fetch", by(exchange, deal), 200);
      } else {
        leaveOut(exchange, "a request for a service");
      }
    } else if (deal == null && request.path("input").isObject() && exchange.status() == 402) {
      bill(exchange, path.group(1), path.group(2));
    } else {
      leaveOut(exchange, "a request for a service");
    }
    return true;
  }

  private void bill(Exchange exchange, String merchant, String service) {
    var deal = "deal_" + ++deals;
    agents.put(deal, exchange.from());
    byRequest.put(exchange.request(), deal);
    var arguments = by(exchange, deal).put("merchant", merchant).put("service", service);
    arguments.set("input", exchange.request().path("input"));
    step(exchange, "bill", arguments, 402);
    var needed = exchange.data().at("/response_headers/payment-needed").asString("");
    var bill = Headers.decode(Headers.PAYMENT_NEEDED, needed).path("protocol");
    learn(byOrder, bill.path("out_trade_no"), deal, "order_no");
  }

  /** Polling is nobody's story; the first answer with a proof in it is. */
  private boolean queried(Exchange exchange) {
    var trade = exchange.part("GET", "/psp/payments/*");
    var deal = trade.map(byTrade::get).orElse(null);
    if (deal != null && exchange.answer().path("proof").isObject() && proven.add(deal)) {
      step(exchange, "proof", by(exchange, deal), 200);
    }
    return deal != null;
  }

  private void step(Exchange exchange, String verb, ObjectNode arguments, int usual) {
    exchange.expected(draft.step(exchange.at(), verb, arguments), usual);
  }

  private ObjectNode by(Exchange exchange, String deal) {
    return Json.object().put("as", deal).put("by", agents.getOrDefault(deal, exchange.from()));
  }

  private void learn(Map<String, String> ids, JsonNode id, String deal, String field) {
    if (id.isString()) {
      ids.put(id.stringValue(), deal);
      draft.name(id.stringValue(), deal + "/" + field);
    }
  }

  private static boolean isPlayable(Exchange exchange, int usual) {
    return exchange.status() == usual || exchange.isLost() || NATURAL.contains(exchange.code());
  }

  private void leaveOut(Exchange exchange, String what) {
    draft.leaveOut(exchange, what);
  }

  private static String intentId(Exchange exchange) {
    return exchange.request().path("intent_id").asString("");
  }
}
