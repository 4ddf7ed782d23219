package org.actsandbox.sandbox.psp.trade;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.a402.TradeEvent;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.PspWorld;

/** Journals what became of trades, one entry per move of the table; after the commit. */
public final class TradeLog {

  private final PspWorld world;

  public TradeLog(PspWorld world) {
    this.world = world;
  }

  /**
   * @param events every move that led from {@code from} to where the trade is now
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
      data.put("status", trade.now().status().code());
      data.put("amount", trade.asked().amount().decimal());
      data.put("currency", trade.asked().amount().currency().getCurrencyCode());
      if (trade.now().failure() != null) {
        data.put("failure", trade.now().failure().code());
      }
      note(JournalNote.Kind.STATE, component, "payment-state-changed", trade, data);
      state = next;
    }
  }

  public void note(
      JournalNote.Kind kind,
      ActComponent component,
      String event,
      Trade trade,
      Map<String, ?> data) {
    world.note(kind, component, event, trade.journalIds(), data);
  }
}
