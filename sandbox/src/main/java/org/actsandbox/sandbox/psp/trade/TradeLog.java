package org.actsandbox.sandbox.psp.trade;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.a402.TradeEvent;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.PspWorld;

/** Writes changes of trades into the journal after the commit, one entry for each transition. */
public final class TradeLog {

  private final PspWorld world;

  public TradeLog(PspWorld world) {
    this.world = world;
  }

  /**
   * @param events all transitions from {@code from} to the trade's current state
   */
  public void moved(
      ActComponent component, TransactionState from, Trade trade, TradeEvent... events) {
    var state = from;
    for (var event : List.of(events)) {
      var next = state.move(event);
      var data = new TreeMap<String, String>();
      data.put("event", event.name());
      data.put("from", state.name());
      data.put("to", next.name());
      data.put("status", trade.progress().status().code());
      data.put("amount", trade.terms().amount().decimal());
      data.put("currency", trade.terms().amount().currency().getCurrencyCode());
      if (trade.progress().failure() != null) {
        data.put("failure", trade.progress().failure().code());
      }
      world.note(
          JournalNote.Kind.STATE,
          component,
          JournalEvent.PAYMENT_STATE_CHANGED,
          trade.journalIds(),
          data);
      state = next;
    }
  }

  public void note(JournalNote.Kind kind, JournalEvent event, Trade trade, Map<String, ?> data) {
    world.note(kind, event, trade.journalIds(), data);
  }
}
