package org.actsandbox.agent.purchase;

import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;

/** Records that a purchase ended before its delivery, and why. */
record PurchaseFailures(AgentWorld world, Purchases purchases) {

  void record(Purchase purchase, PurchaseState state, String code, Text reason) {
    // The purchase is read again, because the step may have moved it on before it failed.
    var current =
        purchases.findByTurn(purchase.conversationId(), purchase.turn()).stream()
            .filter(other -> other.purchaseId().equals(purchase.purchaseId()))
            .findFirst()
            .orElse(purchase);
    var ended = purchases.save(current.endedAs(state, code, reason));
    PurchaseProcess.note(
        world,
        ended,
        JournalNote.Kind.STATE,
        ActComponent.CID_INT_XFR,
        JournalEvent.PURCHASE_STOPPED,
        Map.of("state", state.name(), "code", code, "reason", reason.en()));
  }
}
