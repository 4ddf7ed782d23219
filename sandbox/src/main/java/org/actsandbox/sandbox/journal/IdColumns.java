package org.actsandbox.sandbox.journal;

import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.journal.JournalIds;

/** The ids that have an indexed column each, in the order of the columns. */
final class IdColumns {

  static final List<String> NAMES =
      List.of(
          JournalIds.INTENT_ID,
          JournalIds.CONVERSATION_ID,
          JournalIds.DELEGATION_ID,
          JournalIds.ORDER_NO,
          JournalIds.TRADE_NO,
          JournalIds.RESOURCE_ID);

  static final String LIST = String.join(", ", NAMES);

  private static final Map<String, Integer> LENGTHS = Map.of(JournalIds.RESOURCE_ID, 120);

  private static final int LENGTH = 80;

  private IdColumns() {}

  /** Ids come from messages, so they may be of any length; cut, they still find the entry. */
  static String fit(String name, String value) {
    int max = LENGTHS.getOrDefault(name, LENGTH);
    return value.length() <= max ? value : value.substring(0, max);
  }
}
