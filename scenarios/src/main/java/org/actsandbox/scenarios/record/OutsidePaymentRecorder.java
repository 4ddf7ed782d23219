package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.operation.Operation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the payments of outside agents, and the principal's decisions about them, as steps. */
final class OutsidePaymentRecorder {

  /** The fields that a payment request takes from the bill, with their names in the bill. */
  private static final Map<String, String> AS_BILLED =
      Map.of("amount", "amount", "currency", "currency", "payee", "seller_unique_id");

  private final OutsidePurchaseIndex outsidePurchaseIndex;
  private final AuthorityRecorder authorityRecorder;
  private final SubAccountRecorder subAccountRecorder;
  private final BindingRecorder bindingRecorder;

  /** The last payment request of each purchase. */
  private final Map<String, JsonNode> sent = new HashMap<>();

  OutsidePaymentRecorder(
      OutsidePurchaseIndex outsidePurchaseIndex,
      AuthorityRecorder authorityRecorder,
      SubAccountRecorder subAccountRecorder,
      BindingRecorder bindingRecorder) {
    this.outsidePurchaseIndex = outsidePurchaseIndex;
    this.authorityRecorder = authorityRecorder;
    this.subAccountRecorder = subAccountRecorder;
    this.bindingRecorder = bindingRecorder;
  }

  void pay(RecordedExchange recordedExchange) {
    var request = recordedExchange.request();
    var purchase = outsidePurchaseIndex.ofOrder(request.path("merchant_order_no").asString());
    var authority =
        authorityRecorder.findByDelegation(request.path("delegation_id").asString("")).orElse(null);
    var arguments = Json.object().put("as", purchase).put("by", recordedExchange.from());
    boolean again = purchase != null && request.equals(sent.get(purchase));
    int usual = again && recordedExchange.isGood() ? recordedExchange.status() : 201;
    if (purchase == null
        || !OutsidePurchaseIndex.isPlayable(recordedExchange, usual)
        || (authority == null && !recordedExchange.delegatedMode().isEmpty())
        || isWithAnothersInstrument(recordedExchange)) {
      outsidePurchaseIndex.leaveOut(recordedExchange, "a payment request");
      return;
    }
    sent.put(purchase, request);
    if (authority != null) {
      addDelegation(recordedExchange, authority, arguments);
    }
    if (again) {
      arguments.put("same", true);
    } else {
      addDeviations(request, authority, arguments);
    }
    outsidePurchaseIndex.step(recordedExchange, "pay", arguments, usual);
    outsidePurchaseIndex.learnTrade(recordedExchange.answer().path("trade_no"), purchase);
  }

  /**
   * Tells whether a payment was refused because its instrument belongs to another agent; such an
   * instrument has no name in the file.
   */
  private boolean isWithAnothersInstrument(RecordedExchange recordedExchange) {
    var instrument = recordedExchange.request().path("instrument_ref").asString("");
    return recordedExchange.code().equals("instrument_mismatch")
        && !bindingRecorder.isOf(recordedExchange.from(), instrument);
  }

  private void addDelegation(
      RecordedExchange recordedExchange,
      AuthorityRecorder.RequestedAuthority authority,
      ObjectNode arguments) {
    arguments.put("under", authority.name());
    var mode = recordedExchange.delegatedMode();
    if (!mode.equals(authority.mode())) {
      arguments.put("mode", mode);
    }
    var account = recordedExchange.request().at("/sub_account_authorization/sub_account_id");
    var subAccount = subAccountRecorder.name(account.asString(""));
    if (subAccount != null) {
      arguments.put("from", subAccount);
    }
  }

  /** Writes where the request differs from the bill or has fields of its own. */
  private void addDeviations(
      JsonNode request,
      AuthorityRecorder.@Nullable RequestedAuthority authority,
      ObjectNode arguments) {
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
    if (principal.isString() && (authority == null || !authority.isOf(principal.stringValue()))) {
      with.set("/principal_id", principal);
    }
    if (request.has("fulfilment_at")) {
      with.set("/fulfilment_at", request.path("fulfilment_at"));
    }
    if (!with.isEmpty()) {
      arguments.set("with", with);
    }
  }

  void writeDecision(RecordedExchange recordedExchange, String purchase) {
    if (!OutsidePurchaseIndex.isPlayable(recordedExchange, 200)) {
      outsidePurchaseIndex.leaveOut(recordedExchange, "a decision at the cashier");
      return;
    }
    var arguments = Json.object().put("as", purchase);
    var decision = recordedExchange.request().path("decision").asString();
    if (!decision.equals("APPROVE")) {
      arguments.put("decision", decision);
    }
    if (recordedExchange.code().equals("pin_wrong")) {
      arguments.put("pin", "000000");
    }
    outsidePurchaseIndex.step(recordedExchange, "cashier", arguments, 200);
  }

  /**
   * Writes the first query that returns the proof; repeated queries are no steps. Returns false if
   * the payment belongs to no recorded purchase.
   */
  boolean readQuery(RecordedExchange recordedExchange) {
    var trade = recordedExchange.id(Operation.PAYMENT_STATUS);
    var purchase = trade.map(outsidePurchaseIndex::ofTrade).orElse(null);
    if (purchase != null
        && recordedExchange.answer().path("proof").isObject()
        && outsidePurchaseIndex.noteProof(purchase)) {
      outsidePurchaseIndex.step(
          recordedExchange,
          "proof",
          outsidePurchaseIndex.arguments(recordedExchange, purchase),
          200);
    }
    return purchase != null;
  }
}
