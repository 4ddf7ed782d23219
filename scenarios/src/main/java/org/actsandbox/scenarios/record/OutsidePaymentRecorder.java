package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How agents from outside pay: under an authority or asking, and what the principal decided. */
final class OutsidePaymentRecorder {

  /** What a payment request has from the bill, and how the bill calls it. */
  private static final Map<String, String> AS_BILLED =
      Map.of("amount", "amount", "currency", "currency", "payee", "seller_unique_id");

  private final OutsidePurchaseIndex outsidePurchaseIndex;
  private final GrantRecorder grantRecorder;
  private final SubAccountRecorder subAccountRecorder;
  private final BindingRecorder bindingRecorder;

  /** The last payment request of each purchase. */
  private final Map<String, JsonNode> sent = new HashMap<>();

  OutsidePaymentRecorder(
      OutsidePurchaseIndex outsidePurchaseIndex,
      GrantRecorder grantRecorder,
      SubAccountRecorder subAccountRecorder,
      BindingRecorder bindingRecorder) {
    this.outsidePurchaseIndex = outsidePurchaseIndex;
    this.grantRecorder = grantRecorder;
    this.subAccountRecorder = subAccountRecorder;
    this.bindingRecorder = bindingRecorder;
  }

  void pay(RecordedExchange recordedExchange) {
    var request = recordedExchange.request();
    var deal = outsidePurchaseIndex.ofOrder(request.path("merchant_order_no").asString());
    var grant =
        grantRecorder.findByDelegation(request.path("delegation_id").asString("")).orElse(null);
    var arguments = Json.object().put("as", deal).put("by", recordedExchange.from());
    boolean again = deal != null && request.equals(sent.get(deal));
    int usual = again && recordedExchange.isGood() ? recordedExchange.status() : 201;
    if (deal == null
        || !OutsidePurchaseIndex.isPlayable(recordedExchange, usual)
        || (grant == null && !recordedExchange.delegatedMode().isEmpty())
        || isWithAnothersInstrument(recordedExchange)) {
      outsidePurchaseIndex.leaveOut(recordedExchange, "a payment request");
      return;
    }
    sent.put(deal, request);
    if (grant != null) {
      under(recordedExchange, grant, arguments);
    }
    if (again) {
      arguments.put("same", true);
    } else {
      liberties(request, grant, arguments);
    }
    outsidePurchaseIndex.step(recordedExchange, "pay", arguments, usual);
    outsidePurchaseIndex.learnTrade(recordedExchange.answer().path("trade_no"), deal);
  }

  /** Refused for the instrument, and the agent has been given no such one: it cannot be named. */
  private boolean isWithAnothersInstrument(RecordedExchange recordedExchange) {
    var instrument = recordedExchange.request().path("instrument_ref").asString("");
    return recordedExchange.code().equals("instrument_mismatch")
        && !bindingRecorder.isOf(recordedExchange.from(), instrument);
  }

  private void under(
      RecordedExchange recordedExchange, GrantRecorder.Grant grant, ObjectNode arguments) {
    arguments.put("under", grant.name());
    var mode = recordedExchange.delegatedMode();
    if (!mode.equals(grant.mode())) {
      arguments.put("mode", mode);
    }
    var account = recordedExchange.request().at("/sub_account_authorization/sub_account_id");
    var purse = subAccountRecorder.name(account.asString(""));
    if (purse != null) {
      arguments.put("from", purse);
    }
  }

  /** Where the request says something else than the bill, or of itself, before it was signed. */
  private void liberties(
      JsonNode request, GrantRecorder.@Nullable Grant grant, ObjectNode arguments) {
    var with = Json.object();
    bindingRecorder
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

  void decided(RecordedExchange recordedExchange, String deal) {
    if (!OutsidePurchaseIndex.isPlayable(recordedExchange, 200)) {
      outsidePurchaseIndex.leaveOut(recordedExchange, "a decision at the cashier");
      return;
    }
    var arguments = Json.object().put("as", deal);
    var decision = recordedExchange.request().path("decision").asString();
    if (!decision.equals("APPROVE")) {
      arguments.put("decision", decision);
    }
    if (recordedExchange.code().equals("pin_wrong")) {
      arguments.put("pin", "000000");
    }
    outsidePurchaseIndex.step(recordedExchange, "cashier", arguments, 200);
  }

  /** Polling is nobody's story; the first answer with a proof in it is. */
  boolean queried(RecordedExchange recordedExchange) {
    var trade = recordedExchange.pathVariable("GET", "/psp/payments/*");
    var deal = trade.map(outsidePurchaseIndex::ofTrade).orElse(null);
    if (deal != null
        && recordedExchange.answer().path("proof").isObject()
        && outsidePurchaseIndex.proven(deal)) {
      outsidePurchaseIndex.step(
          recordedExchange, "proof", outsidePurchaseIndex.by(recordedExchange, deal), 200);
    }
    return deal != null;
  }
}
