package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the purchases of outside agents by order and trade, and knows the agent of each. */
final class OutsidePurchaseIndex {

  /**
   * Refusals that follow from the state of the world, so that honest messages meet them again when
   * the file is played.
   */
  private static final Set<String> REPEATABLE_REFUSALS =
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
          "sub_account_unknown",
          "sub_account_frozen",
          "sub_account_cancelled",
          "sub_account_key_invalid",
          "category_not_allowed",
          "merchant_not_allowed",
          "payment_method_not_allowed",
          "currency_not_allowed",
          "fulfilment_time_not_allowed",
          "goods_not_stated",
          "target_mismatch",
          "target_already_bought",
          "price_deviation_exceeded",
          "single_limit_exceeded",
          "cumulative_limit_exceeded",
          "not_in_plan",
          "retries_exhausted");

  private final ScriptDraft scriptDraft;
  private final Map<String, String> agents = new HashMap<>();
  private final Map<String, String> byOrder = new HashMap<>();
  private final Map<String, String> byTrade = new HashMap<>();
  private final Set<String> proven = new HashSet<>();
  private int names;

  OutsidePurchaseIndex(ScriptDraft scriptDraft) {
    this.scriptDraft = scriptDraft;
  }

  /** Returns a new name for a purchase. */
  String next() {
    return "deal_" + ++names;
  }

  /** Remembers the agent that began a purchase; the same agent continues it. */
  void noteAgent(String purchase, String agent) {
    agents.putIfAbsent(purchase, agent);
  }

  /** Tells whether an agent of this name began a purchase. */
  boolean isBuyer(String agent) {
    return agents.containsValue(agent);
  }

  /** Returns the name of the purchase with this order; null if there is none. */
  @Nullable String ofOrder(String orderNo) {
    return byOrder.get(orderNo);
  }

  /** Returns the name of the purchase with this trade; null if there is none. */
  @Nullable String ofTrade(String tradeNo) {
    return byTrade.get(tradeNo);
  }

  void learnOrder(JsonNode orderNo, String purchase) {
    learn(byOrder, orderNo, purchase, "order_no");
  }

  void learnTrade(JsonNode tradeNo, String purchase) {
    learn(byTrade, tradeNo, purchase, "trade_no");
  }

  /** Remembers that the agent has the proof of payment; returns true the first time. */
  boolean noteProof(String purchase) {
    return proven.add(purchase);
  }

  /** Tells whether the agent has the proof of payment. */
  boolean hasProof(String purchase) {
    return proven.contains(purchase);
  }

  /** Writes a step that expects the recorded status, unless that is the usual one. */
  void step(RecordedExchange recordedExchange, String verb, ObjectNode arguments, int usual) {
    recordedExchange.addExpectation(
        scriptDraft.step(recordedExchange.at(), verb, arguments), usual);
  }

  /** Returns the arguments that name the purchase and its agent. */
  ObjectNode arguments(RecordedExchange recordedExchange, String purchase) {
    return Json.object()
        .put("as", purchase)
        .put("by", agents.getOrDefault(purchase, recordedExchange.from()));
  }

  void leaveOut(RecordedExchange recordedExchange, String what) {
    scriptDraft.leaveOut(recordedExchange, what);
  }

  /** Tells whether a step of a file can have the same result. */
  static boolean isPlayable(RecordedExchange recordedExchange, int usual) {
    return recordedExchange.status() == usual
        || recordedExchange.isLost()
        || REPEATABLE_REFUSALS.contains(recordedExchange.code());
  }

  private void learn(Map<String, String> ids, JsonNode id, String purchase, String field) {
    if (id.isString()) {
      ids.put(id.stringValue(), purchase);
      scriptDraft.name(id.stringValue(), purchase + "/" + field);
    }
  }
}
