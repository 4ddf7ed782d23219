package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The purchases of agents from outside by name: whose they are, and what belongs to them. */
final class OutsidePurchaseIndex {

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

  /** A new name. */
  String next() {
    return "deal_" + ++names;
  }

  /** Whoever began it goes on with it. */
  void begun(String deal, String agent) {
    agents.putIfAbsent(deal, agent);
  }

  boolean isBuyer(String agent) {
    return agents.containsValue(agent);
  }

  @Nullable String ofOrder(String orderNo) {
    return byOrder.get(orderNo);
  }

  @Nullable String ofTrade(String tradeNo) {
    return byTrade.get(tradeNo);
  }

  void learnOrder(JsonNode orderNo, String deal) {
    learn(byOrder, orderNo, deal, "order_no");
  }

  void learnTrade(JsonNode tradeNo, String deal) {
    learn(byTrade, tradeNo, deal, "trade_no");
  }

  /** True the first time: its agent has a proof of payment from now on. */
  boolean proven(String deal) {
    return proven.add(deal);
  }

  boolean isProven(String deal) {
    return proven.contains(deal);
  }

  void step(RecordedExchange recordedExchange, String verb, ObjectNode arguments, int usual) {
    recordedExchange.expected(scriptDraft.step(recordedExchange.at(), verb, arguments), usual);
  }

  ObjectNode by(RecordedExchange recordedExchange, String deal) {
    return Json.object()
        .put("as", deal)
        .put("by", agents.getOrDefault(deal, recordedExchange.from()));
  }

  void leaveOut(RecordedExchange recordedExchange, String what) {
    scriptDraft.leaveOut(recordedExchange, what);
  }

  /** Whether a step of a file comes to the same. */
  static boolean isPlayable(RecordedExchange recordedExchange, int usual) {
    return recordedExchange.status() == usual
        || recordedExchange.isLost()
        || NATURAL.contains(recordedExchange.code());
  }

  private void learn(Map<String, String> ids, JsonNode id, String deal, String field) {
    if (id.isString()) {
      ids.put(id.stringValue(), deal);
      scriptDraft.name(id.stringValue(), deal + "/" + field);
    }
  }
}
