package org.actsandbox.sandbox.alipay.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.alipay.app.AlipayApp;
import org.actsandbox.sandbox.delegation.Delegations;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Represents a call whose signature was checked.
 *
 * @param apps finds an application of the world by its number
 * @param buyer the principal that pays, where the call orders a payment
 * @param content {@code biz_content}; an empty object if none was sent
 */
record GatewayCall(
    World world,
    Psp psp,
    AlipayTrades trades,
    AlipayPayments payments,
    AlipayAgreements agreements,
    Function<String, Optional<AlipayApp>> apps,
    AlipaySettings settings,
    AlipayApp app,
    Did buyer,
    GatewayRequest request,
    JsonNode content) {

  /**
   * Returns a text field; null if it is absent, null or blank.
   *
   * @throws GatewayRefusal {@code otherwise} if the field is no text
   */
  @Nullable String text(String field, SubCode otherwise) {
    var node = content.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isString()) {
      throw new GatewayRefusal(otherwise, field + " is a text in quotation marks");
    }
    return node.stringValue().isBlank() ? null : node.stringValue();
  }

  /** Returns the delegation service of the world. */
  Delegations delegations() {
    return world.participant(Delegations.class);
  }

  /** Returns whether the application's owner is the payee of the payment. */
  boolean sells(Trade trade) {
    return trade.terms().bill().payee().equals(app.owner());
  }

  /** Writes into the journal what the answer's form has no place for. */
  void remark(Trade trade, String remark) {
    Map<String, String> data = new TreeMap<>();
    data.put("app_id", app.appId());
    data.put("method", request.value("method").orElse(""));
    data.put("remark", remark);
    world
        .journal()
        .note(
            new JournalNote(
                World.PSP.value(),
                JournalNote.Kind.DECISION,
                JournalEvent.ALIPAY_REMARK,
                Map.of(JournalIds.TRADE_NO, trade.tradeNo()),
                data));
  }
}
